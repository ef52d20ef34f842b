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

    private int end = NEVER;
    /** Bars up to the end, as they were when the host broke off. */
    private int left = NEVER;

    private boolean hushed;

    /** The musician and the model take turns of {@code bars} bars; 0 for no turns. */
    void trade(int bars) {
        length = bars;
    }

    /** The musician's first turn begins with bar {@code bar}. */
    void begin(int bar) {
        first = bar;
    }

    /** The model rests after so many bars, {@code bar} the first of them; {@link #NEVER} for no end. */
    void endAfter(int bars, int bar) {
        left = bars;
        end = bars == NEVER ? NEVER : bar + bars;
    }

    /** The host breaks off in a bar: as many bars are left up to the end as were then. */
    void breakOff(int bar) {
        left = end == NEVER ? NEVER : Math.max(0, end - bar);
    }

    /** The host goes on in a bar; where it stood after the end, that is over. */
    void goOn(int bar, boolean stood) {
        endAfter(stood && left == 0 ? NEVER : left, bar);
    }

    /** The first bar in which the model rests; {@link #NEVER} where there is no end. */
    int end() {
        return end;
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
