#!/usr/bin/env python3
"""An engine that knows no music: it plans a note on every half beat of the host, two beats ahead, and changes its mind about
the future once a second, so that revisions, breaks and reports are all in use. Each client gets a plan of its own.

    scripted_engine.py SOCKET
"""
import os
import socket
import sys
import threading
import time

import osc

PLAYING, HAS_BEAT = 1, 32
AHEAD = 2.0  # quarter notes
COMMIT = 0.1  # nearer than this is settled
GRID = 0.5


class Planner:
    def __init__(self, send):
        self.send = send
        self.epoch = None
        self.revision = 0
        self.note = 0
        self.planned = 0.0  # performance time up to which all is planned
        self.changed = time.monotonic()
        self.ends = []  # (note, on, off) of what was planned
        self.parts = {}  # who plays each channel

    def revise(self, start):
        """A new revision from `start` on: what sounds across it is ended again, as SPEC.md 8.1 wants it."""
        self.revision, self.planned = self.revision + 1, start
        self.ends = [(note, on, off) for note, on, off in self.ends if on < start <= off]
        return [(off, 0, osc.message("/continuo/plan/off", "id", note, off)) for note, _, off in self.ends]

    def part(self, channel, _, player):
        self.parts[channel] = player

    def channel(self):
        """The first that the model plays; None if the musician plays them all."""
        return min((c for c, player in self.parts.items() if player == "model"), default=None if self.parts else 1)

    def transport(self, flags, epoch, performance, beat, *_):
        events = []
        if epoch != self.epoch:
            self.epoch, self.ends = epoch, []
            self.revise(performance + COMMIT)
        channel = self.channel()
        if not flags & PLAYING or channel is None:
            return
        if time.monotonic() - self.changed > 1:
            self.changed = time.monotonic()
            events = self.revise(performance + COMMIT)
        until = performance + AHEAD
        if until - self.planned < GRID:
            return
        offset = beat - performance if flags & HAS_BEAT else 0.0
        start = self.planned
        step = -int(-((start + offset) / GRID - 1e-9) // 1)  # the first on or after
        plan = [osc.message("/continuo/plan", "iidd", epoch, self.revision, start, until)]
        while step * GRID - offset < until:
            at = max(start, step * GRID - offset)
            if at < until:
                self.note += 1
                pitch = 48 + step % 24
                events.append((at, 1, osc.message("/continuo/plan/on", "idiii", self.note, at, channel, pitch, 90)))
                self.ends.append((self.note, at, at + 0.25))
                events.append((at + 0.25, 0, osc.message("/continuo/plan/off", "id", self.note, at + 0.25)))
            step += 1
        self.send(osc.bundle(plan + [m for _, _, m in sorted(events, key=lambda e: e[:2])]))
        self.planned = until


def serve(connection):
    with connection:
        try:
            converse(connection)
        except OSError:
            pass  # the client is gone


def converse(connection):
    def send(packet):
        connection.sendall(osc.frame(packet))

    planner, frames = Planner(send), osc.Frames()
    while data := connection.recv(65536):
        for packet in frames.packets(data):
            for address, arguments in osc.messages(packet):
                if address == "/continuo/hello":
                    send(osc.message("/continuo/welcome", "iis", 1, 1, "scripted"))
                elif address == "/continuo/ping":
                    send(osc.message("/continuo/pong", "i", arguments[0]))
                elif address == "/continuo/part":
                    planner.part(*arguments)
                elif address == "/continuo/transport":
                    planner.transport(*arguments)


def main():
    path = sys.argv[1]
    if os.path.exists(path):
        os.unlink(path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen(4)
        while True:
            connection, _ = listening.accept()
            threading.Thread(target=serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
