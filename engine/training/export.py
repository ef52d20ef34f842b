"""python export.py CHECKPOINT --to DIR [--bits 8] [--context 4096] [--name NAME] [--sources FILE]
python export.py --random --to DIR [--bits 8] [--vocabulary FILE]      a tiny model with random weights, for tests
                 [--layers 2] [--dim 64] [--heads 4] [--kv-heads 2]  or of any shape, for benchmarks

Turns a checkpoint into a model folder: model.onnx and model.json.

The graph is described in graph.py. Its matrices are 8-bit, 4-bit or with --bits 32 as they are. Nothing is written unless the
float32 graph computes what PyTorch computes.
"""

import argparse
import hashlib
import json
import pathlib

import numpy as np
import torch

from graph import build
from model import Config, Model, load, rotary_table

FORMAT_VERSION = 1
WEIGHTS_LICENCE = "CC-BY-SA-4.0"


@torch.no_grad()
def weights_of(model, context):
    weights = {name: value.float().numpy() for name, value in model.state_dict().items() if not name.startswith("tok.")}
    weights["table"] = model.token_table().float().numpy()
    weights["feat.weight"][0] = 0
    cos, sin = rotary_table(context, model.config.head_dim, model.config.rotary_base)
    return weights | {"cos": cos.numpy(), "sin": sin.numpy()}


