package org.continuo.bridge.llama;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A GGUF file read back, after the format's description.
 *
 * @param tensors by name, in the file's order
 * @param data from its position on, what the tensors' offsets point into
 */
record ParsedGguf(Map<String, Object> facts, Map<String, Tensor> tensors, ByteBuffer data) {
    record Tensor(List<Long> dimensions, int kind, long offset) {}

    static ParsedGguf of(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0x46554747, bytes.getInt());
        assertEquals(3, bytes.getInt());
        long tensorCount = bytes.getLong();
        long factCount = bytes.getLong();
        Map<String, Object> facts = new LinkedHashMap<>();
        for (long i = 0; i < factCount; i++) {
            facts.put(string(bytes), fact(bytes));
        }
        assertEquals(factCount, facts.size());
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (long i = 0; i < tensorCount; i++) {
            tensors.put(string(bytes), tensor(bytes));
        }
        assertEquals(tensorCount, tensors.size());
        bytes.position((bytes.position() + 31) / 32 * 32);
        return new ParsedGguf(facts, tensors, bytes);
    }

    private static Object fact(ByteBuffer bytes) {
        int type = bytes.getInt();
        return switch (type) {
            case 4 -> bytes.getInt();
            case 6 -> bytes.getFloat();
            case 8 -> string(bytes);
            default -> throw new AssertionError("a fact of type " + type);
        };
    }

    private static Tensor tensor(ByteBuffer bytes) {
        int count = bytes.getInt();
        List<Long> dimensions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            dimensions.add(bytes.getLong());
        }
        return new Tensor(dimensions, bytes.getInt(), bytes.getLong());
    }

    private static String string(ByteBuffer bytes) {
        byte[] text = new byte[Math.toIntExact(bytes.getLong())];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
