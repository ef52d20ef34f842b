package org.continuo.engine.perform;

import org.continuo.engine.model.NoteModel;
import org.continuo.engine.model.SlidingContext;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.FeatureLayout;

/**
 * How the model reads the stream: each token with the conditions beside it, as they are when it is said. What was said is read
 * when the model is next asked.
 *
 * <p>Not thread-safe; allocates nothing after construction, but what the context's own history grows to. Only {@link #logits}
 * and {@link #prepare} block.
 */
final class Reading implements AutoCloseable {
    /** The longest plan of the densest music, and what a late event may lie behind it, are less. */
    private static final int LEAST_REACH = 1 << 11;

    private final SlidingContext context;
    private final Counters counters;
    private final int[] rows = new int[FeatureLayout.SLOTS];

    private int readSize;
    private Conditions conditions = Conditions.NONE;

    /** The number of the first bar after the piece's end, as the model is told it. */
    private int endBar = Turns.NEVER;

    Reading(NoteModel model, Counters counters) {
        this.context = new SlidingContext(model, LEAST_REACH);
        this.counters = counters;
    }

    void conditions(Conditions value) {
        conditions = value;
    }

    /** The model is told that the piece ends before this bar; {@link Turns#NEVER} for no end. */
    void endBefore(int bar) {
        endBar = bar;
    }

    /** The least size that can be gone back to. */
    int earliest() {
        return context.earliest();
    }

    /**
     * Takes one token more, to be read later.
     *
     * @param barNumber bars opened before the one it stands in; -1 before the first
     * @param beat of the bar, and {@code tickInBeat} of that; both 0 before the first bar
     */
    void append(int token, int barNumber, int meterValue, int beat, int tickInBeat) {
        counters.tokens++;
        int known = Math.min(beat, FeatureLayout.BEATS - 1);
        FeatureLayout.fill(conditions, barsLeft(barNumber), meterValue, known, tickInBeat, rows, 0);
        context.append(token, rows, 0);
    }

    /** Bars still to come after the current one, as the model is told; open at rest. */
    private int barsLeft(int barNumber) {
        return barNumber >= endBar || endBar == Turns.NEVER
                ? conditions.barsLeft()
                : endBar - 1 - Math.max(0, barNumber);
    }

    /** Takes back all but the first {@code size} tokens. */
    void rollback(int size) {
        context.rollback(size);
        readSize = Math.min(readSize, size);
    }

    /** Tokens said that the model has not read. */
    int unread() {
        return context.length() - readSize;
    }

    /** Reads what was said since the last call. Blocks while the model computes. */
    float[] logits() {
        counters.reads++;
        readSize = context.length();
        return context.logits();
    }

    /** Reads ahead for the coming window, as {@link SlidingContext#prepare()}. */
    boolean prepare() {
        boolean read = context.prepare();
        counters.ahead += read ? 1 : 0;
        return read;
    }

    @Override
    public void close() {
        context.close();
    }
}
