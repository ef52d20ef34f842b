#!/usr/bin/env python3
"""Runs a command that plays in a band and prints one JSON line, stays in the band beside it, and adds what the engine counted and,
minute by minute, what its process holds.

    beside.py SOCKET BAND PID COMMAND...
"""
import json
import os
import select
import socket
import subprocess
import sys
import time

import osc
from with_us import WITH_US

MINUTE = 60


def held(pid):
    """Resident memory in MB, open descriptors, and threads of a process, on Linux."""
    with open(f"/proc/{pid}/status") as status:
        lines = dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)
    descriptors = len(os.listdir(f"/proc/{pid}/fd"))
    return [round(int(lines["VmRSS"].split()[0]) / 1024), descriptors, int(lines["Threads"])]


def main():
    path, band, pid, command = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
    counted, frames, minutes = {}, osc.Frames(), []
    begun = time.monotonic()
    with socket.socket(socket.AF_UNIX) as engine, subprocess.Popen([*WITH_US, *command], stdout=subprocess.PIPE, text=True) as playing:
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
            if time.monotonic() - begun >= MINUTE * (len(minutes) + 1):
                minutes.append(held(pid))
            listen(1)
        say("counters")
        listen(1)
        host = playing.stdout.read()
    if not host.startswith("{"):
        sys.exit(playing.returncode or 1)
    print(json.dumps({"host": json.loads(host), "engine": counted, "engine_mb_descriptors_threads": minutes}))
    sys.exit(playing.returncode)


if __name__ == "__main__":
    main()