@torch.no_grad()
def difference(graph, model, shape, length=96):
    """Of a graph's logits from PyTorch's, over one random sequence read in two chunks: the largest difference, and the
    mean of D(PyTorch's distribution || the graph's) in nats; and the spread of PyTorch's logits."""
    import onnxruntime

    generator = torch.Generator().manual_seed(1)
    length = min(length, shape["context"])
    tokens = torch.randint(shape["tokens"], (1, length), generator=generator)
    features = torch.randint(shape["rows"], (1, length, shape["features"]), generator=generator)
    expected = model(tokens, features)[0].numpy()
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    zeros = np.zeros((1, shape["kv_heads"], shape["context"], shape["head_dim"]), np.float32)
    cache = {f"past_{part}_{i}": zeros for i in range(shape["layers"]) for part in ("key", "value")}
    names, logits = [output.name for output in session.get_outputs()], []
    for start, end in ((0, length // 3), (length // 3, length)):
        answer = session.run(names, cache | {
            "tokens": tokens[:, start:end].numpy(),
            "features": features[:, start:end].numpy(),
            "logit_rows": np.arange(end - start),
            "seqlens_k": np.array([end - 1], np.int32),
            "total_sequence_length": np.array([end], np.int32),
        })
        logits.append(answer[0])
        cache = {name.replace("present", "past"): array for name, array in zip(names[1:], answer[1:])}
    logits = np.concatenate(logits)
    log_p, log_q = (torch.log_softmax(torch.from_numpy(x), -1) for x in (expected, logits))
    divergence = float((log_p.exp() * (log_p - log_q)).sum(-1).mean())
    return float(np.abs(logits - expected).max()), divergence, float(expected.std())


@torch.no_grad()
def style_map(model, vocabulary):
    """The styles' rows on the two axes along which they differ most (principal components), each in -1 to 1."""
    slot = next(slot for slot in vocabulary["slots"] if slot["name"] == "style")
    rows = model.feat.weight[slot["base"] : slot["base"] + len(slot["values"])].double()
    rows = rows - rows.mean(0)
    _, _, axes = torch.linalg.svd(rows, full_matrices=False)
    places = rows @ axes[:2].T
    places = places / places.abs().max(0).values.clamp(min=1e-9)
    return {name: [round(x, 3), round(y, 3)] for name, (x, y) in zip(slot["values"], places.tolist())}


def write(folder, name, graph, shape, vocabulary, precision, training, sources, styles):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(graph)
    description = {
        "version": FORMAT_VERSION,
        "name": name,
        "precision": precision,
        "shape": shape,
        "files": {"model.onnx": {"bytes": len(graph), "sha256": hashlib.sha256(graph).hexdigest()}},
        "licences": {"weights": WEIGHTS_LICENCE, "data": sources},
        "training": training,
        "style_map": styles,
        "vocabulary": vocabulary,
    }
    (folder / "model.json").write_text(json.dumps(description, separators=(",", ":")) + "\n")


def shape_of(config, vocabulary, context):
    return dict(
        layers=config.layers,
        dim=config.dim,
        heads=config.heads,
        kv_heads=config.kv_heads,
        head_dim=config.head_dim,
        context=context,
        tokens=len(vocabulary["tokens"]),
        features=len(vocabulary["slots"]),
        rows=vocabulary["rows"],
    )


def export(model, vocabulary, args, training, sources):
    config = model.config
    if config.conditions != "added":
        raise SystemExit(f"export: conditions are '{config.conditions}'; only added ones have a graph")
    shape = shape_of(config, vocabulary, args.context)
    weights = weights_of(model, args.context)
    exact = build(weights, shape, bits=32)
    worst, _, spread = difference(exact, model, shape)
    print(f"float32 graph against PyTorch: largest difference {worst:.2e} (logits spread {spread:.2f})")
    if not worst <= 1e-4 * max(1.0, spread):
        raise SystemExit("export: the graph does not compute what the checkpoint computes")
    graph = exact
    if args.bits < 32:
        graph = build(weights, shape, args.bits)
        worst, divergence, _ = difference(graph, model, shape)
        print(f"{args.bits}-bit graph against PyTorch: largest difference {worst:.3f}, {divergence:.5f} nats a token")
    precision = "float32" if args.bits == 32 else f"int{args.bits}"
    write(args.to, args.name, graph, shape, vocabulary, precision, training, sources, style_map(model, vocabulary))
    size = sum(file.stat().st_size for file in args.to.iterdir())
    print(f"{args.to}: {size / 2**20:.2f} MiB, {precision}, {model.parameter_count() / 1e6:.2f} M parameters")


def small_vocabulary():
    """A vocabulary of the real one's form, small enough for tests: two instruments, two octaves."""
    tokens = [{"type": kind} for kind in ("start", "end", "bar", "beat")]
    tokens += [{"type": "position", "tick": tick} for tick in range(1, 24)]
    for instrument, pitches in enumerate((range(48, 72), range(36, 48))):
        for pitch in pitches:
            note = {"instrument": instrument, "pitch": pitch}
            tokens += [{"type": "on", **note, "velocity": velocity} for velocity in range(8)]
            tokens += [{"type": "off", **note}] * (instrument == 0)
    slots = [{"name": name, "base": 1 + 2 * i, "values": ["a", "b"]} for i, name in enumerate(("style", "beat", "tick"))]
    return {"version": 1, "ticks_per_quarter": 24, "tokens": tokens, "instruments": ["piano", "drums"], "slots": slots,
            "rows": 7, "bars_left_value": [0]}  # fmt: skip


def random_model(vocabulary, layers, dim, heads, kv_heads):
    """Every matrix random, so that every part of the graph shows in the logits."""
    torch.manual_seed(20)
    model = Model(Config(layers=layers, dim=dim, heads=heads, kv_heads=kv_heads, table="plain"), vocabulary)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() == 2:
                parameter.normal_(std=1.5 * parameter.size(1) ** -0.5)
            else:
                parameter.uniform_(0.5, 1.5)
        model.feat.weight[0] = 0
    return model


def training_summary(state):
    return {key: state[key] for key in ("step", "tokens", "seconds", "sources") if key in state}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", nargs="?", type=pathlib.Path)
    parser.add_argument("--to", type=pathlib.Path, required=True)
    parser.add_argument("--bits", type=int, choices=(4, 8, 32), default=8, help="of each number in the matrices")
    parser.add_argument("--context", type=int, help="tokens the cache holds (4096; 128 with --random)")
    parser.add_argument("--name", help="default: the folder's name")
    parser.add_argument("--sources", type=pathlib.Path, help="JSON list of the data's sources and licences")
    parser.add_argument("--random", action="store_true", help="no checkpoint: random weights, fixed seed")
    parser.add_argument("--vocabulary", type=pathlib.Path, help="vocabulary.json, or a model.json, for --random")
    for name, default in (("layers", 2), ("dim", 64), ("heads", 4), ("kv-heads", 2)):
        parser.add_argument(f"--{name}", type=int, default=default, help=f"for --random (default {default})")
    args = parser.parse_args()
    if args.random == (args.checkpoint is not None):
        parser.error("give a checkpoint or --random")
    args.name = args.name or args.to.name
    args.context = args.context or (128 if args.random else 4096)
    sources = json.loads(args.sources.read_text()) if args.sources else []
    if args.random:
        vocabulary = json.loads(args.vocabulary.read_text()) if args.vocabulary else small_vocabulary()
        vocabulary = vocabulary.get("vocabulary", vocabulary)
        model = random_model(vocabulary, args.layers, args.dim, args.heads, args.kv_heads)
        return export(model, vocabulary, args, {"weights": "random"}, sources)
    model, vocabulary, state = load(args.checkpoint)
    return export(model, vocabulary, args, training_summary(state), sources)


if __name__ == "__main__":
    main()
