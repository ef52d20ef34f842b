#!/usr/bin/env python3
"""The musician and the transport of a JACK server, told what to do line by line: for checks that drive a host from elsewhere.

    musician.py           reads commands from standard input, answers each with one line of JSON

    connect IN OUT        plays into one port, listens at the other
    play SECONDS          a scale in thirds, four notes a second, from now on
    start | stop | seek BEAT
    tell                  what was played in, what came out by channel, what hangs, where the transport is
"""
import json
import sys

import stage


def counted(heard):
    """How often a note began on each channel, and how many have not ended."""
    begun, held = {}, set()
    for _, data in list(heard):
        key = (data[0] & 15, data[1])
        if data[0] & 0xF0 == 0x90 and data[2] > 0:
            begun[key[0]] = begun.get(key[0], 0) + 1
            held.add(key)
        elif data[0] & 0xF0 in (0x80, 0x90):
            held.discard(key)
    return begun, len(held)


def obey(here, word, *arguments):
    host = here.musician
    if word == "connect":
        host.connect(here.out, arguments[0])
        here.listener.connect(arguments[1], here.heard_at)
    elif word == "play":
        here.clip(float(arguments[0]))
    elif word == "start":
        host.transport_start()
    elif word == "stop":
        host.transport_stop()
    elif word == "seek":
        host.transport_locate(int(stage.frame_at(float(arguments[0]))))
    begun, hanging = counted(here.heard)
    return {
        "played": here.played,
        "to_play": len(here.events),
        "out": begun,
        "hanging": hanging,
        "xruns": here.xruns,
        "beat": stage.beat_at(here.frame()),
    }


def main():
    here = stage.Stage()
    with here.musician, here.listener:
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            print(json.dumps(obey(here, *line.split())), flush=True)


if __name__ == "__main__":
    main()
