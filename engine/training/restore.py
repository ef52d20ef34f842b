"""python restore.py MODEL_FOLDER --out RUN

Turns a model folder back into a checkpoint that train.py goes on from: the shipped weights are what a new machine starts
with. Weights come back as near as they are stored (8 bits: 0.1 % in nats a note, 4 bits: 1 %); the optimizers and their
warm-up start anew, and so does the drawing of windows, from another seed, each as long as the model's context.
The folded token table is split into its parts by least squares, the smallest rows that sum to it.
"""

import argparse
import json
import pathlib

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from model import Config, Model
from train import DEFAULTS


def matrices(graph):
    """Every weight of an exported graph by its name in a checkpoint, float32, those of few bits put back to scale."""
    stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    nodes = (node for node in graph.node if node.op_type == "MatMulNBits")
    bits = {node.input[1]: next(a.i for a in node.attribute if a.name == "bits") for node in nodes}
    out = {}
    for name, array in stored.items():
        if array.dtype == np.uint8:
            scales = stored[name + ".scales" if name == "table" else name.removesuffix(".weight") + ".scales"]
            rows = len(array)
            if bits[name] == 4:
                array = np.stack((array & 15, array >> 4), axis=-1).reshape(*array.shape[:-1], -1)
            array = array.reshape(rows, -1, array.shape[-1]).astype(np.float32) - 2 ** (bits[name] - 1)
            out[name] = (array * scales.reshape(rows, -1, 1)).reshape(rows, -1)
        elif name.endswith("norm.weight") or name == "table":
            out[name] = array
        elif name == "feature_table":
            out["feat.weight"] = array
        elif name.startswith("blocks.") and name.endswith(".weight"):
            out[name] = array.T  # as MatMul wants it
    return out


def parts_of(table, token_table):
    """Rows of each part whose sums are nearest to `table` [V, d], as {part: rows}."""
    index, sizes = token_table.index.numpy(), [len(getattr(token_table, n).weight) for n in token_table.PARTS]
    starts = np.cumsum([0] + sizes)
    sums = np.zeros((len(table), starts[-1]), np.float32)
    for part, start in enumerate(starts[:-1]):
        tokens = np.flatnonzero(index[part])
        sums[tokens, start + index[part, tokens]] = 1
    rows, *_ = np.linalg.lstsq(sums, table, rcond=1e-5)
    print(f"table: largest remainder {np.abs(sums @ rows - table).max():.1e}, spread {table.std():.2f}")
    return dict(zip(token_table.PARTS, np.split(rows, starts[1:-1])))


def restore(folder, out):
    """Writes out/checkpoint.pt from a model folder."""
    description = json.loads((folder / "model.json").read_text())
    vocabulary, shape, trained = description["vocabulary"], description["shape"], description["training"]
    stored = ("layers", "dim", "heads", "kv_heads", "context")
    settings = DEFAULTS | {"seed": trained["step"]} | {name: shape[name] for name in stored}
    config = Config(**{name: settings[name] for name in (*stored, "table", "conditions")})
    model = Model(config, vocabulary)
    weights = matrices(onnx.load(folder / "model.onnx").graph)
    rows = parts_of(weights.pop("table"), model.tok)
    weights |= {f"tok.{name}.weight": array for name, array in rows.items()}
    weights = {name: torch.from_numpy(np.array(array)) for name, array in weights.items()}
    model.load_state_dict(weights)
    out.mkdir(parents=True, exist_ok=True)
    torch.save(
        dict(config=vars(config), settings=settings, vocabulary=vocabulary, step=0,
             tokens=trained["tokens"], seconds=trained["seconds"], decayed=0.0, rng=torch.get_rng_state(),
             model=model.state_dict(), ema=dict(model.named_parameters()),
             optimizers=[{"state": {}}, {"state": {}}], sources=trained.get("sources", {})),
        out / "checkpoint.pt",
    )  # fmt: skip
    print(f"{out}: {config.layers} layers of {config.dim}, {trained['tokens'] / 1e6:.1f} M tokens seen")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    args = parser.parse_args()
    restore(args.folder, args.out)


if __name__ == "__main__":
    main()
