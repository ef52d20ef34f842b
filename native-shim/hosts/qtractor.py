#!/usr/bin/env python3
"""Sessions of Qtractor, played by JACK's transport and judged by what a second plugin in the track took down.

    qtractor.py FOLDER PLUGIN [--json]

FOLDER has tap.clap and engine.sock. Each scene is a Qtractor of its own: SIGUSR1 lets it save, SIGTERM lets it leave. The tempo
changes from 120 to 150 at beat 8, which is the tempo map of stage.py. Exit 0 if all of it worked.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import jack

import ardour
import preset
import stage
from qtractor_session import CLIP, MOVED, NUMBERS, frame, inside, packed, plugin, session, state_of, track
from rows import Rows
from with_us import WITH_US

LOOP = (4, 6)
TRIES = 4  # of a session whose tempo map Qtractor reads wrongly


class Qtractor:
    """One that has a session open; what the tap took down is in `scenes`, by name."""

    def __init__(self, made, name, file, settle):
        self.made, self.name, self.file = made, name, file
        self.taps, self.scenes, self.at = made / f"{name}.taps", {}, 0
        self.taps.touch()
        (made / "tap.sock").unlink(missing_ok=True)
        self.log = open(made / f"{name}.log", "w")
        tap = [*WITH_US, sys.executable, str(pathlib.Path(__file__).with_name("tap.py")), made / "tap.sock", made / "engine.sock", made / f"{name}.jsonl"]
        self.tap = subprocess.Popen(tap, stderr=self.log)
        self.settle = settle

    def __enter__(self):
        wait(lambda: (self.made / "tap.sock").exists(), 5)
        surroundings = {**os.environ, "CONTINUO_TAP": str(self.taps), "LD_PRELOAD": os.environ.get("PRELOAD", "")}
        self.process = subprocess.Popen([*WITH_US, "qtractor", str(self.file)], env=surroundings, stdout=self.log, stderr=self.log)
        self.client = jack.Client("stage")
        self.client.activate()
        self.loaded = wait(lambda: "/continuo/welcome" in (self.made / f"{self.name}.jsonl").read_text() and '"flags"' in self.taps.read_text(), 30)
        time.sleep(self.settle)
        return self

    def __exit__(self, *_):
        self.client.deactivate()
        self.client.close()
        self.process.terminate()
        try:
            self.left = self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.tap.terminate()
        self.tap.wait()
        self.log.close()

    def locate(self, beat):
        self.client.transport_locate(frame(beat))
        time.sleep(0.3)

    def until(self, done, seconds=30):
        return wait(done, seconds, 0.002)

    def until_beat(self, beat, seconds=30):
        return self.until(lambda: self.client.transport_frame >= stage.frame_at(beat), seconds)

    def until_wraps(self, wraps):
        last = [self.client.transport_frame, 0]

        def look():
            now = self.client.transport_frame
            last[1] += now < last[0] - stage.RATE // 2  # what JACK guesses between two periods goes back a little, too
            last[0] = now
            return last[1] >= wraps

        return self.until(look)

    def stop(self):
        self.client.transport_stop()
        time.sleep(0.7)

    def scene(self, name):
        time.sleep(0.05)
        lines = [json.loads(line) for line in self.taps.read_text().splitlines(True) if line.endswith("\n")]
        self.scenes[name], self.at = lines[self.at :], len(lines)

    def save(self):
        before = self.file.read_text()
        self.process.send_signal(signal.SIGUSR1)
        wait(lambda: self.file.read_text() != before, 10)
        time.sleep(0.5)
        return self.file.read_text()

    def heard(self, name, tap=None):
        """(frame, status, pitch, velocity) of notes, as one tap had them; of the last one unless told."""
        notes = [n for n in self.scenes.get(name, ()) if "status" in n]
        tap = max((n["tap"] for s in self.scenes.values() for n in s if "status" in n), default=0) if tap is None else tap
        return [(n["frame"], n["status"], n["pitch"], n["velocity"]) for n in notes if n["tap"] == tap]


def wait(done, seconds, step=0.05):
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(step)
    return True


def told_to_engine(log):
    """What the engine was told of the parameters that were moved."""
    said = {}
    for line in log.read_text().splitlines():
        words = json.loads(line)
        if words["address"] == "/continuo/set":
            said[words["arguments"][0].capitalize()] = words["arguments"][1]
    return {name: said.get(name) for name in MOVED}


def live(path):
    return max(ardour.told(path).values(), key=lambda s: len(s["sounded"]), default={"plan": {}, "sounded": [], "missed": 0, "heard": 0})


def misled(log):
    """Whether the beat jumps where the tempo changes: Qtractor 0.9.31 counts with the last tempo from the start on, at times, which
    calls beat 8 of its session beat 10. Plugins cannot know, and a take of such beats is not where the session has them."""
    last, changed = {}, set()
    for words in map(json.loads, log.read_text().splitlines()):
        session_ = words["session"]
        if words["address"] != "/continuo/transport" or session_ in changed:
            continue
        if words["arguments"][0] & ardour.PLAYING:
            performance, beat, tempo = words["arguments"][2:5]
            before = last.get(session_)
            if before and tempo != before[2]:
                if abs(beat - before[1] - (performance - before[0])) > 0.5:
                    return True
                changed.add(session_)
            last[session_] = performance, beat, tempo
        else:
            last.pop(session_, None)  # where it stands before, it is put elsewhere
    return False


def as_written(made, name, play):
    """The first performance to whose plugins Qtractor told its session's own beats, or the last; and how many were not so."""
    for tried in range(TRIES):
        host = play(f"{name}{tried}")
        host.misled = tried
        if not misled(made / f"{host.name}.jsonl"):
            break
    return host


