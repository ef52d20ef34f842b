"""python export.py CHECKPOINT --to DIR [--fp32] [--context 4096] [--name NAME] [--sources FILE]
python export.py --random --to DIR [--fp32] [--vocabulary FILE]      a tiny model with random weights, for tests

Turns a checkpoint into a model folder: model.onnx and model.json.

The graph reads S tokens onto a key/value cache that it updates in place, and answers the logits of the rows asked for:
  tokens [1,S], features [1,S,K], logit_rows [R] int64; seqlens_k, total_sequence_length [1] int32 (past+S-1, past+S)
  past_key_i, past_value_i -> present_key_i, present_value_i [1,kv_heads,C,head_dim] float32, C = context; logits [R,V]
Attention is ONNX Runtime's GroupQueryAttention, which turns queries and keys by their positions and masks the future.
Matrices are 8-bit in blocks of up to 128 with one scale each (MatMulNBits, activations rounded to 8 bits as well); with
--fp32 they stay as they are. The token table is stored once, for both reading tokens and the output.
"""

import argparse
import hashlib
import json
import pathlib

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from model import Config, Model, rotary_table

FORMAT_VERSION = 1
EPSILON = 1e-5  # of the norms, as in model.py
MICROSOFT = "com.microsoft"
WEIGHTS_LICENCE = "CC-BY-SA-4.0"


def quantized(weight):
    """[N, K] float32 to bytes [N, K/block, block] around 128 and scales [N, K/block]."""
    rows, columns = weight.shape
    block = next(b for b in (128, 64, 32, 16) if columns % b == 0)
    blocks = weight.reshape(rows, columns // block, block)
    scales = np.abs(blocks).max(axis=2) / 127
    scales[scales == 0] = 1
    values = np.rint(blocks / scales[:, :, None]) + 128
    return values.astype(np.uint8), scales.astype(np.float32), block


class Graph:
    """Nodes and initializers as they are named; each call adds one node and returns its first output's name."""

    def __init__(self, eight_bits):
        self.eight_bits = eight_bits
        self.nodes, self.initializers = [], []

    def constant(self, name, array):
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind, inputs, outputs, domain="", **attributes):
        outputs = [outputs] if isinstance(outputs, str) else outputs
        self.nodes.append(helper.make_node(kind, inputs, outputs, name=outputs[0], domain=domain, **attributes))
        return outputs[0]

    def linear(self, name, x, weight):
        """x @ weight.T, weight [N, K]."""
        if not self.eight_bits:
            return self.node("MatMul", [x, self.constant(f"{name}.weight", weight.T)], name)
        values, scales, block = quantized(weight)
        weights = [self.constant(f"{name}.weight", values), self.constant(f"{name}.scales", scales.reshape(-1))]
        return self.matmul_8_bits(name, x, weights, weight.shape, block)

    def matmul_8_bits(self, name, x, weights, shape, block):
        attributes = dict(N=shape[0], K=shape[1], bits=8, block_size=block, accuracy_level=4)
        return self.node("MatMulNBits", [x, *weights], name, MICROSOFT, **attributes)

    def tied_table(self, table):
        """Stores the token table; returns how to read tokens from it and how to make logits with it."""
        if not self.eight_bits:
            self.constant("table", table)
            return (
                lambda tokens: self.node("Gather", ["table", tokens], "token_rows"),
                lambda x: self.node("Gemm", [x, "table"], "logits", transB=1),
            )
        values, scales, block = quantized(table)
        self.constant("table", values)
        self.constant("table.scales", scales[:, :, None])
        self.constant("table.scales.flat", scales.reshape(-1))
        self.constant("row_shape", np.array([1, -1, table.shape[1]], dtype=np.int64))

        def read(tokens):
            attributes = dict(gather_axis=0, quantize_axis=2, bits=8, block_size=block)
            rows = self.node(
                "GatherBlockQuantized", ["table", tokens, "table.scales"], "token_blocks", MICROSOFT, **attributes
            )
            return self.node("Reshape", [rows, "row_shape"], "token_rows")

        return read, lambda x: self.matmul_8_bits("logits", x, ["table", "table.scales.flat"], table.shape, block)


