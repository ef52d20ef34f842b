#!/usr/bin/env python3
"""A client for clean-root-test: plays with the engine at a UDP port until it answers with notes, then asks for a capture.

    clean_root_client.py PORT SECONDS

Prints one JSON object: who welcomed it, how many notes were planned, which file the take went to. Exit 0 if there were notes and a file.
"""
import json
import pathlib
import socket
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "native-shim" / "hosts"))
import osc

PLAYING = 1 + 8 + 16 + 32 + 64  # with tempo, meter, beat, bar start: SPEC.md 5.1


def main():
    port, seconds = int(sys.argv[1]), float(sys.argv[2])
    wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    wire.connect(("127.0.0.1", port))
    wire.settimeout(0.02)
    say = lambda address, types="", *arguments: wire.send(osc.message("/continuo/" + address, types, *arguments))
    heard = {"welcome": None, "planned": 0, "captured": None, "refused": []}

    def listen():
        try:
            for address, arguments in osc.messages(wire.recv(65536)):
                kind = address.removeprefix("/continuo/")
                if kind == "welcome":
                    heard["welcome"] = arguments[2]
                elif kind == "plan/on":
                    heard["planned"] += 1
                elif kind == "captured":
                    heard["captured"] = arguments[0]
                elif kind == "refused":
                    heard["refused"].append(arguments)
        except (TimeoutError, ConnectionError):
            pass

    say("hello", "isss", 1, "script", "clean root", "")
    say("part", "iss", 0, "piano", "musician")
    say("part", "iss", 1, "bass", "model")
    began, keys = time.monotonic(), 0
    while (now := (time.monotonic() - began) * 2) < seconds * 2:  # quarter notes, at 120 a minute
        say("transport", "iidddiiddd", PLAYING, 1, now, now, 120.0, 4, 4, now // 4 * 4, 0.0, 0.0)
        if now >= keys:
            say("note/off", "dii", now, 0, (60, 64, 67, 72)[(keys - 1) % 4])
            say("note/on", "diii", now, 0, (60, 64, 67, 72)[keys % 4], 90)
            keys += 1
        listen()
    say("capture")
    end = time.monotonic() + 5
    while heard["captured"] is None and time.monotonic() < end:
        listen()
    say("goodbye")
    print(json.dumps(heard))
    sys.exit(0 if heard["planned"] and heard["captured"] else 1)


if __name__ == "__main__":
    main()
