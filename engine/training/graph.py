"""The exported graph, made of a checkpoint's weights with onnx.helper; what export.py writes.

It reads S tokens onto a key/value cache that it updates in place, and answers the logits of the rows asked for:
  tokens [1,S], features [1,S,K], logit_rows [R] int64; seqlens_k, total_sequence_length [1] int32 (past+S-1, past+S)
  past_key_i, past_value_i -> present_key_i, present_value_i [1,kv_heads,C,head_dim], C = context; logits [R,V]
Attention is ONNX Runtime's GroupQueryAttention, which turns queries and keys by their positions and masks the future.
The cache is float32, or int8 with one scale for a layer's keys and one for its values: a step after 4,096 tokens mostly
reads the cache, and so takes little more than half as long.
Matrices are float32, or 8-bit in blocks of up to 128 with one scale each, or 4-bit in blocks of 32 (MatMulNBits,
activations rounded to 8 bits as well). The token table is stored once, for both reading tokens and the output, never in
fewer than 8 bits.
"""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from rounding import BLOCK

EPSILON = 1e-5  # of the norms, as in model.py
MICROSOFT = "com.microsoft"


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
    """Nodes and initializers as they are named; each call adds one node and returns its first output's name. `bits` of
    the matrices: 4, 8 or 32."""

    def __init__(self, bits):
        self.bits = bits
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
        if self.bits == 32:
            return self.node("MatMul", [x, self.constant(f"{name}.weight", weight.T)], name)
        if self.bits == 4:
            values, scales, block, shape = weight.packed(), weight.scales.numpy(), BLOCK, weight.values.shape
        else:
            (values, scales, block), shape = quantized(weight), weight.shape
        weights = [self.constant(f"{name}.weight", values), self.constant(f"{name}.scales", scales.reshape(-1))]
        return self.matmul_n_bits(name, x, weights, shape, self.bits, block)

    def matmul_n_bits(self, name, x, weights, shape, bits, block):
        attributes = dict(N=shape[0], K=shape[1], bits=bits, block_size=block, accuracy_level=4)
        return self.node("MatMulNBits", [x, *weights], name, MICROSOFT, **attributes)

    def tied_table(self, table):
        """Stores the token table; returns how to read tokens from it and how to make logits with it."""
        if self.bits == 32:
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

        weights = ["table", "table.scales.flat"]
        return read, lambda x: self.matmul_n_bits("logits", x, weights, table.shape, 8, block)


def cache_names(shape, time="past"):
    """past_key_0, past_value_0, past_key_1 and so on."""
    return [f"{time}_{part}_{i}" for i in range(shape["layers"]) for part in ("key", "value")]


def build(weights, shape, bits, largest=None):
    """The graph of `weights` (names as in the checkpoint, numpy, and "table", "cos", "sin"; with 4 bits the matrices of the
    blocks are FourBits). Where shape["cache_bits"] is 8, `largest` holds the largest number that each cache is to keep, by
    its name; what is larger is cut off there."""
    g = Graph(bits)
    eight = shape.get("cache_bits") == 8
    for name in cache_names(shape) if eight else []:
        g.constant(f"{name}.scale", np.array([largest[name] / 127], dtype=np.float32))
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
        past = [f"past_key_{i}", f"past_value_{i}"]
        inputs = [qkv, "", "", *past, "seqlens_k", "total_sequence_length", "cos", "sin"]
        attributes = {}
        if eight:
            inputs += ["", "", "", *(f"{name}.scale" for name in past)]
            attributes = dict(k_quant_type="PER_TENSOR", v_quant_type="PER_TENSOR", kv_cache_bit_width=8)
        attention = g.node(
            "GroupQueryAttention",
            inputs,
            [f"{block}.attention", f"present_key_{i}", f"present_value_{i}"],
            MICROSOFT,
            num_heads=shape["heads"],
            kv_num_heads=shape["kv_heads"],
            scale=shape["head_dim"] ** -0.5,
            do_rotary=1,
            rotary_interleaved=0,
            **attributes,
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
    kind = TensorProto.INT8 if shape.get("cache_bits") == 8 else TensorProto.FLOAT
    inputs += [value(name, kind, *cache) for name in cache_names(shape)]
    outputs += [value(name, kind, *cache) for name in cache_names(shape, "present")]
    graph = helper.make_graph(g.nodes, "continuo", inputs, outputs, g.initializers)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    made = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="continuo")
    # The engine compares this with model.json: the two files must speak of the same model.
    helper.set_model_props(made, {"continuo.shape": " ".join(f"{k}={v}" for k, v in shape.items())})
    return made.SerializeToString()
