"""python synthetic.py DIR  writes small arrays in the format of `continuo tokenize`, of nonsense that can be learnt.

For tests and for trying the trainer without a corpus.
"""

import json
import sys
from pathlib import Path

import numpy as np

INSTRUMENTS = ["piano", "violin", "cello", "bass", "guitar", "flute", "clarinet", "trumpet", "harp", "drums"]
RANGES = [(21, 108), (28, 103), (24, 84), (12, 67), (28, 91), (36, 103), (28, 94), (26, 91), (24, 103), (27, 87)]
SPLITS = ("train", "valid", "test")


def vocabulary():
    tokens = [{"type": t} for t in ("start", "end", "bar", "beat")]
    tokens += [{"type": "position", "tick": t} for t in range(1, 24)]
    for i, (low, high) in enumerate(RANGES):
        pitches = range(low, high + 1)
        tokens += [{"type": "on", "instrument": i, "pitch": p, "velocity": v} for p in pitches for v in range(8)]
        if i != 9:
            tokens += [{"type": "off", "instrument": i, "pitch": p} for p in pitches]
    slots, base = [], 1
    values = {
        "style": ["baroque", "classical", "romantic", "pop", "jazz"],
        "metre": ["4/4", "3/4", "2/4", "6/8", "other"],
        "bars_left": ["0", "1", "2-3", "4+"],
        "kind": ["performed", "score", "synthetic"],
        "key": [str(k) for k in range(24)],
        "density": [str(k) for k in range(8)],
        "beat": [str(k) for k in range(16)],
        "tick": [str(k) for k in range(24)],
    } | {f"inst_{name}": ["absent", "present", "ahead"] for name in INSTRUMENTS}
    for name, names in values.items():
        slots.append({"name": name, "base": base, "values": names})
        base += len(names)
    return {
        "version": 1,
        "ticks_per_quarter": 24,
        "tokens": tokens,
        "instruments": INSTRUMENTS,
        "slots": slots,
        "rows": base,
        "bars_left_value": [0, 1, 2, 2, 3],
    }


def write(folder, pieces=12, seed=1):
    """Pieces of three instruments playing a scale in parallel, 4/4, some bars empty in their second half."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    spec = vocabulary()
    (folder / "vocabulary.json").write_text(json.dumps(spec))
    key = {(t["type"], t.get("instrument"), t.get("pitch"), t.get("velocity")): i for i, t in enumerate(spec["tokens"])}
    rng = np.random.default_rng(seed)
    for split in SPLITS:
        token, beat, tick, bar, bars, listed = [], [], [], [], [], []
        for number in range(pieces if split == "train" else max(2, pieces // 4)):
            start, bar_start, count = len(token), len(bars), int(rng.integers(4, 24))
            chosen = [int(i) for i in rng.choice(9, 3, replace=False)] + ([9] if number % 3 == 0 else [])
            ons = [0] * 10

            def put(what, b, t):
                token.append(what), beat.append(b), tick.append(t), bar.append(max(bar_start, len(bars) - 1))

            put(0, 0, 0)
            for b in range(count):
                key_here = int(rng.integers(0, 24)) if number % 4 else 255
                bars.append((0, key_here, int(rng.integers(0, 8)), count - 1 - b))
                put(2, 0, 0)
                for step in range(4 if b % 5 else 2):
                    if step:
                        put(3, step, 0)
                    pitches = [(i, 36 if i == 9 else 48 + (b * 3 + step * 2 + k) % 14) for k, i in enumerate(chosen)]
                    for i, p in pitches:
                        put(key["on", i, p, int(rng.integers(2, 6))], step, 0)
                        ons[i] += 1
                    put(3 + 12, step, 12)
                    for i, p in pitches:
                        if i != 9:
                            put(key["off", i, p, None], step, 12)
            put(1, beat[-1], tick[-1])
            listed.append(
                dict(path=f"{split}/{number}.mid", start=start, length=len(token) - start, bar_start=bar_start)
                | dict(bars=count, notes=sum(ons), ons_by_instrument=ons, styles=[number % 5], kind=number % 3)
                | dict(source=("alpha", "beta")[number % 2], licence="cc-by")
            )
        metre, keys, density, left = zip(*bars)
        arrays = {"token.u16": token, "beat.u8": beat, "tick.u8": tick, "bar.u32": bar, "bar_metre.u8": metre}
        arrays |= {"bar_key.u8": keys, "bar_density.u8": density, "bar_left.u16": left}
        for name, values in arrays.items():
            kind = {"u8": "<u1", "u16": "<u2", "u32": "<u4"}[name.rpartition(".")[2]]
            np.array(values, dtype=kind).tofile(folder / f"{split}.{name}")
        (folder / f"{split}.pieces.json").write_text(json.dumps(listed))


if __name__ == "__main__":
    write(sys.argv[1])
