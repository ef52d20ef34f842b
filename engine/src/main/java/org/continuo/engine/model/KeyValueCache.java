package org.continuo.engine.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * The keys and values of the tokens read so far, for every layer, in direct memory that the graph reads and writes in
 * place. Shortening it is a change of one number: what lies beyond the length is never read.
 *
 * <p>Confined to one thread. Takes {@link ModelShape#cacheBytes()} of direct memory from the start and no more.
 */
final class KeyValueCache implements AutoCloseable {
    private static final String[] PARTS = {"key", "value"};

    private final ModelShape shape;
    private final ByteBuffer[] buffers;
    private final OnnxTensor[] tensors;
    private int length;

    KeyValueCache(ModelShape shape, OrtEnvironment environment) throws OrtException {
        this.shape = shape;
        this.buffers = new ByteBuffer[shape.layers() * PARTS.length];
        this.tensors = new OnnxTensor[buffers.length];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = ByteBuffer.allocateDirect(shape.layerBytes()).order(ByteOrder.nativeOrder());
            tensors[i] = tensor(environment, buffers[i], shape, shape.context());
        }
    }

    /** The keys, or the values, of one layer over direct memory that has room for {@code length} tokens. */
    static OnnxTensor tensor(OrtEnvironment environment, ByteBuffer memory, ModelShape shape, int length)
            throws OrtException {
        long[] dimensions = {1, shape.kvHeads(), length, shape.headDim()};
        return OnnxTensor.createTensor(environment, memory, dimensions, kind(shape));
    }

    /** What the cache's numbers are. */
    static OnnxJavaType kind(ModelShape shape) {
        return shape.cacheBits() == 8 ? OnnxJavaType.INT8 : OnnxJavaType.FLOAT;
    }

    /** Name of a graph input or output: {@code past_key_0}, {@code present_value_3}. */
    static String name(String time, int index) {
        return time + "_" + PARTS[index % PARTS.length] + "_" + index / PARTS.length;
    }

    /** How many buffers a cache of this shape has, keys and values of each layer in turn. */
    static int count(ModelShape shape) {
        return shape.layers() * PARTS.length;
    }

    /** Puts the cache's tensors under their names, for reading as {@code past} or for writing as {@code present}. */
    void putInto(Map<String, ? super OnnxTensor> tensorsByName, String time) {
        for (int i = 0; i < tensors.length; i++) {
            tensorsByName.put(name(time, i), tensors[i]);
        }
    }

    int length() {
        return length;
    }

    /** What was written at and after {@code length} counts from now on. */
    void grow(int newLength) {
        if (newLength < length || newLength > shape.context()) {
            throw new IllegalArgumentException(
                    "cannot grow from " + length + " to " + newLength + "; the context is " + shape.context());
        }
        length = newLength;
    }

    /** Forgets what lies at and after {@code newLength}. */
    void rollback(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException("cannot roll back to " + newLength + "; the length is " + length);
        }
        length = newLength;
    }

    /** Becomes a copy of {@code other}, which has the same shape. Copies its used part only and allocates nothing. */
    void copyFrom(KeyValueCache other) {
        int headBytes = shape.context() * shape.tokenBytes();
        int used = other.length * shape.tokenBytes();
        for (int i = 0; i < buffers.length; i++) {
            for (int head = 0; head < shape.kvHeads(); head++) {
                buffers[i].put(head * headBytes, other.buffers[i], head * headBytes, used);
            }
        }
        length = other.length;
    }

    @Override
    public void close() {
        for (OnnxTensor tensor : tensors) {
            tensor.close();
        }
    }
}
