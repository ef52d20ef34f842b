#!/usr/bin/env python3
"""The musician, the transport and the listener around a plugin in jalv, on a running JACK server.

Plays a clip into the plugin, rules JACK's transport through a tempo change, a seek, loop wraps, stops and starts, takes down
what comes out with its frame, and holds it against the plan that the tap wrote down: where the beat of each note lies in
frames is known here, since this program is the timebase.

    stage.py PORT-IN PORT-OUT TAP-LOG [--json]
"""
import json
import sys
import time

import jack

RATE = 48000
TICKS = 1920.0
SLOW, FAST = 120.0, 150.0
CHANGE = 192000  # the frame of beat 8, and the first of a period
MUSICIAN = 0  # the channel that is played in, and passed on
NAMES = ("start, tempo change", "seek", "loop, pass 1", "loop, pass 2", "loop, pass 3", "stop, start")


def tempo_at(frame):
    return SLOW if frame < CHANGE else FAST


def beat_at(frame):
    slow, fast = 60 * RATE / SLOW, 60 * RATE / FAST
    return frame / slow if frame < CHANGE else CHANGE / slow + (frame - CHANGE) / fast


def frame_at(beat):
    slow, fast = 60 * RATE / SLOW, 60 * RATE / FAST
    change = CHANGE / slow
    return beat * slow if beat < change else CHANGE + (beat - change) * fast


