package org.continuo.engine.perform;

/**
 * In which bars the model may play: every second turn in mode trade, none from the end on, none after a panic. Bars are
 * those of the stream, counted as they are opened, so that a loop's wrap goes on counting.
 *
 * <p>Not thread-safe; allocates nothing.
 */
final class Turns {
    /** More bars than are ever counted. */
    static final int NEVER = Integer.MAX_VALUE;

    /** Bars of a turn, or 0 where the model does not wait for its turn. */
    private int length;
    /** The first bar of the musician's first turn. */
    private int first;
    /** The first bar in which the model rests. */
    private int end = NEVER;

    private boolean hushed;

    /** From bar {@code bar} on the musician and the model take turns of {@code bars} bars; 0 for no turns. */
    void trade(int bars, int bar) {
        length = bars;
        first = bar;
    }

    /** The model rests from this bar on; {@link #NEVER} for none. */
    void endBefore(int bar) {
        end = bar;
    }

    int end() {
        return end;
    }

    /** Bars up to the end, {@code bar} counted; 0 at rest, {@link #NEVER} where there is no end. */
    int left(int bar) {
        return end == NEVER ? NEVER : Math.max(0, end - bar);
    }

    /** Nothing more is played until the musician does. */
    void hush(boolean value) {
        hushed = value;
    }

    /** Whether the model may play in a bar. */
    boolean isOpen(int bar) {
        boolean own = length == 0 || Math.floorDiv(bar - first, length) % 2 != 0;
        return own && bar < end && !hushed;
    }
}
