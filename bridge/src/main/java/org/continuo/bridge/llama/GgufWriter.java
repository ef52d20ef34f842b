package org.continuo.bridge.llama;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a GGUF file, version 3: what llama.cpp reads. Facts and tensors are told first, then {@link #write} asks each
 * tensor for its bytes, one after the other; nothing is held in memory that needs not be.
 *
 * <p>Not thread-safe.
 */
final class GgufWriter {
    /** Fills a tensor's bytes; is called once, when its turn has come. */
    interface Filler {
        void fill(ByteBuffer bytes);
    }

    /** How a tensor's numbers are stored. */
    enum Kind {
        /** Plain float32. */
        FLOAT32(0, 1, Float.BYTES),
        /** Called q8_0: a float16 scale and 32 signed bytes a block. */
        EIGHT_BITS(8, LlamaShape.BLOCK, Short.BYTES + LlamaShape.BLOCK);

        private final int code;
        private final int block;
        private final int blockBytes;

        Kind(int code, int block, int blockBytes) {
            this.code = code;
            this.block = block;
            this.blockBytes = blockBytes;
        }
    }

    private record Tensor(String name, Kind kind, int columns, int rows, Filler filler) {
        int bytes() {
            return Math.toIntExact((long) columns / kind.block * kind.blockBytes * rows);
        }
    }

    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;
    private static final int TYPE_INT32_UNSIGNED = 4;
    private static final int TYPE_FLOAT32 = 6;
    private static final int TYPE_STRING = 8;

    private final ByteArrayOutputStream facts = new ByteArrayOutputStream();
    private final List<Tensor> tensors = new ArrayList<>();
    private int factCount;

    void fact(String key, String value) {
        startFact(key, TYPE_STRING);
        string(facts, value);
    }

    void fact(String key, int value) {
        startFact(key, TYPE_INT32_UNSIGNED);
        int32(facts, value);
    }

    void fact(String key, float value) {
        startFact(key, TYPE_FLOAT32);
        int32(facts, Float.floatToIntBits(value));
    }

    /** A row of float32. */
    void vector(String name, int length, Filler filler) {
        tensors.add(new Tensor(name, Kind.FLOAT32, length, 1, filler));
    }

    /** A matrix in 8 bits, row by row; {@code columns} are whole blocks. */
    void matrix(String name, int columns, int rows, Filler filler) {
        if (columns % LlamaShape.BLOCK != 0) {
            throw new IllegalArgumentException(name + " has rows of " + columns + ", not of whole blocks");
        }
        tensors.add(new Tensor(name, Kind.EIGHT_BITS, columns, rows, filler));
    }

    /** Writes the file, over what may be there. */
    void write(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            byte[] head = head();
            out.write(head);
            out.write(new byte[aligned(head.length) - head.length]);
            for (Tensor tensor : tensors) {
                byte[] data = new byte[aligned(tensor.bytes())];
                tensor.filler.fill(ByteBuffer.wrap(data, 0, tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN));
                out.write(data);
            }
        }
    }

    private byte[] head() {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        int32(head, VERSION);
        int64(head, tensors.size());
        int64(head, factCount);
        head.writeBytes(facts.toByteArray());
        long offset = 0;
        for (Tensor tensor : tensors) {
            string(head, tensor.name);
            boolean isVector = tensor.kind == Kind.FLOAT32;
            int32(head, isVector ? 1 : 2);
            int64(head, tensor.columns);
            if (!isVector) {
                int64(head, tensor.rows);
            }
            int32(head, tensor.kind.code);
            int64(head, offset);
            offset += aligned(tensor.bytes());
        }
        return head.toByteArray();
    }

    private void startFact(String key, int type) {
        string(facts, key);
        int32(facts, type);
        factCount++;
    }

    private static int aligned(int bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static void string(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int64(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void int32(ByteArrayOutputStream out, int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private static void int64(ByteArrayOutputStream out, long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }
}