def build(weights, shape, eight_bits):
    """The graph of `weights` (names as in the checkpoint, numpy, and "table", "cos", "sin")."""
    g = Graph(eight_bits)
    read, head = g.tied_table(weights["table"])
    g.constant("cos", weights["cos"])
    g.constant("sin", weights["sin"])
    g.constant("feature_table", weights["feat.weight"])
    g.constant("feature_axis", np.array([2], dtype=np.int64))
    g.constant("batch_axis", np.array([0], dtype=np.int64))
    feature_rows = g.node("Gather", ["feature_table", "features"], "feature_rows")
    feature_sum = g.node("ReduceSum", [feature_rows, "feature_axis"], "feature_sum", keepdims=0)
    x = g.node("Add", [read("tokens"), feature_sum], "embedding")

    def norm(name):
        return g.constant(f"{name}.weight", weights[f"{name}.weight"])

    def add_and_norm(x, y, name):
        """(norm(x + y), x + y)"""
        outputs = [name, "", "", f"{name}.sum"]
        g.node("SkipSimplifiedLayerNormalization", [x, y, norm(name)], outputs, MICROSOFT, epsilon=EPSILON)
        return name, f"{name}.sum"

    normed = g.node(
        "SimplifiedLayerNormalization", [x, norm("blocks.0.attn_norm")], "blocks.0.attn_norm", axis=-1, epsilon=EPSILON
    )
    for i in range(shape["layers"]):
        block = f"blocks.{i}"
        last = i == shape["layers"] - 1
        qkv = g.linear(f"{block}.qkv", normed, weights[f"{block}.qkv.weight"])
        attention = g.node(
            "GroupQueryAttention",
            [qkv, "", "", f"past_key_{i}", f"past_value_{i}", "seqlens_k", "total_sequence_length", "cos", "sin"],
            [f"{block}.attention", f"present_key_{i}", f"present_value_{i}"],
            MICROSOFT,
            num_heads=shape["heads"],
            kv_num_heads=shape["kv_heads"],
            scale=shape["head_dim"] ** -0.5,
            do_rotary=1,
            rotary_interleaved=0,
        )
        if last:  # what follows is needed for the asked rows only
            attention = wanted_rows(g, attention, "wanted_attention")
            x = wanted_rows(g, x, "wanted_residual")
        out = g.linear(f"{block}.out", attention, weights[f"{block}.out.weight"])
        normed, x = add_and_norm(x, out, f"{block}.mlp_norm")
        up = g.linear(f"{block}.up", normed, weights[f"{block}.up.weight"])
        relu = g.node("Relu", [up], f"{block}.relu")
        squared = g.node("Mul", [relu, relu], f"{block}.squared")
        down = g.linear(f"{block}.down", squared, weights[f"{block}.down.weight"])
        normed, x = add_and_norm(x, down, "norm" if last else f"blocks.{i + 1}.attn_norm")
    head(normed)
    return assemble(g, shape)


def wanted_rows(g, x, name):
    picked = g.node("Gather", [x, "logit_rows"], f"{name}.picked", axis=1)
    return g.node("Squeeze", [picked, "batch_axis"], name)


