#!/usr/bin/env python3
"""Runs a command that plays in a band and prints one JSON line, stays in the band beside it, and adds what the engine counted.

    beside.py SOCKET BAND COMMAND...
"""
import json
import select
import socket
import subprocess
import sys
import time

import osc


def main():
    path, band, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    counted, frames = {}, osc.Frames()
    with socket.socket(socket.AF_UNIX) as engine, subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as playing:
        engine.connect(path)

        def say(address, types="", *arguments):
            engine.sendall(osc.frame(osc.message("/continuo/" + address, types, *arguments)))

        def listen(seconds):
            until = time.monotonic() + seconds
            while (left := until - time.monotonic()) > 0:
                if not select.select([engine], [], [], left)[0]:
                    return
                for packet in frames.packets(engine.recv(65536)):
                    for address, arguments in osc.messages(packet):
                        if address == "/continuo/counter":
                            counted[arguments[0]] = arguments[1]

        say("hello", "isss", 1, "counter", band, "")
        while playing.poll() is None:
            say("ping", "i", 0)
            listen(1)
        say("counters")
        listen(1)
        host = playing.stdout.read()
    if not host.startswith("{"):
        sys.exit(playing.returncode or 1)
    print(json.dumps({"host": json.loads(host), "engine": counted}))
    sys.exit(playing.returncode)


if __name__ == "__main__":
    main()
