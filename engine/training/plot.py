"""python plot.py OUT.png RUN [RUN ...]  draws training loss and validation over tokens from each RUN/log.jsonl."""

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  after the backend is chosen


def lines(run):
    with open(Path(run) / "log.jsonl") as file:
        return [json.loads(line) for line in file]


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    figure, (loss, valid) = plt.subplots(1, 2, figsize=(11, 4.2))
    for run in sys.argv[2:]:
        log, name = lines(run), Path(run).name
        for axes, key in ((loss, "loss"), (valid, "valid")):
            points = [(line["tokens"] / 1e6, line[key]) for line in log if key in line]
            if points:
                axes.plot(*zip(*points), label=name, marker="o" if key == "valid" else None, markersize=3, linewidth=1)
    for axes, title in ((loss, "training loss, nats a token"), (valid, "validation subset, nats a note")):
        axes.set(title=title, xlabel="million tokens read")
        axes.grid(alpha=0.3)
        if axes.lines:
            axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(sys.argv[1], dpi=130)


if __name__ == "__main__":
    main()