def perform(made, name, continuo, tap, settle):
    file = session(made / name, [track("player", [plugin(continuo, MOVED), plugin(tap)], True)])
    with Qtractor(made, name, file, settle) as host:
        host.locate(0)
        host.scene("before")
        host.client.transport_start()
        host.until_beat(CLIP)
        host.scene("clip")
        host.client.transport_locate(frame(4))
        time.sleep(0.2)
        host.until_beat(6)
        host.scene("seek")
        host.stop()
        host.scene("stop")
        host.saved = host.save()
    return host


def loop(made, continuo, tap, settle):
    file = session(made / "loop", [track("player", [plugin(continuo), plugin(tap)], True)], [frame(b) for b in LOOP])
    with Qtractor(made, "loop", file, settle) as host:
        host.locate(LOOP[0])
        host.scene("before")
        host.client.transport_start()
        host.until_wraps(4)
        host.scene("loop")
        host.stop()
        host.scene("stop")
    return host


def open_again(made, continuo, tap, settle, state):
    """The saved state alone, in a session of another program: the values in it."""
    file = session(made / "again", [track("player", [plugin(continuo, state=state), plugin(tap)], True)])
    with Qtractor(made, "again", file, settle) as host:
        host.back = state_of(host.save())[1]
    return host


def replay(made, name, continuo, tap, settle, state):
    """The take in a saved state, told to be replayed, in a session of another program."""
    values, take = inside(state)
    replays = packed(preset.state({**values, NUMBERS["Take"]: 1}, take))
    file = session(made / name, [track("player", [plugin(continuo, state=replays), plugin(tap)], False)])
    with Qtractor(made, name, file, settle) as host:
        host.locate(0)
        host.scene("before")
        host.client.transport_start()
        host.until_beat(CLIP)
        host.scene("replayed")
        host.stop()
    return host


def two(made, name, continuo, tap, settle):
    file = session(
        made / name,
        [
            track("musician", [plugin(continuo, {"Part": 1, "Player": 1}), plugin(tap)], True),
            track("second", [plugin(continuo, {"Part": 4}), plugin(tap)], False),
        ],
    )
    with Qtractor(made, name, file, settle) as host:
        host.locate(0)
        host.scene("before")
        host.client.transport_start()
        host.until_beat(CLIP)
        host.scene("clip")
        host.stop()
        host.scene("stop")
    return host


