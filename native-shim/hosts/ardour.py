#!/usr/bin/env python3
"""Judges what hosts/ardour did: what was captured, sample by sample, against what the engine planned and the take that was kept.

    ardour.py FOLDER [--json]

A row for each thing tried, with its figures; the onset error is in samples at 48 kHz. Exit 0 if all of it worked.
"""
import json
import pathlib
import sys

from rows import Rows

RATE, CHANGE = 48000, 8.0
SLOW, FAST = 60 * RATE / 120, 60 * RATE / 150  # samples a quarter note before and after the change of tempo
CLIP = 12  # notes, one a beat
MUSICIAN = 0  # channel
PLAYING, LOOPING, HAS_BEAT = 1, 4, 32


def sample_at(beat):
    return beat * SLOW if beat < CHANGE else CHANGE * SLOW + (beat - CHANGE) * FAST


def said(path):
    """What the session said, before and after it was opened again."""
    before, after, now = {}, {}, None
    now = before
    for line in path.read_text().splitlines():
        words = json.loads(line)
        if "--" in words:
            now = after
        now.update(words)
    return before, after


def messages(words):
    """(sample, status, pitch, velocity) of notes, in order."""
    found = []
    for sample, bytes_ in words or []:
        status, pitch, velocity = bytes_ >> 16, bytes_ >> 8 & 255, bytes_ & 255
        if status >> 4 in (8, 9):
            found.append((sample, status, pitch, velocity))
    return found


def ons(notes, of="model"):
    """The starts of notes: of the model, of the musician, or of both."""
    who = {"model": lambda channel: channel != MUSICIAN, "musician": lambda channel: channel == MUSICIAN}.get(of, lambda channel: True)
    return [(s, st & 15, p) for s, st, p, v in notes if st >> 4 == 9 and v > 0 and who(st & 15)]


def told(path):
    """By session: the plan by note number, what was reported to sound, in order, what the musician played, and the epochs in which
    the host did."""
    sessions, context = {}, {}
    for line in path.read_text().splitlines():
        words = json.loads(line)
        kind, a = words["address"].removeprefix("/continuo/"), words["arguments"]
        s = sessions.setdefault(words["session"], {"plan": {}, "sounded": [], "missed": 0, "heard": 0, "bands": set(), "played": set()})
        at = context.setdefault(words["session"], {"where": {}, "epoch": None})
        if kind == "hello":
            s["bands"].add(a[2])
        elif kind == "transport" and a[0] & HAS_BEAT:
            at["where"].setdefault(a[1], (a[3] - a[2], a[3], a[8], a[9], a[0]))
            s["played"].update({a[1]} if a[0] & PLAYING else ())
        elif kind == "plan":
            at["epoch"] = a[0]
        elif kind == "plan/on":
            s["plan"][a[0]] = {"at": a[1], "channel": a[2], "pitch": a[3], "where": at["where"].get(at["epoch"])}
        elif kind == "sounded":
            s["sounded"].append(a[0])
        elif kind == "missed":
            s["missed"] += 1
        elif kind == "note/on":
            s["heard"] += 1
    return sessions


