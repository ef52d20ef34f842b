package org.continuo.engine.perform;

/**
 * The last tokens of an endless stream, each with when it stands, who said it and what became of it. Numbered from 0; what is
 * older than the ring is long is overwritten, what is newest can be taken back.
 *
 * <p>Not thread-safe. Primitive columns; allocates nothing after construction.
 */
class TokenRing {
    /** By whom, and what is known of it. */
    static final int MUSICIAN = 1;

    static final int MODEL = 2;
    /** Told to the host. */
    static final int SENT = 4;
    /** Stays whatever is planned anew. */
    static final int FIXED = 8;
    /** Told to the host and not played. */
    static final int MISSED = 16;
    /** Of a start: the host has played it. */
    static final int SOUNDED = 32;

    private final int kept;
    private final short[] tokens;
    private final long[] ticks;
    private final long[] barStarts;
    private final int[] barNumbers;
    private final byte[] flags;
    private final byte[] channels;
    private final int[] notes;
    private final double[] times;
    private final int[] partners;

    private int size;

    /** @param kept how many tokens are remembered, a power of two */
    TokenRing(int kept) {
        this.kept = kept;
        this.tokens = new short[kept];
        this.ticks = new long[kept];
        this.barStarts = new long[kept];
        this.barNumbers = new int[kept];
        this.flags = new byte[kept];
        this.channels = new byte[kept];
        this.notes = new int[kept];
        this.times = new double[kept];
        this.partners = new int[kept];
    }

    /** Begins a token at the end; what is not said of it by {@link #note} is nothing. */
    final void add(int token, long tick, long barStart, int barNumber) {
        int slot = slot(size++);
        tokens[slot] = (short) token;
        ticks[slot] = tick;
        barStarts[slot] = barStart;
        barNumbers[slot] = barNumber;
        note(slot, 0, 0, 0, 0, -1);
    }

    /**
     * Says of the newest token that it is a note's start or end.
     *
     * @param partner of an end: the number of the start that it ended; else -1
     */
    final void addNote(int by, int channel, int note, double time, int partner) {
        note(slot(size - 1), by, channel, note, time, partner);
    }

    private void note(int slot, int by, int channel, int note, double time, int partner) {
        flags[slot] = (byte) by;
        channels[slot] = (byte) channel;
        notes[slot] = note;
        times[slot] = time;
        partners[slot] = partner;
    }

    /** Takes back the newest token, and returns it. */
    final int takeBack() {
        size--;
        return token(size);
    }

    /** How many tokens were said and not taken back: the number that the next one gets. */
    final int size() {
        return size;
    }

    final int kept() {
        return kept;
    }

    private int slot(int number) {
        return number & kept - 1;
    }

    final int token(int number) {
        return tokens[slot(number)] & 0xffff;
    }

    final long tick(int number) {
        return ticks[slot(number)];
    }

    /** The tick of the bar line before it; -1 before the first. */
    final long barStart(int number) {
        return barStarts[slot(number)];
    }

    /** Bars opened before the one it stands in; -1 before the first. */
    final int barNumber(int number) {
        return barNumbers[slot(number)];
    }

    final int flags(int number) {
        return flags[slot(number)];
    }

    final boolean is(int number, int flag) {
        return (flags[slot(number)] & flag) != 0;
    }

    final void flag(int number, int flag) {
        flags[slot(number)] |= (byte) flag;
    }

    final int channel(int number) {
        return channels[slot(number)];
    }

    /** The planned note's number, or 0. */
    final int note(int number) {
        return notes[slot(number)];
    }

    /** Performance time of a note's start or end. */
    final double time(int number) {
        return times[slot(number)];
    }

    /** Of an end: the number of the start that it ended; else -1. */
    final int partner(int number) {
        return partners[slot(number)];
    }
}
