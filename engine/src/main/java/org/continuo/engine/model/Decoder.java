package org.continuo.engine.model;

import ai.onnxruntime.OrtException;

/**
 * Reads one row of tokens with a {@link NoteModel} and tells what may follow. It remembers what it read in a key/value
 * cache, so that a further token costs one step; forgetting the newest tokens costs nothing.
 *
 * <p>Confined to one thread at a time. Reading blocks while the model computes. A step and a read of any number of
 * tokens allocate only what the runtime's binding does (about 2 KB a run), once each number was read before.
 *
 * <p>With float32 weights it makes no difference how tokens are grouped into reads, up to rounding. With 8-bit weights
 * activations are rounded too, and grouping shows in the second digit of a logit; the same grouping always gives the
 * same bits.
 */
public final class Decoder implements AutoCloseable {
    /** The most tokens read in one run, where only the last one's logits are wanted. */
    static final int CHUNK = 256;

    /** The most tokens read in one run, where all logits are wanted. */
    private static final int SCORED_CHUNK = 64;

    /** Up to here any number of tokens is read in one run; above, powers of two. So the buffers kept are few. */
    private static final int SMALL = 16;

    private final NoteModel model;
    private final ModelShape shape;
    private final KeyValueCache cache;
    private final RunBuffers step;
    /** Buffers by the number of tokens they take, made when first needed: with one row of logits, with all rows. */
    private final RunBuffers[] last = new RunBuffers[CHUNK + 1];

    private final RunBuffers[] all = new RunBuffers[SCORED_CHUNK + 1];
    private final float[] logits;

    Decoder(NoteModel model) {
        this.model = model;
        this.shape = model.shape();
        this.logits = new float[shape.tokens()];
        try {
            this.cache = new KeyValueCache(shape, NoteModel.environment());
            this.step = new RunBuffers(model, cache, 1, 1);
            last[1] = step;
        } catch (OrtException e) {
            throw new IllegalStateException("no memory for a decoder: " + e.getMessage(), e);
        }
    }

    public NoteModel model() {
        return model;
    }

    /** Tokens read so far. */
    public int length() {
        return cache.length();
    }

    /** Tokens it can still read. */
    public int room() {
        return shape.context() - cache.length();
    }

    /**
     * Reads one token.
     *
     * @param rows its feature rows stand at {@code rows[offset .. offset + features)}
     * @return the logits of what follows; the same array each time, overwritten by the next read
     * @throws IllegalArgumentException if the context is full or the token or a row is not the model's
     */
    public float[] step(int token, int[] rows, int offset) {
        checkRoom(1);
        step.read(token, rows, offset);
        step.logits(0, logits);
        return logits;
    }

    /**
     * Reads the tokens numbered {@code from} to {@code to - 1}, at least one: up to 16 in one run, more in runs of the
     * largest power of two that is left, up to {@value #CHUNK}.
     *
     * @return the logits of what follows the last; the same array each time, overwritten by the next read
     */
    public float[] read(TokenHistory history, int from, int to) {
        checkRange(history, from, to);
        int count = 0;
        for (int start = from; start < to; start += count) {
            count = runLength(to - start, CHUNK);
            buffers(last, count, 1).read(history, start);
        }
        last[count].logits(0, logits);
        return logits;
    }

    /** Reads like {@link #read}, and hands out the logits that follow each token. */
    public void score(TokenHistory history, int from, int to, LogitSink sink) {
        checkRange(history, from, to);
        int count;
        for (int start = from; start < to; start += count) {
            count = runLength(to - start, SCORED_CHUNK);
            RunBuffers run = buffers(all, count, count);
            run.read(history, start);
            for (int i = 0; i < count; i++) {
                run.logits(i, logits);
                sink.accept(start + i, logits);
            }
        }
    }

    private static int runLength(int wanted, int most) {
        return wanted <= SMALL ? wanted : Math.min(most, Integer.highestOneBit(wanted));
    }

    private RunBuffers buffers(RunBuffers[] kept, int count, int rows) {
        if (kept[count] == null) {
            try {
                kept[count] = new RunBuffers(model, cache, count, rows);
            } catch (OrtException e) {
                throw new IllegalStateException("no memory to read " + count + " tokens: " + e.getMessage(), e);
            }
        }
        return kept[count];
    }

    /** Forgets all but the first {@code length} tokens. Costs nothing. */
    public void rollback(int length) {
        cache.rollback(length);
    }

    /**
     * Becomes a copy of {@code other}, which reads with the same model: several takes go on from one beginning. Copies what it
     * has read and allocates nothing.
     */
    public void copyFrom(Decoder other) {
        if (other.model != model) {
            throw new IllegalArgumentException("the other decoder reads with another model");
        }
        if (other != this) {
            cache.copyFrom(other.cache);
        }
    }

    /** Frees the runtime's handles; the direct memory goes with the garbage. The model stays open. */
    @Override
    public void close() {
        for (RunBuffers[] kept : new RunBuffers[][] {last, all}) {
            for (RunBuffers run : kept) {
                if (run != null) {
                    run.close();
                }
            }
        }
        cache.close();
    }

    private void checkRange(TokenHistory history, int from, int to) {
        if (from < history.start() || to > history.end() || from >= to) {
            throw new IllegalArgumentException(
                    "cannot read tokens " + from + ".." + to + "; held are " + history.start() + ".." + history.end());
        }
        if (history.features() != shape.features()) {
            throw new IllegalArgumentException(
                    "the history has " + history.features() + " features a token, the model " + shape.features());
        }
        checkRoom(to - from);
    }

    private void checkRoom(int count) {
        if (count > room()) {
            throw new IllegalArgumentException("no room for " + count + " tokens: " + cache.length() + " of "
                    + shape.context() + " are taken; roll back or use a SlidingContext");
        }
    }
}
