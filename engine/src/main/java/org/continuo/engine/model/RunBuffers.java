package org.continuo.engine.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Inputs and outputs of runs that read {@code tokens} tokens and ask for {@code rows} rows of logits, over direct memory
 * that is filled anew for each run, together with the cache they go on from.
 *
 * <p>Confined to one thread; filling it allocates nothing.
 */
final class RunBuffers implements AutoCloseable {
    private final NoteModel model;
    private final ModelShape shape;
    private final KeyValueCache cache;
    private final int count;
    private final int features;
    private final LongBuffer tokens;
    private final LongBuffer featureRows;
    private final LongBuffer logitRows;
    private final IntBuffer lastIndex;
    private final IntBuffer total;
    private final FloatBuffer logits;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxValue> outputs = new HashMap<>();
    private final OnnxTensor[] owned;

    /** @param rows of logits: those of the last {@code rows} tokens */
    RunBuffers(NoteModel model, KeyValueCache cache, int count, int rows) throws OrtException {
        this.shape = model.shape();
        this.model = model;
        this.cache = cache;
        this.count = count;
        this.features = shape.features();
        this.tokens = direct(count * Long.BYTES).asLongBuffer();
        this.featureRows = direct(count * features * Long.BYTES).asLongBuffer();
        this.logitRows = direct(rows * Long.BYTES).asLongBuffer();
        this.lastIndex = direct(Integer.BYTES).asIntBuffer();
        this.total = direct(Integer.BYTES).asIntBuffer();
        this.logits =
                direct(Math.multiplyExact(rows * Float.BYTES, shape.tokens())).asFloatBuffer();
        for (int i = 0; i < rows; i++) {
            logitRows.put(i, count - rows + i);
        }
        OrtEnvironment environment = NoteModel.environment();
        OnnxTensor logitTensor = OnnxTensor.createTensor(environment, logits, new long[] {rows, shape.tokens()});
        inputs.put("tokens", OnnxTensor.createTensor(environment, tokens, new long[] {1, count}));
        inputs.put("features", OnnxTensor.createTensor(environment, featureRows, new long[] {1, count, features}));
        inputs.put("logit_rows", OnnxTensor.createTensor(environment, logitRows, new long[] {rows}));
        inputs.put("seqlens_k", OnnxTensor.createTensor(environment, lastIndex, new long[] {1}));
        inputs.put("total_sequence_length", OnnxTensor.createTensor(environment, total, new long[] {1}));
        outputs.put("logits", logitTensor);
        owned = new OnnxTensor[inputs.size() + 1];
        inputs.values().toArray(owned);
        owned[inputs.size()] = logitTensor;
        cache.putInto(inputs, "past");
        cache.putInto(outputs, "present");
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Reads one token after those that the cache holds. */
    void read(int token, int[] rows, int offset) {
        setToken(0, token);
        for (int slot = 0; slot < features; slot++) {
            setRow(slot, rows[offset + slot]);
        }
        run();
    }

    /** Reads the tokens numbered {@code from} and on after those that the cache holds. */
    void read(TokenHistory history, int from) {
        for (int i = 0; i < count; i++) {
            setToken(i, history.token(from + i));
            for (int slot = 0; slot < features; slot++) {
                setRow(i * features + slot, history.row(from + i, slot));
            }
        }
        run();
    }

    private void setToken(int index, int token) {
        if (token < 0 || token >= shape.tokens()) {
            throw new IllegalArgumentException("token " + token + " is not 0.." + (shape.tokens() - 1));
        }
        tokens.put(index, token);
    }

    private void setRow(int index, int row) {
        if (row < 0 || row >= shape.rows()) {
            throw new IllegalArgumentException("feature row " + row + " is not 0.." + (shape.rows() - 1));
        }
        featureRows.put(index, row);
    }

    /** The cache grows only if the run succeeds. */
    private void run() {
        int end = cache.length() + count;
        lastIndex.put(0, end - 1);
        total.put(0, end);
        model.run(inputs, outputs).close();
        cache.grow(end);
    }

    /** Copies one row of logits out. */
    void logits(int row, float[] into) {
        logits.get(row * into.length, into);
    }

    @Override
    public void close() {
        for (OnnxTensor tensor : owned) {
            tensor.close();
        }
    }
}