def judge(made, continuo, settle):
    tap = made / "tap.clap"
    rows = Rows()
    row = rows.row

    first = as_written(made, "clip", lambda name: perform(made, name, continuo, tap, settle))
    looped = loop(made, continuo, tap, settle)
    state, saved = state_of(first.saved)
    again = open_again(made, continuo, tap, settle, state)
    played = as_written(made, "replay", lambda name: replay(made, name, continuo, tap, settle, state))
    pair = as_written(made, "two", lambda name: two(made, name, continuo, tap, settle))

    session_ = live(made / f"{first.name}.jsonl")
    heard = {name: ardour.ons(first.heard(name)) for name in ("clip", "seek", "stop")}
    # What was played before the transport began is on a time of the plugin's own, and no host's frame.
    errors, strangers = ardour.against_plan([n for notes in heard.values() for n in notes], session_)
    clip, seek = errors[: len(heard["clip"])], errors[len(heard["clip"]) : len(heard["clip"]) + len(heard["seek"])]
    fast = [e for e, (at, *_) in zip(clip, heard["clip"]) if at > stage.CHANGE + 4800]
    slow = clip[: len(clip) - len(fast)]
    good = lambda found, strange: bool(found) and ardour.worst(found) == 0 and strange == 0
    row("loads", first.loaded and first.left == 0)
    row("clip answered", good(slow, strangers) and session_["heard"] >= CLIP, played_in=session_["heard"],
        passed_on=len(ardour.ons(first.heard("clip"), of="musician")), answered=len(heard["clip"]), worst=ardour.worst(slow),
        without_a_plan=strangers, missed=session_["missed"])
    row("tempo change", good(fast, strangers), notes=len(fast), worst=ardour.worst(fast), performances_with_other_beats_than_the_session=first.misled)
    turning = live(made / "loop.jsonl")
    round_ = ardour.ons(looped.heard("loop"))
    turns, strange = ardour.against_plan(round_, turning)
    wraps = ardour.wraps([at for at, *_ in round_])
    row("loop", good(turns, strange) and wraps >= 3 and looped.left == 0, notes=len(round_), wraps=wraps, worst=ardour.worst(turns),
        without_a_plan=strange)
    row("seek", good(seek, strangers) and heard["seek"][0][0] >= frame(4), notes=len(heard["seek"]), worst=ardour.worst(seek))
    left = ardour.hanging(*(first.heard(name) for name in ("before", "clip", "seek", "stop"))), ardour.hanging(
        *(looped.heard(name) for name in ("before", "loop", "stop")))
    row("stop", sum(left) == 0, hanging=sum(left))
    # Seeking to beat 4 and playing on replaced what was there.
    outside = lambda notes: [n for n in notes if not frame(4) - 1 <= n[0] <= frame(6.5) and n[0] < frame(CLIP - 0.25)]
    performed, replayed = outside(heard["clip"]), outside(ardour.ons(played.heard("replayed")))
    row("state", state and saved == MOVED and again.back == MOVED and again.left == 0 and performed and performed == replayed, saved=saved,
        opened=again.back, told_to_engine=told_to_engine(made / "again.jsonl"), performed=len(performed),
        replayed_the_same=len(set(performed) & set(replayed)), performances_with_other_beats_than_the_session=played.misled)

    answered = ardour.ons(pair.heard("clip"), of=None)
    sessions = ardour.told(made / f"{pair.name}.jsonl").values()
    fits = [ardour.against_plan(answered, s) for s in sessions if s["sounded"]]
    errors, strange = min(fits, key=lambda f: (f[1], ardour.worst(f[0]) or 0), default=([], 0))
    together = [s["bands"] for s in sessions if s["plan"] or s["heard"]]
    bands = len(set().union(*together))
    left = ardour.hanging(pair.heard("clip"), pair.heard("stop"))
    row("two instances", good(errors, strange) and len(together) >= 2 and bands == 1 and left == 0, notes=len(answered),
        worst=ardour.worst(errors), without_a_plan=strange, bands=bands, hanging=left,
        performances_with_other_beats_than_the_session=pair.misled)
    rows.cannot("offline render", "its export is a window's, gives sound alone and tells no plugin that it renders; in JACK's freewheel mode it plays nothing")
    return rows


def main():
    rows = judge(pathlib.Path(sys.argv[1]), sys.argv[2], float(os.environ.get("SETTLE", "1")))
    rows.tell()


if __name__ == "__main__":
    main()
