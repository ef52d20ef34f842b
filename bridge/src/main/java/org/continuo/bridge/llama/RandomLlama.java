package org.continuo.bridge.llama;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A model with random 8-bit weights that llama.cpp reads: a step costs what it would with trained ones. The output is tied
 * to the token table, as ours is. Same shape and seed, same file.
 */
final class RandomLlama {
    /** Code for "mostly q8_0". */
    private static final int FILE_TYPE = 7;

    /** Of a byte that is anything from -127 to 127. */
    private static final double BYTE_DEVIATION = 73.3;

    /** Of a half-precision number: what is added to its exponent, and where it stands. */
    private static final int HALF_BIAS = 15;

    private static final int HALF_EXPONENT_SHIFT = 10;

    private final LlamaShape shape;
    private final SplittableRandom random;
    private final GgufWriter gguf = new GgufWriter();

    private RandomLlama(LlamaShape shape, long seed) {
        this.shape = shape;
        this.random = new SplittableRandom(seed);
    }

    /** Writes it over what may be there; about a byte a weight. */
    static void write(Path file, LlamaShape shape, long seed) throws IOException {
        RandomLlama model = new RandomLlama(shape, seed);
        model.facts();
        model.tensors();
        model.gguf.write(file);
    }

    private void facts() {
        gguf.fact("general.architecture", "llama");
        gguf.fact("general.name", "random");
        gguf.fact("general.file_type", FILE_TYPE);
        gguf.fact("llama.block_count", shape.layers());
        gguf.fact("llama.context_length", shape.context());
        gguf.fact("llama.embedding_length", shape.dim());
        gguf.fact("llama.feed_forward_length", shape.feedForward());
        gguf.fact("llama.attention.head_count", shape.heads());
        gguf.fact("llama.attention.head_count_kv", shape.kvHeads());
        gguf.fact("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        gguf.fact("llama.rope.dimension_count", shape.headDim());
        gguf.fact("llama.rope.freq_base", 10_000f);
        gguf.fact("llama.vocab_size", shape.tokens());
        gguf.fact("tokenizer.ggml.model", "no_vocab");
    }

    private void tensors() {
        int dim = shape.dim();
        int keys = shape.kvHeads() * shape.headDim();
        matrix("token_embd", dim, shape.tokens());
        norm("output_norm");
        for (int i = 0; i < shape.layers(); i++) {
            String block = "blk." + i + ".";
            norm(block + "attn_norm");
            matrix(block + "attn_q", dim, dim);
            matrix(block + "attn_k", dim, keys);
            matrix(block + "attn_v", dim, keys);
            matrix(block + "attn_output", dim, dim);
            norm(block + "ffn_norm");
            matrix(block + "ffn_gate", dim, shape.feedForward());
            matrix(block + "ffn_up", dim, shape.feedForward());
            matrix(block + "ffn_down", shape.feedForward(), dim);
        }
    }

    private void norm(String name) {
        gguf.vector(name + ".weight", shape.dim(), bytes -> {
            while (bytes.hasRemaining()) {
                bytes.putFloat(1);
            }
        });
    }

    private void matrix(String name, int columns, int rows) {
        gguf.matrix(name + ".weight", columns, rows, bytes -> fill(bytes, columns));
    }

    /** Each product keeps the spread of what it multiplies; the scale is a power of two, easily written in half precision. */
    private void fill(ByteBuffer bytes, int columns) {
        int exponent = (int) -Math.round(Math.log(BYTE_DEVIATION * Math.sqrt(columns)) / Math.log(2));
        short scale = (short) (HALF_BIAS + exponent << HALF_EXPONENT_SHIFT);
        while (bytes.hasRemaining()) {
            bytes.putShort(scale);
            for (int i = 0; i < LlamaShape.BLOCK; i++) {
                bytes.put((byte) random.nextInt(-127, 128));
            }
        }
    }
}
