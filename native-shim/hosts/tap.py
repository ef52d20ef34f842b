#!/usr/bin/env python3
"""Stands between shims and engine, passes every byte on, and writes down what was said: one JSON line a message, with the
number of the shim's session, from 0.

    tap.py SOCKET-FOR-THE-SHIM SOCKET-OF-THE-ENGINE LOG
"""
import itertools
import json
import os
import selectors
import socket
import sys
import threading
import time

import osc

QUIET = {"/continuo/ping", "/continuo/pong"}


def relay(session, shim, engine_path, log):
    with shim, socket.socket(socket.AF_UNIX) as engine:
        engine.connect(engine_path)
        carry(session, shim, engine, log)


def carry(session, shim, engine, log):
    cut = {shim: osc.Frames(), engine: osc.Frames()}
    with selectors.DefaultSelector() as selector:
        selector.register(shim, selectors.EVENT_READ, engine)
        selector.register(engine, selectors.EVENT_READ, shim)
        while True:
            for key, _ in selector.select():
                try:
                    data = key.fileobj.recv(65536)
                    key.data.sendall(data)
                except OSError:
                    return  # one of them is gone
                if not data:
                    return
                now = time.monotonic()
                for packet in cut[key.fileobj].packets(data):
                    for address, arguments in osc.messages(packet):
                        if address not in QUIET:
                            line = {"s": round(now, 6), "session": session, "address": address, "arguments": arguments}
                            log.write(json.dumps(line) + "\n")


def main():
    path, engine_path, log_path = sys.argv[1:]
    if os.path.exists(path):
        os.unlink(path)
    with socket.socket(socket.AF_UNIX) as listening, open(log_path, "w", buffering=1) as log:
        listening.bind(path)
        listening.listen(4)
        for session in itertools.count():
            shim, _ = listening.accept()
            threading.Thread(target=relay, args=(session, shim, engine_path, log), daemon=True).start()


if __name__ == "__main__":
    main()
