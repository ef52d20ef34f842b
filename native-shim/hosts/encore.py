#!/usr/bin/env python3
"""What jalv can do besides playing along, on a running JACK server with jalv, engine and tap: an offline render and two instances.

Offline render: the plugin plays for some beats, is told by jalv's command line to replay its take, and JACK's freewheel mode, as
fast as it goes, must give the same events at the same frames. Two instances: a second jalv in the same graph and band; each
plays its own plan, at its samples.

    encore.py PORT-IN PORT-OUT PORT-OUT-OF-THE-SECOND COMMANDS TAP-LOG [--json FILE]

COMMANDS is the pipe that jalv reads. With --json the rows are added to the object in FILE. Exit: 0 all passed; 1 not so.
"""
import json
import sys
import time
from pathlib import Path

import jack

from rows import said
import stage

RATE = stage.RATE
BEATS = 12


class Tape:
    """What comes out of one port, by frames of the transport, as long as that rolls."""

    def __init__(self, name, port):
        self.client = jack.Client(name)
        self.port = port
        self.heard_at = self.client.midi_inports.register("in")
        self.events = []
        self.client.set_process_callback(self._listen)

    def _listen(self, _):
        state, position = self.client.transport_query()
        for offset, data in self.heard_at.incoming_midi_events():
            if state == jack.ROLLING:
                self.events.append((position["frame"] + offset, tuple(bytes(data))))

    def __enter__(self):
        self.client.activate()
        self.client.connect(self.port, self.heard_at)
        return self

    def __exit__(self, *_):
        self.client.deactivate()
        self.client.close()


def roll(host, until, most):
    """From beat 0 to a beat; False if it took longer than `most` seconds."""
    host.transport_stop()
    time.sleep(0.3)
    host.transport_locate(0)
    time.sleep(0.3)
    begun = time.monotonic()
    host.transport_start()
    while stage.beat_at(host.transport_frame) < until:
        if time.monotonic() - begun > most:
            return None
        time.sleep(0.001)
    took = time.monotonic() - begun
    host.transport_stop()
    time.sleep(0.5)
    return took


def passage(events):
    """Events of the first beats, those of one frame in one order: an end may stand before or after another's."""
    last = stage.frame_at(BEATS - 1)
    return sorted(e for e in events if e[0] < last)


def starts(events):
    return [(at, data[0] & 15, data[1]) for at, data in events if data[0] & 0xF0 == 0x90 and data[2] > 0]


def render(host, port, commands):
    with Tape("performed", port) as live:
        took_live = roll(host, BEATS, 60)
    time.sleep(0.3)
    with open(commands, "w") as jalv:
        print("set take 1", file=jalv)
    time.sleep(0.5)
    with Tape("rendered", port) as offline:
        host.set_freewheel(True)
        took = roll(host, BEATS, 60)
        host.set_freewheel(False)
    time.sleep(0.5)
    with open(commands, "w") as jalv:
        print("set take 0", file=jalv)
    time.sleep(0.5)
    performed, rendered = passage(live.events), passage(offline.events)
    same = len(set(performed) & set(rendered))
    return {
        "tried": "offline render",
        "passed": len(starts(performed)) > 3 and performed == rendered and took is not None and took < took_live / 2,
        "notes": len(starts(performed)),
        "events_performed": len(performed),
        "events_rendered": len(rendered),
        "the_same": same,
        "times_real_time": round(took_live / took, 1) if took and took_live else None,
    }


def sessions(log):
    with open(log) as lines:
        for line in map(json.loads, lines):
            yield line


def against_plan(heard, session, log):
    """Errors in samples of what one instance played, by the plan of its session; and what no plan has."""
    plan, offset, epoch, bands = {}, {}, None, {}
    for line in sessions(log):
        kind, a = line["address"].removeprefix("/continuo/"), line["arguments"]
        if kind == "hello":
            bands[line["session"]] = a[2]
        if line["session"] != session:
            continue
        if kind == "transport" and a[0] & 32:
            offset.setdefault(a[1], a[3] - a[2])
        elif kind == "plan":
            epoch = a[0]
        elif kind == "plan/on" and epoch in offset:
            plan.setdefault(a[3], []).append(stage.frame_at(a[1] + offset[epoch]))
    errors, strangers = [], 0
    for at, _, pitch in heard:
        nearest = min((abs(at - int(f + 0.5)) for f in plan.get(pitch, ())), default=None)
        if nearest is None or nearest > RATE // 10:
            strangers += 1
        else:
            errors.append(nearest)
    return errors, strangers, bands


def two(musician, first, second, log):
    with Tape("first", first) as one, Tape("second", second) as other:
        musician.clip(BEATS // 2)  # without one a model may well be silent
        roll(musician.musician, BEATS, 60)
    last = max(line["session"] for line in sessions(log))
    # What the musician plays passes through the first.
    heard = [[n for n in starts(one.events) if n[1] != stage.MUSICIAN], starts(other.events)]
    figures = [against_plan(notes, session, log) for notes, session in zip(heard, (0, last))]
    errors = [e for f in figures for e in f[0]]
    return {
        "tried": "two instances",
        "passed": bool(heard[0] and heard[1] and last > 0)
        and not any(errors)
        and figures[0][1] + figures[1][1] == 0
        and len({figures[0][2].get(0), figures[0][2].get(last)}) == 1,
        "notes": [len(notes) for notes in heard],
        "channels": [sorted({channel for _, channel, _ in notes}) for notes in heard],
        "onset_error_worst": max(errors, default=None),
        "without_a_plan": figures[0][1] + figures[1][1],
        "bands": len(set(figures[0][2].values())),
    }


def main():
    port_in, port, second, commands, log = sys.argv[1:6]
    # Its transport and its clip; what is heard is taken down here.
    musician = stage.Stage()
    with musician.musician as host:
        host.connect(musician.out, port_in)
        rows = [render(host, port, commands), two(musician, port, second, log)]
    if "--json" in sys.argv:
        path = Path(sys.argv[sys.argv.index("--json") + 1])
        path.write_text(json.dumps({**json.loads(path.read_text()), "rows": rows}))
    else:
        for row in rows:
            print(said(row))
    sys.exit(0 if all(row["passed"] for row in rows) else 1)


if __name__ == "__main__":
    main()
