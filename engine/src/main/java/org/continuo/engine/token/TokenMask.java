package org.continuo.engine.token;

import java.util.Arrays;

/**
 * Which tokens may be picked: one bit for each token of the vocabulary.
 *
 * <p>Not thread-safe. No method but the constructor allocates.
 */
public final class TokenMask {
    private final int size;
    private final long[] words;

    /** A mask over {@code size} tokens that allows none. */
    public TokenMask(int size) {
        this.size = size;
        this.words = new long[(size + 63) >>> 6];
    }

    /** The number of tokens it speaks of. */
    public int size() {
        return size;
    }

    public boolean allows(int token) {
        check(token, token + 1);
        return (words[token >>> 6] & 1L << token) != 0;
    }

    public void allow(int token) {
        check(token, token + 1);
        words[token >>> 6] |= 1L << token;
    }

    public void forbid(int token) {
        check(token, token + 1);
        words[token >>> 6] &= ~(1L << token);
    }

    /** Allows the tokens {@code from} to {@code to - 1}. */
    public void allow(int from, int to) {
        check(from, to);
        for (int word = from >>> 6; word << 6 < to; word++) {
            words[word] |= within(word, from, to);
        }
    }

    /** Forbids the tokens {@code from} to {@code to - 1}. */
    public void forbid(int from, int to) {
        check(from, to);
        for (int word = from >>> 6; word << 6 < to; word++) {
            words[word] &= ~within(word, from, to);
        }
    }

    /** The bits of a word that stand for tokens of a range; the word holds at least one token below {@code to}. */
    private static long within(int word, int from, int to) {
        int first = Math.max(from - (word << 6), 0);
        int last = Math.min(to - (word << 6), 64);
        return first >= last ? 0 : -1L << first & -1L >>> (64 - last);
    }

    public void allowAll() {
        allow(0, size);
    }

    public void forbidAll() {
        Arrays.fill(words, 0);
    }

    /** Forbids what {@code other}, of the same size, forbids. */
    public void and(TokenMask other) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= other.words[i];
        }
    }

    public void copyFrom(TokenMask other) {
        System.arraycopy(other.words, 0, words, 0, words.length);
    }

    /** The least allowed token at or after {@code from}, or -1. */
    public int next(int from) {
        if (from >= size) {
            return -1;
        }
        int word = from >>> 6;
        long bits = words[word] & -1L << from;
        while (bits == 0) {
            if (++word == words.length) {
                return -1;
            }
            bits = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /** How many tokens are allowed. */
    public int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    private void check(int from, int to) {
        if (from < 0 || to > size || from > to) {
            throw new IndexOutOfBoundsException("tokens " + from + ".." + to + " of " + size);
        }
    }
}
