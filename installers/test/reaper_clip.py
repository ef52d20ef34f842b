#!/usr/bin/env python3
"""Judges what reaper_clip.lua said of a project before, after and undone.

    reaper_clip.py FOLDER [--json]

FOLDER holds a log for each scene; where its answer was made up, also the clip that the script wrote. Prints a row for each.
Exit: 0 all of it worked; 1 not so.
"""
import json
import pathlib
import sys

PARTS = {"accompany": 2, "harmonize": 3}
PITCHES = (60, 64, 67, 65, 62, 59, 60, 64, 67, 72, 67, 64)


def clip(lead):
    """The clip of an item of four bars in three quarters, which begins so many beats after a bar line."""
    lines = [f"length {lead + 12}.000000", "tempo 100.000000", "meter 3 4"]
    return lines + [f"note 0 {pitch} 90 {at}.000000 0.900000" for at, pitch in enumerate(PITCHES, lead)]


def looped(*notes):
    """The clip of such an item whose notes are these: pitch, at, length."""
    return clip(0)[:3] + [f"note 0 {pitch} 90 {at:.6f} {length:.6f}" for pitch, at, length in notes]


MORE = [("tune", 15, 12, [[62, 15.5, 1.25]])]
LOOPED = looped(*[(60, at, 0.9) for at in (0, 5, 10)], *[(64, at, 0.9) for at in (1, 6, 11)], (67, 2, 3), (67, 7, 3))
# By scene what it is called, the clip's lines, and each new item: track, at, length, and its notes' pitch, at, length.
ANSWERED = {
    "comma": ("continue, with a decimal comma", clip(0), MORE),
    "continue-off": ("continue, off the bar line", clip(2), [("tune", 17, 12, [[62, 18, 1]])]),
    "accompany-off": ("accompany, off the bar line", clip(2), [("bass", 5, 12, [[43, 5, 1], [45, 6, 0.5]])]),
    "loop": ("a looped source", LOOPED, MORE),
    "loop-seconds": ("a looped source whose length is in seconds", LOOPED, MORE),
    "loop-offset": (
        "a looped source, begun in its midst",
        looped((60, 3.5, 0.9), (60, 8.5, 0.9), (64, 4.5, 0.9), (64, 9.5, 0.9), *[(67, at, min(3, 12 - at)) for at in (0.5, 5.5, 10.5)]),
        MORE,
    ),
    "loop-rate": (
        "a looped source at double speed",
        looped(
            *[(60, 2.5 * k, 0.45) for k in range(5)],
            *[(64, 2.5 * k + 0.5, 0.45) for k in range(5)],
            *[(67, 2.5 * k + 1, min(1.5, 11 - 2.5 * k)) for k in range(5)],
        ),
        MORE,
    ),
    "loop-once": ("a source that is not looped", looped((60, 0, 0.9), (64, 1, 0.9), (67, 2, 4), (65, 5, 1)), MORE),
    "windows": ("continue, with the program that Windows' installer puts in place", clip(0), MORE),
    "continue-near": ("continue, a hair before the bar line", clip(0), MORE),
}


def said(log):
    names = {}
    for line in log.read_text(errors="replace").splitlines():
        if line.startswith("SAID "):
            names.update(json.loads(line[5:]))
    return names


def judge(log):
    scene = log.stem
    told = said(log)
    before, after, undone = (told.get(when, {"count": None, "items": []}) for when in ("before", "after", "undone"))
    new = [item for item in after["items"] if item not in before["items"]]
    good = before["count"] == 1 and undone == before and told.get("blocks") == 1 and told.get("outside") == 0 and new
    good = bool(good) and all(item["notes"] for item in new)
    name = scene
    if scene in ANSWERED:
        name, lines, items = ANSWERED[scene]
        kept = log.with_suffix(".clip")
        good = good and kept.exists() and kept.read_text().splitlines() == lines
        good = good and [(item["track"], item["at"], item["length"], item["notes"]) for item in new] == items
    elif scene == "continue":
        good = good and len(new) == 1 and new[0]["track"] == "tune" and new[0]["at"] == 15 and new[0]["length"] == 12
    else:
        good = good and len(new) == PARTS[scene] and all(item["at"] == 3 for item in new)
    return {
        "tried": name,
        "passed": good,
        "items before, after, undone once": [before["count"], after["count"], undone["count"]],
        "new": "; ".join(f"{i['track']}: {len(i['notes'])} notes at beat {i['at']:g}, {i['length']:g} long" for i in new)
        or told.get("told", "nothing"),
    }


def main():
    folder, as_json = pathlib.Path(sys.argv[1]), "--json" in sys.argv[2:]
    rows = [judge(log) for log in sorted(folder.glob("*.log"))]
    if as_json:
        print(json.dumps({"rows": rows}))
    else:
        for row in rows:
            print(json.dumps(row))
    sys.exit(0 if rows and all(row["passed"] for row in rows) else 1)


if __name__ == "__main__":
    main()
