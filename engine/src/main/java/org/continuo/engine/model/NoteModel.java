package org.continuo.engine.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A loaded model: the weights and the runtime session, shared by any number of {@link Decoder}s.
 *
 * <p>Thread-safe. {@link #close()} waits for runs under way; afterwards every decoder refuses to run.
 *
 * <p><b>Before the process exits, let no thread be inside a run.</b> ONNX Runtime takes its environment down in a shutdown
 * hook of its own, side by side with all other hooks; a run that is under way then fails with a message about a missing
 * logger, or crashes the Java machine. A program that handles SIGTERM must stop its decoding threads first and call
 * {@code System.exit} after.
 */
public final class NoteModel implements AutoCloseable {
    /** Prints where it was when its native code did not load, which is thrown as well. */
    private static final Logger RUNTIME_LOG = Logger.getLogger("ai.onnxruntime.OnnxRuntime");

    static {
        RUNTIME_LOG.setLevel(Level.OFF);
    }

    private final ModelFolder folder;
    private final ModelShape shape;
    private final OrtSession session;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private NoteModel(ModelFolder folder, ModelShape shape, OrtSession session) {
        this.folder = folder;
        this.shape = shape;
        this.session = session;
    }

    /** {@link #load(ModelFolder, int, int)} with one thread and all the context there is, the right number beside a busy host. */
    public static NoteModel load(ModelFolder folder) throws ModelException {
        return load(folder, 1, folder.shape().context());
    }

    /**
     * Reads the graph, checks it against the folder's description and prepares it. Blocks for some hundred milliseconds.
     *
     * @param threads that one run may use. A second one shortens long steps on an idle machine and lengthens the worst ones
     *     on a busy one
     * @param context tokens that it is to remember, a multiple of {@link ModelShape#CONTEXT_UNIT}: fewer than it could are
     *     quicker and take less memory
     * @throws IllegalArgumentException if it cannot remember so much
     */
    public static NoteModel load(ModelFolder folder, int threads, int context) throws ModelException {
        ModelShape shape = folder.shape().withContext(context);
        try (OrtSession.SessionOptions options = options(threads)) {
            OrtSession session = environment().createSession(folder.graph(), options);
            try {
                checkGraph(folder, session);
            } catch (ModelException | OrtException e) {
                session.close();
                throw e;
            }
            return new NoteModel(folder, shape, session);
        } catch (OrtException e) {
            throw new ModelException(folder + ": ONNX Runtime refuses model.onnx: " + e.getMessage(), e);
        }
    }

    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "continuo");
    }

    private static OrtSession.SessionOptions options(int threads) throws OrtException {
        environment().setTelemetry(false);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        options.addConfigEntry("session.set_denormal_as_zero", "1");
        return options;
    }

    private static void checkGraph(ModelFolder folder, OrtSession session) throws ModelException, OrtException {
        ModelShape shape = folder.shape();
        String signature =
                session.getMetadata().getCustomMetadata().getOrDefault("continuo.shape", "of no shape that it tells");
        if (!signature.equals(shape.signature())) {
            throw new ModelException(
                    folder + ": model.onnx is " + signature + ", model.json says " + shape.signature());
        }
        Map<String, NodeInfo> inputs = session.getInputInfo();
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        check(folder, inputs, "tokens", 1, -1);
        check(folder, inputs, "features", 1, -1, shape.features());
        check(folder, inputs, "logit_rows", -1);
        check(folder, inputs, "seqlens_k", 1);
        check(folder, inputs, "total_sequence_length", 1);
        check(folder, outputs, "logits", -1, shape.tokens());
        for (int i = 0; i < KeyValueCache.count(shape); i++) {
            long[] dimensions = {1, shape.kvHeads(), -1, shape.headDim()};
            checkCache(folder, inputs, KeyValueCache.name("past", i), dimensions);
            checkCache(folder, outputs, KeyValueCache.name("present", i), dimensions);
        }
        int expected = 5 + KeyValueCache.count(shape);
        if (inputs.size() != expected) {
            throw new ModelException(folder + ": model.onnx has " + inputs.size() + " inputs, not " + expected);
        }
    }

    private static void checkCache(ModelFolder folder, Map<String, NodeInfo> nodes, String name, long... dimensions)
            throws ModelException {
        TensorInfo tensor = check(folder, nodes, name, dimensions);
        if (tensor.type != KeyValueCache.kind(folder.shape())) {
            throw new ModelException(folder + ": model.onnx has " + name + " of " + tensor.type + ", model.json says "
                    + folder.shape().cacheBits() + " bits; export it again");
        }
    }

    private static TensorInfo check(ModelFolder folder, Map<String, NodeInfo> nodes, String name, long... dimensions)
            throws ModelException {
        NodeInfo node = nodes.get(name);
        if (node == null || !(node.getInfo() instanceof TensorInfo tensor)) {
            throw new ModelException(folder + ": model.onnx has no tensor " + name + "; export it again");
        }
        if (!Arrays.equals(tensor.getShape(), dimensions)) {
            throw new ModelException(folder + ": model.onnx has " + name + " of " + Arrays.toString(tensor.getShape())
                    + ", not " + Arrays.toString(dimensions));
        }
        return tensor;
    }

    /** What it was loaded from. */
    public ModelFolder folder() {
        return folder;
    }

    /** The folder's, with the context that it was loaded with. */
    public ModelShape shape() {
        return shape;
    }

    /**
     * A new reader with an empty cache of its own, to be closed by the caller. Allocates {@link ModelShape#cacheBytes()} of
     * direct memory.
     */
    public Decoder newDecoder() {
        return new Decoder(this);
    }

    /**
     * Runs the graph once. Blocks while it computes.
     *
     * @param outputs all of them, to write into; or none, and the runtime makes them, to live until the result is closed
     */
    OrtSession.Result run(Map<String, OnnxTensor> inputs, Map<String, OnnxValue> outputs) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model " + folder.name() + " is closed");
            }
            return outputs.isEmpty() ? session.run(inputs) : session.run(inputs, outputs);
        } catch (OrtException e) {
            throw new IllegalStateException("the model " + folder.name() + " failed: " + e.getMessage(), e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits for runs under way, then frees the weights. May be called more than once. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the model " + folder.name() + " does not close: " + e.getMessage(), e);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