def assemble(g, shape):
    def value(name, kind, *dims):
        return helper.make_tensor_value_info(name, kind, dims)

    # The engine gives buffers of the whole context; the length is left open so that a benchmark can let a cache grow.
    cache = (1, shape["kv_heads"], "C", shape["head_dim"])
    inputs = [
        value("tokens", TensorProto.INT64, 1, "S"),
        value("features", TensorProto.INT64, 1, "S", shape["features"]),
        value("logit_rows", TensorProto.INT64, "R"),
        value("seqlens_k", TensorProto.INT32, 1),
        value("total_sequence_length", TensorProto.INT32, 1),
    ]
    outputs = [value("logits", TensorProto.FLOAT, "R", shape["tokens"])]
    for i in range(shape["layers"]):
        for part in ("key", "value"):
            inputs.append(value(f"past_{part}_{i}", TensorProto.FLOAT, *cache))
            outputs.append(value(f"present_{part}_{i}", TensorProto.FLOAT, *cache))
    graph = helper.make_graph(g.nodes, "continuo", inputs, outputs, g.initializers)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    made = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="continuo")
    # The engine compares this with model.json: the two files must speak of the same model.
    helper.set_model_props(made, {"continuo.shape": " ".join(f"{k}={v}" for k, v in shape.items())})
    return made.SerializeToString()


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


def write(folder, name, graph, shape, vocabulary, precision, training, sources):
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
        "vocabulary": vocabulary,
    }
    (folder / "model.json").write_text(json.dumps(description, separators=(",", ":")) + "\n")


def export(model, vocabulary, args, training, sources):
    config = model.config
    if config.conditions != "added":
        raise SystemExit(f"export: conditions are '{config.conditions}'; only added ones have a graph")
    shape = dict(
        layers=config.layers,
        dim=config.dim,
        heads=config.heads,
        kv_heads=config.kv_heads,
        head_dim=config.head_dim,
        context=args.context,
        tokens=len(vocabulary["tokens"]),
        features=len(vocabulary["slots"]),
        rows=vocabulary["rows"],
    )
    weights = weights_of(model, args.context)
    exact = build(weights, shape, eight_bits=False)
    worst, _, spread = difference(exact, model, shape)
    print(f"float32 graph against PyTorch: largest difference {worst:.2e} (logits spread {spread:.2f})")
    if not worst <= 1e-4 * max(1.0, spread):
        raise SystemExit("export: the graph does not compute what the checkpoint computes")
    graph = exact
    if not args.fp32:
        graph = build(weights, shape, eight_bits=True)
        worst, divergence, _ = difference(graph, model, shape)
        print(f"8-bit graph against PyTorch: largest difference {worst:.3f}, {divergence:.5f} nats a token")
    precision = "float32" if args.fp32 else "int8"
    write(args.to, args.name, graph, shape, vocabulary, precision, training, sources)
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


def random_model(vocabulary):
    """Every matrix random, so that every part of the graph shows in the logits."""
    torch.manual_seed(20)
    model = Model(Config(layers=2, dim=64, heads=4, kv_heads=2, table="plain"), vocabulary)
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
    parser.add_argument("--fp32", action="store_true", help="keep float32 weights")
    parser.add_argument("--context", type=int, help="tokens the cache holds (4096; 128 with --random)")
    parser.add_argument("--name", help="default: the folder's name")
    parser.add_argument("--sources", type=pathlib.Path, help="JSON list of the data's sources and licences")
    parser.add_argument("--random", action="store_true", help="no checkpoint: random weights, fixed seed")
    parser.add_argument("--vocabulary", type=pathlib.Path, help="vocabulary.json for --random")
    args = parser.parse_args()
    if args.random == (args.checkpoint is not None):
        parser.error("give a checkpoint or --random")
    args.name = args.name or args.to.name
    args.context = args.context or (128 if args.random else 4096)
    sources = json.loads(args.sources.read_text()) if args.sources else []
    if args.random:
        vocabulary = json.loads(args.vocabulary.read_text()) if args.vocabulary else small_vocabulary()
        return export(random_model(vocabulary), vocabulary, args, {"weights": "random"}, sources)
    state = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
    model = Model(Config(**state["config"]), state["vocabulary"])
    model.load_state_dict(state["ema"] if "ema" in state else state["model"])
    return export(model, state["vocabulary"], args, training_summary(state), sources)


if __name__ == "__main__":
    main()
