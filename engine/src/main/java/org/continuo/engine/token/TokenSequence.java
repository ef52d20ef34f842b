package org.continuo.engine.token;

import java.util.Arrays;

/**
 * A growing row of tokens with the musical time each one leads to: what the model reads. Primitive columns, so that a
 * long piece costs eight bytes a token and no garbage.
 *
 * <p>Not thread-safe. Appending allocates only when the columns double.
 */
public final class TokenSequence {
    private final TimeCursor time;
    private short[] tokens = new short[256];
    private byte[] beats = new byte[256];
    private byte[] ticks = new byte[256];
    private int[] bars = new int[256];
    private int size;

    public TokenSequence(MeterMap meters) {
        this.time = new TimeCursor(meters);
    }

    /** A copy, to go on from: {@code other} stays as it is. */
    public TokenSequence(TokenSequence other) {
        time = new TimeCursor(other.time);
        tokens = other.tokens.clone();
        beats = other.beats.clone();
        ticks = other.ticks.clone();
        bars = other.bars.clone();
        size = other.size;
    }

    /** Where the next event would stand. Moves with every token; not to be moved by others. */
    public TimeCursor time() {
        return time;
    }

    public void add(int token) {
        time.accept(token);
        if (size == tokens.length) {
            int capacity = size * 2;
            tokens = Arrays.copyOf(tokens, capacity);
            beats = Arrays.copyOf(beats, capacity);
            ticks = Arrays.copyOf(ticks, capacity);
            bars = Arrays.copyOf(bars, capacity);
        }
        tokens[size] = (short) token;
        beats[size] = (byte) Math.min(time.beat(), FeatureLayout.BEATS - 1);
        ticks[size] = (byte) time.tickInBeat();
        bars[size] = time.bar();
        size++;
    }

    /** Adds the bars, beats and position that lead to {@code tick}. */
    public void advanceTo(int tick) {
        for (int token = time.tokenTowards(tick); token >= 0; token = time.tokenTowards(tick)) {
            add(token);
        }
    }

    public int size() {
        return size;
    }

    public int token(int index) {
        return tokens[index] & 0xffff;
    }

    /** The beat in the bar after the token, capped at the last feature value. */
    public int beat(int index) {
        return beats[index];
    }

    /** The tick in the beat after the token, 0-23. */
    public int tick(int index) {
        return ticks[index];
    }

    /** The bar that the token stands in, from 0. */
    public int bar(int index) {
        return bars[index];
    }
}
