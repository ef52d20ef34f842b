package org.continuo.engine.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads tokens the usual way, as a yardstick for {@link Decoder}: each step makes a new cache that is one token longer and
 * copies the old one into it. Same graph, same weights, same attention; what differs is the copy.
 *
 * <p>Confined to one thread. Blocks while the model computes, allocates as it likes.
 */
public final class CopyingDecoder implements AutoCloseable {
    private final NoteModel model;
    private final LongBuffer token = direct(Long.BYTES).asLongBuffer();
    private final LongBuffer features;
    private final IntBuffer lastIndex = direct(Integer.BYTES).asIntBuffer();
    private final IntBuffer total = direct(Integer.BYTES).asIntBuffer();
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final float[] logits;
    private OrtSession.Result newest;
    private int length;

    /** @param length of the past to begin with, all zeros: a step takes as long whatever the past holds */
    public CopyingDecoder(NoteModel model, int length) {
        ModelShape shape = model.shape();
        this.model = model;
        this.length = length;
        this.features = direct(shape.features() * Long.BYTES).asLongBuffer();
        this.logits = new float[shape.tokens()];
        try {
            put("tokens", OnnxTensor.createTensor(NoteModel.environment(), token, new long[] {1, 1}));
            put(
                    "features",
                    OnnxTensor.createTensor(NoteModel.environment(), features, new long[] {1, 1, shape.features()}));
            put("logit_rows", OnnxTensor.createTensor(NoteModel.environment(), new long[] {0}));
            put("seqlens_k", OnnxTensor.createTensor(NoteModel.environment(), lastIndex, new long[] {1}));
            put("total_sequence_length", OnnxTensor.createTensor(NoteModel.environment(), total, new long[] {1}));
            for (int i = 0; i < KeyValueCache.count(shape); i++) {
                ByteBuffer zeros = direct(length * shape.kvHeads() * shape.tokenBytes());
                put(KeyValueCache.name("past", i), KeyValueCache.tensor(NoteModel.environment(), zeros, shape, length));
            }
        } catch (OrtException e) {
            throw new IllegalStateException("no memory for a decoder: " + e.getMessage(), e);
        }
    }

    private void put(String name, OnnxTensor tensor) {
        inputs.put(name, tensor);
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Tokens read so far, those it began with included. */
    public int length() {
        return length;
    }

    /** As {@link Decoder#step}, without its checks. */
    public float[] step(int id, int[] rows, int offset) {
        token.put(0, id);
        for (int slot = 0; slot < features.capacity(); slot++) {
            features.put(slot, rows[offset + slot]);
        }
        lastIndex.put(0, length);
        total.put(0, length + 1);
        OrtSession.Result result = model.run(inputs, Map.of());
        ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer().get(logits);
        for (int i = 0; i < KeyValueCache.count(model.shape()); i++) {
            OnnxTensor present =
                    (OnnxTensor) result.get(KeyValueCache.name("present", i)).orElseThrow();
            OnnxTensor past = inputs.put(KeyValueCache.name("past", i), present);
            if (newest == null) {
                past.close();
            }
        }
        if (newest != null) {
            newest.close();
        }
        newest = result;
        length++;
        return logits;
    }

    @Override
    public void close() {
        if (newest != null) {
            for (int i = 0; i < KeyValueCache.count(model.shape()); i++) {
                inputs.remove(KeyValueCache.name("past", i));
            }
            newest.close();
            newest = null;
        }
        inputs.values().forEach(OnnxTensor::close);
        inputs.clear();
    }
}
