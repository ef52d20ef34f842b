"""python evaluate.py CHECKPOINT --arrays DIR [--split valid] [--style right|wrong|open] [--context 512] [--json]

Nats per note and per token on the reference event list. A piece is read with a sliding window: the first window
scores everything after START, each later one starts three quarters of a window further and does not score its first
quarter, so every token is scored exactly once. Nats a note = the sum of -log p of all tokens but START, over the note
starts.

Given to the model: style, instruments, metre, kind. Left open: bars_left, key and density, which would tell the notes.
"""

import argparse
import json

import numpy as np
import torch

from data import Split
from model import load

UNTOLD = ("bars_left", "key", "density")


def windows(length, context):
    """(first input, number of inputs, first scored input) of each window over a piece of `length` tokens.

    Input i is scored by how well it foretells token i + 1.
    """
    out, start = [], 0
    while True:
        count = min(context, length - 1 - start)
        out.append((start, count, context // 4 if start else 0))
        if start + count >= length - 1:
            return out
        start += context - context // 4


def subset(split, tokens=None, piece_tokens=None, seed=7):
    """(piece, length) pairs to score: all, or a seeded choice of about `tokens`, each cut at `piece_tokens`."""
    order = np.random.default_rng(seed).permutation(len(split.pieces)) if tokens else np.arange(len(split.pieces))
    chosen, total = [], 0
    for piece in order:
        if tokens and total >= tokens:
            break
        length = int(min(split.length[piece], piece_tokens or split.length[piece]))
        chosen.append((int(piece), length))
        total += length
    return chosen


def evaluate(model, split, context, chosen, style="right", compute=torch.float32, batch_tokens=8192, seed=7):
    """Totals over the chosen pieces: {"all" and each source: {nats, notes, tokens, nats_per_note, nats_per_token}}."""
    device, v = next(model.parameters()).device, split.vocabulary
    rng = np.random.default_rng(seed)
    jobs = []
    for piece, length in chosen:
        styles = len(v.values["style"])
        other = v.base["style"] + (split.styles[piece, 0] + rng.integers(1, max(2, styles))) % styles
        for start, count, scored in windows(length, context):
            jobs.append((count, piece, int(split.start[piece]) + start, scored, other))
    jobs.sort(key=lambda job: job[0])
    nats, tokens = np.zeros(len(split.pieces)), np.zeros(len(split.pieces), np.int64)
    was_training = model.training
    model.eval()
    while jobs:
        group = jobs[-max(1, batch_tokens // max(1, jobs[-1][0])) :]
        del jobs[-len(group) :]
        width = group[-1][0]
        index = np.stack([np.minimum(first + np.arange(width), len(split.token) - 2) for _, _, first, _, _ in group])
        features = split.features(index)
        for name in UNTOLD:
            features[..., v.slot[name]] = 0
        if style == "open":
            features[..., v.slot["style"]] = 0
        if style == "wrong":
            features[..., v.slot["style"]] = np.array([job[4] for job in group])[:, None]
        token = [torch.from_numpy(split.token[i].astype(np.int64)).to(device) for i in (index, index + 1)]
        loss = model.token_losses(token[0], torch.from_numpy(features).to(device), token[1], compute).cpu().numpy()
        for row, (count, piece, _, scored, _) in zip(loss, group):
            nats[piece] += row[scored:count].sum(dtype=np.float64)
            tokens[piece] += count - scored
    model.train(was_training)
    out = {}
    for piece, length in chosen:
        begin = int(split.start[piece])
        notes = int(v.is_on[split.token[begin : begin + length]].sum())
        for name in ("all", str(split.source[piece])):
            total = out.setdefault(name, dict(pieces=0, notes=0, tokens=0, nats=0.0))
            total["pieces"] += 1
            total["notes"] += notes
            total["tokens"] += int(tokens[piece])
            total["nats"] += float(nats[piece])
    for total in out.values():
        total["nats_per_note"] = total["nats"] / max(1, total["notes"])
        total["nats_per_token"] = total["nats"] / max(1, total["tokens"])
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint")
    parser.add_argument("--arrays", required=True)
    parser.add_argument("--split", default="valid")
    parser.add_argument("--context", type=int, help="window length in tokens; that of training unless given")
    parser.add_argument("--style", choices=("right", "wrong", "open"), default="right")
    parser.add_argument("--tokens", type=int, help="score a seeded choice of pieces of about this many tokens")
    parser.add_argument("--piece-tokens", type=int, help="score at most this much of each piece")
    parser.add_argument("--raw", action="store_true", help="the last weights instead of their average")
    parser.add_argument("--compute", choices=("fp32", "bf16"), default="fp32")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    model, spec, state = load(args.checkpoint, ema=not args.raw)
    split = Split(args.arrays, args.split)
    if split.vocabulary.spec != spec:
        raise SystemExit(f"{args.arrays} has another vocabulary than {args.checkpoint}: tokenize again or retrain")
    context = args.context or model.config.context
    compute = torch.bfloat16 if args.compute == "bf16" else torch.float32
    chosen = subset(split, args.tokens, args.piece_tokens)
    scores = evaluate(model.to(args.device), split, context, chosen, args.style, compute)
    if args.json:
        print(json.dumps(dict(split=args.split, context=context, style=args.style, step=state["step"], scores=scores)))
        return
    print(f"{args.split}, context {context}, stride {context - context // 4}, style {args.style}")
    for name, s in sorted(scores.items(), key=lambda item: -item[1]["tokens"]):
        print(f"{name:20} {s['pieces']:5} pieces {s['notes']:8} notes {s['nats_per_note']:7.3f} nats a note "
              f"{s['nats_per_token']:6.3f} a token")


if __name__ == "__main__":
    main()
