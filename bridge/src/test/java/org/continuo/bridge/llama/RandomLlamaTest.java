package org.continuo.bridge.llama;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.continuo.engine.model.ModelShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomLlamaTest {
    private static final ModelShape OURS = new ModelShape(2, 64, 4, 2, 16, 128, 77, 3, 7, 32);
    private static final int VECTOR = 0;
    private static final int EIGHT_BITS = 8;

    @TempDir
    private Path folder;

    @Test
    void shouldWriteEveryTensorThatTheArchitectureHas() throws Exception {
        ParsedGguf gguf = written(OURS);

        assertEquals(2 + 2 * 9, gguf.tensors().size());
        assertEquals(List.of(64L, 77L), gguf.tensors().get("token_embd.weight").dimensions());
        assertEquals(
                List.of(64L, 32L), gguf.tensors().get("blk.1.attn_k.weight").dimensions());
        assertEquals(
                List.of(160L, 64L), gguf.tensors().get("blk.0.ffn_down.weight").dimensions());
        assertEquals(List.of(64L), gguf.tensors().get("output_norm.weight").dimensions());
    }

    @Test
    void shouldTellTheShape() throws Exception {
        ParsedGguf gguf = written(OURS);

        assertEquals("llama", gguf.facts().get("general.architecture"));
        assertEquals(2, gguf.facts().get("llama.block_count"));
        assertEquals(2, gguf.facts().get("llama.attention.head_count_kv"));
        assertEquals(160, gguf.facts().get("llama.feed_forward_length"));
        assertEquals(77, gguf.facts().get("llama.vocab_size"));
        assertEquals(128, gguf.facts().get("llama.context_length"));
    }

    @Test
    void shouldLeaveNoTensorUnalignedOverlappingOrCut() throws Exception {
        ParsedGguf gguf = written(OURS);

        long expected = 0;
        for (ParsedGguf.Tensor tensor : gguf.tensors().values()) {
            assertEquals(expected, tensor.offset());
            long numbers = tensor.dimensions().stream().reduce(1L, (a, b) -> a * b);
            long bytes = tensor.kind() == VECTOR ? numbers * 4 : numbers / 32 * 34;
            expected += (bytes + 31) / 32 * 32;
        }
        assertEquals(expected, gguf.data().remaining());
    }

    @Test
    void shouldKeepTheSpreadOfWhatAMatrixMultiplies() throws Exception {
        ParsedGguf gguf = written(OURS);
        ParsedGguf.Tensor matrix = gguf.tensors().get("blk.0.attn_q.weight");

        assertEquals(EIGHT_BITS, matrix.kind());
        double gain = 0;
        for (int block = 0; block < 64 * 64 / 32; block++) {
            int at = gguf.data().position() + (int) matrix.offset() + block * 34;
            double scale = half(gguf.data().getShort(at));
            for (int i = 0; i < 32; i++) {
                gain += Math.pow(scale * gguf.data().get(at + 2 + i), 2) / 64;
            }
        }
        assertTrue(Math.sqrt(gain) > 0.6 && Math.sqrt(gain) < 1.6, "gain " + Math.sqrt(gain));
    }

    @Test
    void shouldGiveTheMlpAsManyWeightsAsOurs() throws Exception {
        for (int dim : new int[] {256, 512, 1024}) {
            int feedForward = LlamaShape.of(new ModelShape(6, dim, 4, 2, dim / 4, 128, 77, 3, 7, 32))
                    .feedForward();

            double ours = 8.0 * dim * dim;
            assertEquals(ours, 3.0 * dim * feedForward, 0.02 * ours);
            assertEquals(0, feedForward % 32);
        }
    }

    @Test
    void shouldRefuseAModelThatHasNoWholeBlocks() {
        ModelShape narrow = new ModelShape(2, 40, 4, 2, 10, 128, 77, 3, 7, 32);

        assertTrue(assertThrows(LlamaException.class, () -> LlamaShape.of(narrow))
                .getMessage()
                .contains("40"));
    }

    @Test
    void shouldWriteTheSameFileForTheSameSeed() throws Exception {
        Path first = folder.resolve("first.gguf");
        Path second = folder.resolve("second.gguf");

        RandomLlama.write(first, LlamaShape.of(OURS), 5);
        RandomLlama.write(second, LlamaShape.of(OURS), 5);

        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    }

    private ParsedGguf written(ModelShape shape) throws Exception {
        Path file = folder.resolve("model.gguf");
        RandomLlama.write(file, LlamaShape.of(shape), 1);
        return ParsedGguf.of(Files.readAllBytes(file));
    }

    /** A half-precision power of two. */
    private static double half(short bits) {
        assertEquals(0, bits & 0x3ff);
        return Math.pow(2, (bits >> 10) - 15);
    }
}
