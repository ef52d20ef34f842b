#!/usr/bin/env python3
"""Judges what ardour_clip.lua said of a session before, after and undone.

    ardour_clip.py FOLDER [--json]

FOLDER holds a log for each scene, WORK-TRIM.log: what was done to a region, and how many beats had been cut off in front of it;
where the answer was made up, its name goes on, and the clip that the script wrote is there too. What each region plays is in a MIDI
file. Prints a row for each. Exit: 0 all of it worked; 1 not so.
"""
import json
import pathlib
import sys

# New regions, each on a track of its own, where they are not on the region's.
PARTS = {"accompany": 2, "harmonize": 3}
PITCHES = (60, 64, 67, 65, 62, 59, 60, 64, 67, 72, 67, 64)


def clip(trim, lead):
    """The clip of a region of four bars in three quarters, cut in front, which begins so many beats after a bar line."""
    lines = [f"length {lead + 12 - trim}.000000", "tempo 100.000000", "meter 3 4"]
    return lines + [f"note 0 {pitch} 90 {at}.000000 0.900000" for at, pitch in enumerate(PITCHES[trim:], lead)]


# By scene what it is called, the clip's lines, and each new region: track, at, length, and its notes' pitch, at, length.
ANSWERED = {
    "continue-0-comma": ("continue, with a decimal comma", clip(0, 0), [("tune", 12, 12, [[62, 12.5, 1.25]])]),
    "continue-0-locked": ("continue, the region locked", clip(0, 0), [("tune", 12, 12, [[62, 12.5, 1.25]])]),
    "continue-5-off": ("continue, off the bar line", clip(5, 2), [("tune", 12, 12, [[62, 13, 1]])]),
    "accompany-5-off": ("accompany, off the bar line", clip(5, 2), [("bass", 5, 7, [[43, 5, 1], [45, 6, 0.5]])]),
}


def said(log):
    """What was said in lines of JSON, by name."""
    names = {}
    for line in log.read_text(errors="replace").splitlines():
        if line.startswith("SAID "):
            names.update(json.loads(line[5:]))
    return names


def kinds(file):
    """The kinds of messages in a MIDI file of one track, without those of notes and of the file itself."""
    data = file.read_bytes()
    found, at, status = set(), 22, 0

    def number():
        nonlocal at
        value = 0
        while True:
            at += 1
            value = value << 7 | data[at - 1] & 0x7F
            if data[at - 1] < 0x80:
                return value

    while at < len(data):
        number()
        if data[at] >= 0x80:
            status = data[at]
            at += 1
        if status >= 0xF0:
            at += status == 0xFF
            size = number()
        else:
            size = 1 if status >> 4 in (0xC, 0xD) else 2
            found.add(status >> 4)
        at += size
    return found - {0x8, 0x9}


def judge(log):
    work, trim = log.stem.split("-")[:2]
    name = work + (", trimmed in front" if trim != "0" else "")
    told = said(log)
    counts = [told.get(when, {}).get("count") for when in ("before", "after", "undone")]
    before = told.get("before", {}).get("regions", [])
    new = [region for region in told.get("after", {}).get("regions", []) if region not in before]
    good = "done" in told and told.get("undone") == told.get("before") and counts[0] == 1 and new
    good = bool(good) and all(region["notes"] for region in new)
    # The region has a pedal, a program and a bend, where they are not cut off; what is new has none of them.
    files = {when: [kinds(f) for f in log.parent.glob(f"{log.stem}-{when}-*.mid")] for when in ("before", "after")}
    good = good and files["before"] == [{0xB, 0xC, 0xE} if trim == "0" else set()]
    good = good and len(files["after"]) == counts[1] and sum(1 for found in files["after"] if found) == (trim == "0")
    if log.stem in ANSWERED:
        name, lines, regions = ANSWERED[log.stem]
        kept = log.with_suffix(".clip")
        good = good and kept.exists() and kept.read_text().splitlines() == lines
        good = good and [(r["track"], r["at"], r["length"], r["notes"]) for r in new] == regions
    elif good and work == "continue":
        old = before[0]
        good = len(new) == 1 and new[0]["track"] == old["track"] and abs(new[0]["at"] - old["at"] - old["length"]) < 0.01
    elif good:
        tracks = {region["track"] for region in new}
        good = len(new) == len(tracks) == PARTS[work] and all(region["at"] == before[0]["at"] for region in new)
    return {
        "tried": name,
        "passed": good,
        "regions before, after, undone once": counts,
        "new": "; ".join(f"{r['track']}: {len(r['notes'])} notes at beat {r['at']:g}, {r['length']:g} long" for r in new)
        or told.get("told", "nothing"),
    }


def main():
    folder, as_json = pathlib.Path(sys.argv[1]), "--json" in sys.argv[2:]
    rows = [judge(log) for log in sorted(folder.glob("*-*.log"))]
    if as_json:
        print(json.dumps({"rows": rows}))
    else:
        for row in rows:
            outcome = "passed" if row["passed"] else "FAILED"
            counts = row["regions before, after, undone once"]
            print(f"{row['tried']:>32}: {outcome}  regions before, after, undone once {counts}; {row['new']}")
    sys.exit(0 if rows and all(row["passed"] for row in rows) else 1)


if __name__ == "__main__":
    main()