class Stage:
    def __init__(self):
        self.musician = jack.Client("musician")
        self.listener = jack.Client("listener")
        self.out = self.musician.midi_outports.register("out")
        self.heard_at = self.listener.midi_inports.register("in")
        self.events = []  # (frame time, bytes) to play, in order
        self.played = 0
        self.heard = []  # (frame time, bytes)
        self.periods = []  # (frame time, rolling, transport frame)
        self.xruns = 0
        self.musician.set_process_callback(self._play)
        self.listener.set_process_callback(self._listen)
        self.listener.set_xrun_callback(self._late)
        self.musician.set_timebase_callback(self._timebase)

    def _timebase(self, state, blocksize, pos, new_pos):
        beat = beat_at(pos.frame)
        whole = int(beat)
        pos.valid = jack.POSITION_BBT if hasattr(jack, "POSITION_BBT") else 0x10
        pos.bar = whole // 4 + 1
        pos.beat = whole % 4 + 1
        pos.tick = int((beat - whole) * TICKS + 1e-6)
        pos.bar_start_tick = (pos.bar - 1) * 4 * TICKS
        pos.beats_per_bar = 4.0
        pos.beat_type = 4.0
        pos.ticks_per_beat = TICKS
        pos.beats_per_minute = tempo_at(pos.frame)

    def _play(self, frames):
        self.out.clear_buffer()
        now = self.musician.last_frame_time
        last = 0
        while self.events and self.events[0][0] < now + frames:
            at, data = self.events.pop(0)
            last = max(last, at - now)  # what was late goes out now
            self.out.write_midi_event(last, data)
            self.played += data[0] & 0xF0 == 0x90

    def _listen(self, frames):
        now = self.listener.last_frame_time
        state, position = self.listener.transport_query()
        self.periods.append((now, state == jack.ROLLING, position["frame"]))
        for offset, data in self.heard_at.incoming_midi_events():
            self.heard.append((now + offset, bytes(data)))

    def _late(self, delayed):
        self.xruns += 1

    def clip(self, seconds):
        """A scale in thirds, from now on."""
        now = self.musician.frame_time + RATE // 10
        step = RATE // 4
        events = []
        for i in range(int(seconds * 4)):
            pitch = 60 + (0, 4, 2, 5, 4, 7, 5, 9)[i % 8]
            events.append((now + i * step, bytes((0x90, pitch, 90))))
            events.append((now + i * step + step * 3 // 4, bytes((0x80, pitch, 0))))
        self.events = sorted(self.events + events)

    def frame(self):
        return self.musician.transport_frame

    def until_beat(self, beat):
        """Waits for the host's beat; takes its time, as a seek by hand does."""
        end = time.monotonic() + 30
        while beat_at(self.frame()) < beat and time.monotonic() < end:
            time.sleep(0.002)

    def perform(self):
        go, stop, seek = self.musician.transport_start, self.musician.transport_stop, self.musician.transport_locate
        seek(0)
        time.sleep(0.3)
        self.clip(8)
        go()
        self.until_beat(11.9)  # through the tempo change at beat 8
        seek(int(frame_at(4)))
        time.sleep(0.1)
        self.until_beat(6)
        for _ in range(3):  # JACK has no loops: hosts on it locate
            seek(int(frame_at(4)))
            time.sleep(0.1)
            self.until_beat(6)
        stop()
        time.sleep(0.7)
        self.clip(1)  # the musician plays while the host stands
        time.sleep(1.3)
        # It stands between two ticks, of which the host tells the first only: up to 12 samples that no plugin can know.
        # Here a tick and a period begin, and the tempo changes with a period again.
        seek(140800)
        time.sleep(0.1)
        go()
        time.sleep(2)
        stop()
        time.sleep(0.7)


def passes(periods):
    """Stretches of transport without a jump: [first frame time, one past the last, transport frame of the first]."""
    found, last = [], None
    for at, rolling, frame in periods:
        if rolling:
            if last and at == last[0] + last[2] and frame == last[1] + last[2]:
                found[-1][1] = at + last[2]
            else:
                found.append([at, at, frame])
        length = PERIOD
        last = (at, frame, length) if rolling else None
    for one in found:
        one[1] += PERIOD
    return [p for p in found if p[1] - p[0] > PERIOD]


PERIOD = 0


def read(log):
    """Note numbers with what the plan said of them, in the order they were reported to sound."""
    plan, offset, sounded, missed, plans = {}, {}, [], 0, 0
    epoch = None
    with open(log) as lines:
        for line in map(json.loads, lines):
            kind, a = line["address"].removeprefix("/continuo/"), line["arguments"]
            if kind == "transport":
                if a[0] & 32:
                    offset.setdefault(a[1], a[3] - a[2])
            elif kind == "plan":
                epoch, plans = a[0], plans + 1
            elif kind == "plan/on":
                plan[a[0]] = {"epoch": epoch, "at": a[1], "channel": a[2], "pitch": a[3]}
            elif kind == "sounded":
                sounded.append(a[0])
            elif kind == "missed":
                missed += 1
    for note in plan.values():
        note["beat"] = note["at"] + offset[note["epoch"]] if note["epoch"] in offset else None
    return plan, sounded, missed, plans


def judge(stage, log):
    plan, sounded, missed, plans = read(log)
    held, doubled, ons, passed = {}, 0, [], 0
    for at, data in stage.heard:
        key, on = (data[0] & 15, data[1]), data[0] & 0xF0 == 0x90 and data[2] > 0
        if on:
            doubled += key in held
            held[key] = at
            if key[0] == MUSICIAN:
                passed += 1
            else:
                ons.append((at, *key))
        elif data[0] & 0xF0 in (0x80, 0x90):
            held.pop(key, None)
    stretches = passes(stage.periods)
    rows = [{"pass": NAMES[i] if i < len(NAMES) else str(i), "notes": 0, "worst": 0} for i in range(len(stretches))]
    strangers = untimed = 0
    errors = []
    # Before this program ruled the transport the plugin played on a time of its own, partly unheard: the last count.
    unheard = max(0, len(sounded) - len(ons))
    for (at, channel, pitch), number in zip(ons, sounded[unheard:]):
        note = plan.get(number)
        where = next((i for i, s in enumerate(stretches) if s[0] <= at < s[1]), None)
        if note and note["beat"] is None and where is None:
            untimed += 1
            continue
        if note is None or where is None or note["beat"] is None or (note["channel"], note["pitch"]) != (channel, pitch):
            strangers += 1
            continue
        begun, _, frame = stretches[where]
        error = at - begun + frame - int(frame_at(note["beat"]) + 0.5)
        errors.append(error)
        row = rows[where]
        row["notes"] += 1
        row["worst"] = max(row["worst"], abs(error))
    return {
        "played in": stage.played,
        "passed on": passed,
        "plans": plans,
        "notes planned": len(plan),
        "notes heard": len(ons),
        "reported sounded": len(sounded),
        "reported missed": missed,
        "onset error, samples, worst": max(map(abs, errors), default=None),
        "onsets off": sum(e != 0 for e in errors),
        "sounded before the host had beats": untimed + unheard,
        "without a plan": strangers + max(0, len(ons) - len(sounded)),
        "doubled": doubled,
        "hanging": len(held),
        "xruns": stage.xruns,
        "passes": rows,
    }


def main():
    global PERIOD
    port_in, port_out, log = sys.argv[1:4]
    stage = Stage()
    PERIOD = stage.musician.blocksize
    with stage.musician, stage.listener:
        stage.musician.connect(stage.out, port_in)
        stage.listener.connect(port_out, stage.heard_at)
        time.sleep(0.5)
        stage.perform()
    time.sleep(0.3)
    result = judge(stage, log)
    if "--json" in sys.argv:
        print(json.dumps(result))
    else:
        for row in result["passes"]:
            print(f"{row['pass']:>34}: {row['notes']:4} notes, worst onset error {row['worst']} samples")
        for name, value in result.items():
            if name != "passes":
                print(f"{name:>34}: {value}")
    good = (
        result["notes heard"] > 0
        and result["without a plan"] == 0
        and result["doubled"] == 0
        and result["hanging"] == 0
        and result["passed on"] == result["played in"]
        and result["onsets off"] == 0
        and len(result["passes"]) == len(NAMES)
    )
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
