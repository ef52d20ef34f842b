"""Learns the critic, which tells a piece's own way to go on from the model's, and an ear for styles.

    continuo evaluate CORPUS --split train --critic 1500 --impressions train.jsonl
    continuo evaluate CORPUS --split valid --critic 300 --impressions valid.jsonl
    python critic.py train.jsonl valid.jsonl --to ../src/main/resources/org/continuo/engine/critic

Each line is a pair: named numbers of the real eight bars and of the model's after the same beginning. The critic is a logistic
regression on the difference of the two (Bradley and Terry 1952); the ear a multinomial one on the real bars' own numbers. Each
number is counted in spreads from its mean; not a number counts as the mean. How much the weights are held back (L2) is chosen
on valid.
"""

import argparse
import collections
import json
import math
import pathlib

import torch

FURTHEST = 6  # spreads from the mean
FEWEST_PIECES = 20  # of a style that the ear learns
DECAYS = (1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1)
RELATIVE = ("_moved", "takes_up", "like_", "instruments_lost")  # what the ear is not to go by: it hears the bars alone


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def number(value):
    """The Java side writes "NaN" and "-Infinity"."""
    value = float(value)
    return value if math.isfinite(value) else math.nan


def side(pairs, which, names):
    """One side of the pairs as an array of (pairs, numbers); NaN where there is nothing to tell by."""
    rows = [[number(pair[which]["impression"][name]) for name in names] for pair in pairs]
    return torch.tensor(rows, dtype=torch.float64)


def statistics(values):
    """Mean and standard deviation by column, of what is a number."""
    known = ~values.isnan()
    count = known.sum(0).clamp(min=1)
    mean = torch.where(known, values, 0.0).sum(0) / count
    square = torch.where(known, (values - mean) ** 2, 0.0).sum(0) / count
    return mean, square.sqrt().clamp(min=1e-6)


def scaled(values, mean, spread):
    return ((values - mean) / spread).nan_to_num(0.0).clamp(-FURTHEST, FURTHEST)


def fit(parameters, loss):
    """Minimizes a convex loss of the parameters in place."""
    optimizer = torch.optim.LBFGS(parameters, max_iter=500, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        value = loss()
        value.backward()
        return value

    optimizer.step(closure)


def zeros(*shape):
    return torch.zeros(*shape, dtype=torch.float64, requires_grad=True)


def learn_critic(train, valid):
    """Weights (numbers, 1) under which real minus own is likeliest positive, and the share of valid pairs that are."""
    best = (-1, None)
    for decay in DECAYS:
        weights = zeros(train.shape[1], 1)
        fit([weights], lambda: torch.nn.functional.softplus(-train @ weights).mean() + decay * (weights**2).sum())
        share = ((valid @ weights.detach()).sign() + 1).mean().item() / 2
        print(f"critic, decay {decay:g}: right on valid {share:.3f}")
        best = max((share, weights.detach()), best, key=lambda one: one[0])  # of two as good, the one held back more
    return best[1]


def learn_ear(train, train_labels, valid, valid_labels, styles):
    """Weights (numbers, styles) and biases of the likeliest style."""
    best = (-1, None, None)
    for decay in DECAYS:
        weights, biases = zeros(train.shape[1], styles), zeros(styles)
        fit(
            [weights, biases],
            lambda: torch.nn.functional.cross_entropy(train @ weights + biases, train_labels)
            + decay * (weights**2).sum(),
        )
        share = ((valid @ weights + biases).argmax(1) == valid_labels).double().mean().item()
        print(f"ear, decay {decay:g}: right on valid {share:.3f}")
        best = max((share, weights.detach(), biases.detach()), best, key=lambda one: one[0])
    return best[1:]


def write(path, labels, biases, names, mean, spread, weights):
    rows = [
        {
            "name": name,
            "mean": round(mean[i].item(), 5),
            "spread": round(spread[i].item(), 5),
            "weights": [round(one, 4) for one in weights[i].tolist()],
        }
        for i, name in enumerate(names)
    ]
    rule = {"labels": labels, "biases": [round(one, 4) for one in biases], "numbers": rows}
    path.write_text(json.dumps(rule, indent=1) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train")
    parser.add_argument("valid")
    parser.add_argument("--to", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    train, valid = read(arguments.train), read(arguments.valid)
    names = list(train[0]["real"]["impression"])

    real, own = side(train, "real", names), side(train, "own", names)
    mean, spread = statistics(torch.cat([real, own]))
    difference = scaled(real, mean, spread) - scaled(own, mean, spread)
    valid_real, valid_own = side(valid, "real", names), side(valid, "own", names)
    weights = learn_critic(difference, scaled(valid_real, mean, spread) - scaled(valid_own, mean, spread))
    for place in weights[:, 0].abs().argsort(descending=True)[:12].tolist():
        print(f"    {names[place]:24s} {weights[place, 0]:+.2f}")
    write(arguments.to / "critic.json", ["real"], [0.0], names, mean, spread, weights)

    count = collections.Counter(pair["style"] for pair in train)
    styles = sorted(style for style, pieces in count.items() if style and pieces >= FEWEST_PIECES)
    own_names = [name for name in names if not any(part in name for part in RELATIVE)]
    columns = [names.index(name) for name in own_names]

    def labelled(pairs, values):
        rows = [i for i, pair in enumerate(pairs) if pair["style"] in styles]
        labels = torch.tensor([styles.index(pairs[i]["style"]) for i in rows])
        return scaled(values[rows][:, columns], mean[columns], spread[columns]), labels

    heard, labels = labelled(train, real)
    valid_heard, valid_labels = labelled(valid, valid_real)
    weights, biases = learn_ear(heard, labels, valid_heard, valid_labels, len(styles))
    write(arguments.to / "style.json", styles, biases.tolist(), own_names, mean[columns], spread[columns], weights)


if __name__ == "__main__":
    main()
