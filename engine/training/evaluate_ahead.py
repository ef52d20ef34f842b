"""python evaluate_ahead.py CHECKPOINT --arrays DIR [--split valid] [--pieces 200]

What reading ahead is worth to who accompanies: nats for each note start of the added parts, given that one of them
starts a note there, once with the given part in its place in the stream and once AHEAD beats earlier (ahead.py). Whole
pieces that fit the context, one instrument of each given, drawn by a fixed seed. When a note starts is not scored: the
two streams tell it differently.
"""

import argparse

import numpy as np
import torch

from ahead import AHEAD, Anticipation
from data import Split
from evaluate import UNTOLD
from model import load


@torch.no_grad()
def nats(model, split, piece, given, beats):
    """Sum over the note starts of all parts but the given, and their number; None where bars are not whole quarters."""
    v, first, length = split.vocabulary, int(split.start[piece]), int(split.length[piece])
    anticipation = Anticipation(split, beats)
    found = anticipation.rewritten(first, first + length, given, length + length // 2)
    if found is None:
        return None
    tokens, index, tick, alone = found
    size = int(np.flatnonzero(tokens == v.end)[0]) + 1
    tokens, index, tick, alone = tokens[:size], index[: size - 1], tick[: size - 1], alone[: size - 1]
    features = split.features(index)
    for name in UNTOLD:
        features[:, v.slot[name]] = 0
    anticipation.mark(features, np.ones(size - 1, bool), given, tick, alone)
    stream, rows = torch.from_numpy(tokens.astype(np.int64))[None], torch.from_numpy(features)[None]
    own = v.is_on & ~given[v.instrument]
    scored = np.flatnonzero(own[tokens[1:]])
    starts, answer = np.flatnonzero(own), tokens[1:][scored]
    logits = model.hidden(stream[:, :-1], rows)[0, scored] @ model.token_table()[starts].T
    loss = torch.nn.functional.cross_entropy(logits, torch.from_numpy(np.searchsorted(starts, answer)), reduction="sum")
    return float(loss), len(scored)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint")
    parser.add_argument("--arrays", required=True)
    parser.add_argument("--split", default="valid")
    parser.add_argument("--pieces", type=int, default=200)
    parser.add_argument("--longest", type=int, default=3500, help="tokens of a piece, at most")
    args = parser.parse_args()
    model, spec, _ = load(args.checkpoint)
    split, rng = Split(args.arrays, args.split), np.random.default_rng(7)
    fits = np.flatnonzero(((split.ons > 0).sum(axis=1) >= 2) & (split.length <= args.longest))
    rows = []
    for piece in rng.permutation(fits):
        given = np.zeros(split.ons.shape[1], bool)
        given[rng.choice(np.flatnonzero(split.ons[piece]))] = True
        both = [nats(model, split, piece, given, beats) for beats in (0, AHEAD)]
        if None not in both and both[0][1] > 0:
            assert both[0][1] == both[1][1], f"piece {piece}: {both}"
            rows.append((both[0][0], both[1][0], both[0][1]))
        if len(rows) == args.pieces:
            break
    rows = np.array(rows)
    beside, ahead = rows[:, 0].sum() / rows[:, 2].sum(), rows[:, 1].sum() / rows[:, 2].sum()
    drawn = (rows[rng.integers(len(rows), size=len(rows))] for _ in range(1000))
    gaps = [(some[:, 0] - some[:, 1]).sum() / some[:, 2].sum() for some in drawn]
    print(f"{args.split}: {len(rows)} pieces, {int(rows[:, 2].sum())} note starts of added parts; nats each: given part "
          f"in its place {beside:.4f}, {AHEAD} beats ahead {ahead:.4f}; gap {beside - ahead:.4f} "
          f"({np.quantile(gaps, 0.025):.4f} to {np.quantile(gaps, 0.975):.4f})")


if __name__ == "__main__":
    main()
