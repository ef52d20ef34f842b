"""python export.py CHECKPOINT --to DIR --arrays DIR [--bits 8] [--context 4096] [--name NAME] [--sources FILE]
python export.py --random --to DIR [--bits 8] [--vocabulary FILE]      a tiny model with random weights, for tests
                 [--layers 2] [--dim 64] [--heads 4] [--kv-heads 2]  or of any shape, for benchmarks

Turns a checkpoint into a model folder: model.onnx and model.json.

The graph is described in graph.py. Its matrices are 8-bit, 4-bit or with --bits 32 as they are; its cache is 8-bit, with
--bits 32 float32. How large keys and values become is measured on training music in the arrays. Nothing is written unless
the float32 graph computes what PyTorch computes.
"""

import argparse
import hashlib
import json
import pathlib

import numpy as np
import torch

from data import Split, Windows
from graph import build, cache_names
from model import Config, Model, load, rotary_table
from rounding import to_4_bits

FORMAT_VERSION = 1
WEIGHTS_LICENCE = "CC-BY-SA-4.0"


@torch.no_grad()
def weights_of(model, context):
    weights = {name: value.float().numpy() for name, value in model.state_dict().items() if not name.startswith("tok.")}
    weights["table"] = model.token_table().float().numpy()
    weights["feat.weight"][0] = 0
    cos, sin = rotary_table(context, model.config.head_dim, model.config.rotary_base)
    return weights | {"cos": cos.numpy(), "sin": sin.numpy()}


class GraphReader:
    """A graph in ONNX Runtime with a cache of its own, as the engine reads it, but that the cache is copied."""

    def __init__(self, graph, shape):
        import onnxruntime

        self.session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
        self.names = [output.name for output in self.session.get_outputs()]
        kind = np.int8 if shape.get("cache_bits") == 8 else np.float32
        zeros = np.zeros((1, shape["kv_heads"], shape["context"], shape["head_dim"]), kind)
        self.cache = dict.fromkeys(cache_names(shape), zeros)
        self.length = 0

    def read(self, tokens, features):
        """The logits [S, V] after each of `tokens` [S] with `features` [S, K]."""
        self.length += len(tokens)
        answer = self.session.run(self.names, self.cache | {
            "tokens": tokens[None].astype(np.int64),
            "features": features[None].astype(np.int64),
            "logit_rows": np.arange(len(tokens)),
            "seqlens_k": np.array([self.length - 1], np.int32),
            "total_sequence_length": np.array([self.length], np.int32),
        })
        self.cache = {name.replace("present", "past"): array for name, array in zip(self.names[1:], answer[1:])}
        return answer[0]


def random_music(shape, length=96):
    """Tokens [S] and features [S, K], any that there are."""
    generator = torch.Generator().manual_seed(1)
    length = min(length, shape["context"])
    tokens = torch.randint(shape["tokens"], (1, length), generator=generator)
    features = torch.randint(shape["rows"], (1, length, shape["features"]), generator=generator)
    return tokens[0].numpy(), features[0].numpy()


def training_music(arrays, vocabulary, context, count=24):
    """Windows as in training: (tokens [S], features [S, K]) for each."""
    windows = Windows(Split(arrays, "train"), min(context, 2048))
    if windows.split.vocabulary.spec != vocabulary:
        raise SystemExit(f"export: {arrays} has another vocabulary than the checkpoint; tokenize the corpus again")
    tokens, features, _ = windows.batch(0, count)
    return list(zip(tokens, features))


def largest_in_cache(exact, shape, music, chunk=256):
    """What the largest keys and values of each cache come to, by its name, while a float32 graph reads `music`."""
    largest = dict.fromkeys(cache_names(shape), 0.0)
    for tokens, features in music:
        reader = GraphReader(exact, shape)
        for start in range(0, len(tokens), chunk):
            reader.read(tokens[start : start + chunk], features[start : start + chunk])
        for name, array in reader.cache.items():
            largest[name] = max(largest[name], float(np.abs(array[:, :, : reader.length]).max()))
    return largest


@torch.no_grad()
def difference(graph, model, shape):
    """Of a graph's logits from PyTorch's, over random music read in two chunks: the largest difference, and the mean of
    D(PyTorch's distribution || the graph's) in nats; and the spread of PyTorch's logits."""
    tokens, features = random_music(shape)
    expected = model(torch.from_numpy(tokens)[None], torch.from_numpy(features)[None])[0].numpy()
    reader, third = GraphReader(graph, shape), len(tokens) // 3
    logits = np.concatenate([reader.read(tokens[i], features[i]) for i in (slice(third), slice(third, None))])
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
        music = [random_music(shape)] if args.random else training_music(args.arrays, vocabulary, args.context)
        largest = largest_in_cache(exact, shape, music)
        shape["cache_bits"] = 8
        if args.bits == 4:
            weights |= to_4_bits(model, music)
        graph = build(weights, shape, args.bits, largest)
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
    parser.add_argument("--arrays", type=pathlib.Path, help="what continuo tokenize wrote, of which train is read")
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
    if args.bits < 32 and not (args.random or args.arrays):
        parser.error("4 and 8 bits need --arrays: how large keys and values become is measured on training music")
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
