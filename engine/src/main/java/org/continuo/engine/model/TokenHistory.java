package org.continuo.engine.model;

import java.util.Arrays;

/**
 * Tokens and their feature rows in order, in primitive columns, addressed by their number since the beginning. The oldest
 * may be dropped; the numbers of the others stay.
 *
 * <p>Not thread-safe. Adding allocates only when the columns grow.
 */
public final class TokenHistory {
    private final int features;
    private int[] tokens = new int[256];
    private char[] rows;
    private int start;
    private int end;

    /** @param features rows that accompany each token, {@link ModelShape#features()} */
    public TokenHistory(int features) {
        this.features = features;
        this.rows = new char[tokens.length * features];
    }

    /** Number of the oldest token still held. */
    public int start() {
        return start;
    }

    /** Number that the next token will have. */
    public int end() {
        return end;
    }

    /** Rows that accompany each token. */
    public int features() {
        return features;
    }

    /**
     * Adds one token.
     *
     * @param source its feature rows stand at {@code source[offset .. offset + features())}, each 0 to 65535
     */
    public void add(int token, int[] source, int offset) {
        if (end - start == tokens.length) {
            tokens = Arrays.copyOf(tokens, tokens.length * 2);
            rows = Arrays.copyOf(rows, rows.length * 2);
        }
        int index = end - start;
        tokens[index] = token;
        for (int i = 0; i < features; i++) {
            int row = source[offset + i];
            if (row != (char) row) {
                throw new IllegalArgumentException("feature row " + row + " is not 0..65535");
            }
            rows[index * features + i] = (char) row;
        }
        end++;
    }

    public int token(int number) {
        return tokens[number - start];
    }

    /** Feature row {@code slot} of a token. */
    public int row(int number, int slot) {
        return rows[(number - start) * features + slot];
    }

    /** Forgets the tokens numbered {@code newEnd} and later. */
    public void rollback(int newEnd) {
        if (newEnd < start || newEnd > end) {
            throw new IllegalArgumentException("cannot roll back to " + newEnd + "; held are " + start + ".." + end);
        }
        end = newEnd;
    }

    /** Forgets the tokens before {@code newStart}. Moves the others, so call it seldom. */
    public void dropBefore(int newStart) {
        if (newStart < start || newStart > end) {
            throw new IllegalArgumentException("cannot drop before " + newStart + "; held are " + start + ".." + end);
        }
        int held = end - newStart;
        System.arraycopy(tokens, newStart - start, tokens, 0, held);
        System.arraycopy(rows, (newStart - start) * features, rows, 0, held * features);
        start = newStart;
    }

    /** Becomes a copy of {@code other}, which has as many features. */
    public void copyFrom(TokenHistory other) {
        int held = other.end - other.start;
        if (tokens.length < held) {
            tokens = new int[other.tokens.length];
            rows = new char[other.rows.length];
        }
        System.arraycopy(other.tokens, 0, tokens, 0, held);
        System.arraycopy(other.rows, 0, rows, 0, held * features);
        start = other.start;
        end = other.end;
    }
}
