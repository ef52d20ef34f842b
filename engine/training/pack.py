"""python pack.py arrays DIR FILE        python pack.py unpack-arrays FILE DIR
python pack.py checkpoint RUN DIR [--limit 60] [--final]        python pack.py unpack-checkpoint DIR RUN

Carries training to another machine and back through a narrow door. The arrays become one xz-compressed file that
keeps only what cannot be derived from the tokens. A checkpoint becomes parts of at most --part MiB, --limit MiB
together: weights, average and Adam moments in bf16 and Muon's momentum in 8 bits; the momentum is left out first,
then the average (or with --final, the weights) where the limit is too tight. What was left out starts anew within a
few dozen steps. Bare weights that are over the limit are left all the same, and said to be: the machine that made them
may not be there again.
"""

import argparse
import io
import json
import lzma
import struct
from pathlib import Path

import numpy as np
import torch

SPLITS = ("train", "valid", "test")
KEPT = ("token.u16", "bar_metre.u8", "bar_key.u8", "bar_density.u8", "bar_left.u16", "pieces.json")
# two-byte tokens: alignment 1, no literal context from the other byte
XZ = [{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 1 << 26, "lc": 0, "lp": 1, "pb": 1}]


def derived(token, vocabulary, pieces):
    """beat, tick and bar of every token, as `continuo tokenize` writes them."""
    kinds = np.array([t["type"] for t in vocabulary["tokens"]])
    start, bar, beat, position = (kinds[token] == k for k in ("start", "bar", "beat", "position"))
    ticks = np.array([t.get("tick", 0) for t in vocabulary["tokens"]])[token]
    at = np.arange(len(token))

    def last(mask):  # where the mask was last true; the first token is a START
        return np.maximum.accumulate(np.where(mask, at, 0))

    beats = np.cumsum(beat)
    tick_of = np.where(position, ticks, 0)[last(position | bar | beat | start)]
    bars = np.cumsum(bar) - 1
    first = np.repeat([p["bar_start"] for p in pieces], [p["length"] for p in pieces])
    return {
        "beat.u8": (beats - beats[last(bar | start)]).clip(max=15).astype("<u1"),
        "tick.u8": tick_of.astype("<u1"),
        "bar.u32": np.maximum(bars, first).astype("<u4"),
    }


def pack_arrays(folder, file):
    folder = Path(folder)
    vocabulary = (folder / "vocabulary.json").read_bytes()
    blobs = {"vocabulary.json": vocabulary}
    for split in SPLITS:
        for name in KEPT:
            blobs[f"{split}.{name}"] = (folder / f"{split}.{name}").read_bytes()
        token = np.frombuffer(blobs[f"{split}.token.u16"], "<u2")
        pieces = json.loads(blobs[f"{split}.pieces.json"])
        for name, values in derived(token, json.loads(vocabulary), pieces).items():
            stored = np.fromfile(folder / f"{split}.{name}", values.dtype)
            if not np.array_equal(stored, values):
                where = int(np.flatnonzero(stored != values)[0]) if len(stored) == len(values) else "its length"
                raise SystemExit(f"{split}.{name} is not what its tokens say at {where}: pack.py must learn the format")
    index = json.dumps({name: len(blob) for name, blob in blobs.items()}).encode()
    with lzma.open(file, "wb", format=lzma.FORMAT_XZ, filters=XZ) as out:
        out.write(struct.pack("<I", len(index)) + index)
        for blob in blobs.values():
            out.write(blob)
    print(f"{Path(file).stat().st_size / 2**20:.1f} MiB in {file}")


def unpack_arrays(file, folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with lzma.open(file) as source:
        index = json.loads(source.read(struct.unpack("<I", source.read(4))[0]))
        for name, size in index.items():
            (folder / name).write_bytes(source.read(size))
    vocabulary = json.loads((folder / "vocabulary.json").read_text())
    for split in SPLITS:
        token = np.fromfile(folder / f"{split}.token.u16", "<u2")
        pieces = json.loads((folder / f"{split}.pieces.json").read_text())
        for name, values in derived(token, vocabulary, pieces).items():
            values.tofile(folder / f"{split}.{name}")


def in_8_bits(tensor):
    """Rows of int8 with a scale each."""
    scale = tensor.abs().amax(dim=-1, keepdim=True).clamp_min(1e-20) / 127
    return (tensor / scale).round().to(torch.int8), scale


def pack_checkpoint(run, folder, limit=60, part=15, final=False):
    state = torch.load(Path(run) / "checkpoint.pt", map_location="cpu", weights_only=True)
    muon, adam = (o["state"] for o in state.pop("optimizers"))
    model, ema = state.pop("model"), state.pop("ema")
    shared = [k for k in model if k in ema]
    state["order"] = shared
    small = {
        "model": {k: model[k].bfloat16() for k in shared},
        "ema": {k: ema[k].bfloat16() for k in shared},
        "adam": {i: {k: s[k].bfloat16() if s[k].ndim else s[k] for k in s} for i, s in adam.items()},
        "muon": {i: in_8_bits(s["momentum"]) for i, s in muon.items()},
    }
    for left_out in (None, "muon", "model" if final else "ema", "adam"):
        small.pop(left_out, None)
        buffer = io.BytesIO()
        torch.save(state | small, buffer)
        if buffer.tell() <= limit * 2**20:
            break
        print(f"{buffer.tell() / 2**20:.1f} MiB is over {limit}")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("part-*"):
        old.unlink()
    blob, size = buffer.getvalue(), part * 2**20
    for number, start in enumerate(range(0, len(blob), size)):
        (folder / f"part-{number:02}").write_bytes(blob[start : start + size])
    print(f"{len(blob) / 2**20:.1f} MiB in {folder}: step {state['step']}, with {', '.join(small)}")
    if len(blob) > limit * 2**20:
        raise SystemExit(f"even the bare weights are over {limit} MiB: they are in {folder} all the same; raise --limit")


def unpack_checkpoint(folder, run):
    parts = sorted(Path(folder).glob("part-*"))
    if not parts:
        raise SystemExit(f"no part-* files in {folder}")
    state = torch.load(io.BytesIO(b"".join(p.read_bytes() for p in parts)), weights_only=True)
    weights = {k: v for k, v in state.items() if k in ("model", "ema")}
    for kind in ("model", "ema"):
        state[kind] = {k: v.float() for k, v in weights.get(kind, next(iter(weights.values()))).items()}
    adam = {i: {k: v.float() for k, v in s.items()} for i, s in state.pop("adam", {}).items()}
    muon = {i: {"momentum": rows.float() * scale} for i, (rows, scale) in state.pop("muon", {}).items()}
    state["optimizers"] = [{"state": muon}, {"state": adam}]  # train.py fills in the groups
    Path(run).mkdir(parents=True, exist_ok=True)
    torch.save(state, Path(run) / "checkpoint.pt")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("arrays", "unpack-arrays", "checkpoint", "unpack-checkpoint"))
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--limit", type=float, default=60, help="MiB in all")
    parser.add_argument("--part", type=int, default=15, help="MiB a part")
    parser.add_argument("--final", action="store_true", help="the run is over: the average matters most")
    args = parser.parse_args()
    if args.what == "arrays":
        pack_arrays(args.source, args.target)
    elif args.what == "unpack-arrays":
        unpack_arrays(args.source, args.target)
    elif args.what == "checkpoint":
        pack_checkpoint(args.source, args.target, args.limit, args.part, args.final)
    else:
        unpack_checkpoint(args.source, args.target)


if __name__ == "__main__":
    main()