def beat_of(note):
    """On the host's timeline: past a loop's end it begins again at its start."""
    offset, began, start, end, flags = note["where"]
    beat = note["at"] + offset
    if flags & LOOPING and began < end <= beat + 1e-6:
        beat -= int((beat + 1e-6 - start) // (end - start)) * (end - start)
    return beat


def against_plan(heard, session):
    """Errors, in samples, of notes that were heard in the order in which they were reported; and those without a plan."""
    errors, strangers = [], 0
    for (sample, channel, pitch), number in zip(heard, session["sounded"]):
        note = session["plan"].get(number)
        if note is None or note["where"] is None or note["pitch"] != pitch:
            strangers += 1
            continue
        errors.append(sample - round(sample_at(beat_of(note))))
    return errors, strangers + max(0, len(heard) - len(session["sounded"]))


def worst(errors):
    return max(map(abs, errors), default=None)


def hanging(*stretches):
    down = set()
    for notes in stretches:
        for _, status, pitch, velocity in notes:
            key = (status & 15, pitch)
            if status >> 4 == 9 and velocity > 0:
                down.add(key)
            else:
                down.discard(key)
    return len(down)


def wraps(samples):
    return sum(b < a for a, b in zip(samples, samples[1:]))


def judge(folder):
    before, after = said(folder / "clip.out")
    scenes = {name: messages(after.get(name)) for name in ("clip", "seek", "stop", "loop", "stop after the loop", "rendered")}
    sessions = told(folder / "clip.jsonl")
    # The one that performed is the one that was told most of; the others were opened to prepare and to render.
    live = max(sessions.values(), key=lambda s: len(s["sounded"]), default={"plan": {}, "sounded": [], "missed": 0, "heard": 0})
    heard = {name: ons(notes) for name, notes in scenes.items()}
    performed = [n for name in ("clip", "seek", "stop", "loop", "stop after the loop") for n in heard[name]]
    errors, strangers = against_plan(performed, live)
    split, by_scene = 0, {}
    for name in ("clip", "seek", "stop", "loop"):
        by_scene[name] = errors[split : split + len(heard[name])]
        split += len(heard[name])
    fast = [e for e, (sample, *_) in zip(by_scene["clip"], heard["clip"]) if sample > sample_at(CHANGE) + 4800]
    slow = by_scene["clip"][: len(by_scene["clip"]) - len(fast)]
    good = lambda found: bool(found) and worst(found) == 0 and strangers == 0
    rows = Rows()
    row = rows.row

    row("loads", before.get("loads") and after.get("opened"))
    clip = ons(scenes["clip"], of="musician")
    row("clip answered", good(slow) and live["heard"] >= CLIP, played_in=live["heard"], passed_on=len(clip), answered=len(heard["clip"]),
        worst=worst(slow), without_a_plan=strangers, missed=live["missed"])
    row("tempo change", good(fast), notes=len(fast), worst=worst(fast))
    row("loop", good(by_scene["loop"]) and wraps([s for s, *_ in scenes["loop"]]) >= 3, notes=len(heard["loop"]),
        wraps=wraps([s for s, *_ in scenes["loop"]]), worst=worst(by_scene["loop"]))
    row("seek", good(by_scene["seek"]) and heard["seek"][0][0] >= sample_at(4), notes=len(heard["seek"]), worst=worst(by_scene["seek"]))
    left = hanging(scenes["clip"], scenes["seek"], scenes["stop"]) + hanging(scenes["loop"], scenes["stop after the loop"])
    row("stop", left == 0 and performed, hanging=left)
    moved = {k: v for k, v in before.items() if k in ("Temperature", "Style", "Seed")}
    back = {k: after.get(k) for k in moved}
    row("state", len(moved) == 3 and None not in moved.values() and moved == back, saved=moved, opened=back)

    _, eighths = said(folder / "eighths.out")
    six = max(told(folder / "eighths.jsonl").values(), key=lambda s: len(s["sounded"]), default={"plan": {}, "sounded": [], "played": set()})
    answered = ons(messages(eighths.get("clip")))
    errors, strange = against_plan(answered, six)
    # It starts, and may be known for what it counts with its first beat.
    row("meter of eighths", answered and worst(errors) == 0 and strange == 0 and len(six["played"]) <= 2, notes=len(answered),
        worst=worst(errors), without_a_plan=strange, breaks=len(six["played"]), hanging=hanging(messages(eighths.get("clip")), messages(eighths.get("stop"))))

    _, two = said(folder / "two.out")
    pair = told(folder / "two.jsonl")
    answered = ons(messages(two.get("clip")), of=None)
    # Whose notes they are: of the session in which they fit.
    fits = [against_plan(answered, s) for s in pair.values() if s["sounded"]]
    errors, strange = min(fits, key=lambda f: (f[1], worst(f[0]) or 0), default=([], 0))
    open_at_once = [s for s in pair.values() if s["plan"] or s["heard"]]
    row("two instances", errors and worst(errors) == 0 and strange == 0 and len(open_at_once) >= 2 and two.get("recorded"), notes=len(answered), worst=worst(errors),
        recorded=two.get("recorded"), without_a_plan=strange, sessions=len(pair), bands=len(set().union(*(s["bands"] for s in open_at_once)) if open_at_once else ()),
        hanging=hanging(messages(two.get("clip")), messages(two.get("stop"))))

    # What the loop played over last replaced what was there: outside of it the render is the first pass again.
    outside = lambda notes: [n for n in notes if not sample_at(4) - 1 <= n[0] <= sample_at(6.5)]
    first, rendered = outside(heard["clip"]), outside(heard["rendered"])
    row("offline render", first and first == rendered and after.get("export") and hanging(scenes["rendered"]) == 0, performed=len(first),
        rendered=len(rendered), the_same=first == rendered, seconds=after.get("export seconds"), of_music=round(sample_at(CLIP) / RATE, 1))
    return rows


def main():
    rows = judge(pathlib.Path(sys.argv[1]))
    rows.tell()


if __name__ == "__main__":
    main()
