package org.continuo.engine.model;

import java.util.Arrays;

/**
 * What the tokens seem to repeat, from further back than the model sees: the longest passage at their end that was said
 * before, what followed it then, and how sure it is that the same follows now. What the model sees it repeats well by itself.
 *
 * <p>Method: the unbounded cache of Grave, Cisse and Joulin 2017, "Unbounded cache model for online language modeling with
 * open vocabulary", with the longest match in place of the nearest hidden states. The share was fitted to how often real
 * music goes on as it did, on pieces of the valid split: half after a match of {@value #HALF} tokens.
 *
 * <p>A match longer than its distance is a passage that was said twice over; a third time is left to the model.
 *
 * <p>A function of the tokens alone, of the last {@value #REACH} at most, whatever was rolled back between. Not thread-safe.
 * Allocates nothing after construction.
 */
public final class Reprise {
    /** What {@link #token()} answers where nothing is repeated. */
    public static final int NONE = -1;

    /** Tokens looked back: an hour of dense playing. A power of 2. */
    static final int REACH = 1 << 15;

    private static final int SLOT = REACH - 1;
    /** The least match. */
    static final int LEAST = 6;
    /** Longer matches count as this. */
    static final int LONGEST = 512;
    /** Of what was said before in the same {@link #LEAST} tokens, so many places are compared, the latest. */
    private static final int COMPARED = 16;

    private static final int HALF = 16;
    private static final double STEEPNESS = 1.8;
    private static final double[] SHARES = shares();

    /** By number, in a ring. */
    private final char[] tokens = new char[REACH];
    /** By number, in a ring: the number before it that the same {@link #LEAST} tokens lead to. */
    private final int[] before = new int[REACH];
    /** By hash of {@link #LEAST} tokens: the number that they last led to. */
    private final int[] last = new int[REACH];

    private int end;
    /** Nothing before it is held. */
    private int start;
    /** Matches do not reach back across it. */
    private int floor;
    /** From this number on the model sees the tokens itself. */
    private int seen = Integer.MAX_VALUE;

    private boolean found;
    private int token;
    private double share;

    public Reprise() {
        Arrays.fill(last, NONE);
    }

    /** By length of the match: how sure it is that what followed then follows now. */
    private static double[] shares() {
        double[] shares = new double[LONGEST + 1];
        for (int length = LEAST; length <= LONGEST; length++) {
            // the same in every Java machine, to the last bit
            shares[length] = 1 / (1 + StrictMath.pow(HALF / (double) length, STEEPNESS));
        }
        return shares;
    }

    /** Adds one token, 0 to 65535. */
    public void add(int value) {
        tokens[end & SLOT] = (char) value;
        end++;
        start = Math.max(start, end - REACH);
        if (end >= LEAST) {
            int hash = hash();
            before[end & SLOT] = last[hash];
            last[hash] = end;
        }
        found = false;
    }

    /** Of the last {@link #LEAST} tokens. */
    private int hash() {
        int hash = 0;
        for (int number = end - LEAST; number < end; number++) {
            hash = (hash + tokens[number & SLOT]) * 0x9E3779B1;
        }
        return hash >>> 17;
    }

    /** Forgets all but the first {@code length} tokens; everything, where hardly any of those is held any more. */
    void rollback(int length) {
        if (start > 0 && length < start + LEAST) {
            Arrays.fill(last, NONE);
            end = length;
            start = length;
        }
        while (end > length) {
            if (end >= LEAST) {
                last[hash()] = before[end & SLOT];
            }
            end--;
        }
        floor = Math.min(floor, end);
        found = false;
    }

    /** Begins anew: what was said so far is remembered, but no match reaches back into it. */
    public void forget() {
        floor = end;
        found = false;
    }

    /** What stands at this number and later the model sees: it is left to the model. */
    public void sees(int from) {
        found &= from == seen;
        seen = from;
    }

    /** The token that followed the passage which is repeated, or {@link #NONE}. */
    public int token() {
        find();
        return token;
    }

    /** How probable it is that it follows again, 0 to less than 1. */
    public double share() {
        find();
        return share;
    }

    private void find() {
        if (found) {
            return;
        }
        found = true;
        token = NONE;
        share = 0;
        if (end - Math.max(start, floor) < LEAST) {
            return;
        }
        int longest = 0;
        int place = NONE;
        int candidate = before[end & SLOT];
        for (int i = 0; i < COMPARED && candidate >= start + LEAST && longest < LONGEST; i++) {
            // one that differs where it would have to be longer is not looked at further
            if (longest == 0 || isAlike(candidate, longest)) {
                int length = match(candidate);
                if (length > longest) {
                    longest = length;
                    place = candidate;
                }
            }
            candidate = before[candidate & SLOT];
        }
        if (longest >= LEAST && longest < end - place && place < seen) {
            token = tokens[place & SLOT];
            share = SHARES[longest];
        }
    }

    /** How many tokens before {@code place} are as those before the end. */
    private int match(int place) {
        int most = Math.min(Math.min(LONGEST, place - start), end - Math.max(start, floor));
        int length = 0;
        while (length < most && isAlike(place, length)) {
            length++;
        }
        return length;
    }

    /** Whether {@code back} tokens further back the same was said before {@code place} as before the end. */
    private boolean isAlike(int place, int back) {
        return tokens[place - 1 - back & SLOT] == tokens[end - 1 - back & SLOT];
    }

    /** Becomes a copy of {@code source}. */
    void copyFrom(Reprise source) {
        System.arraycopy(source.tokens, 0, tokens, 0, REACH);
        System.arraycopy(source.before, 0, before, 0, REACH);
        System.arraycopy(source.last, 0, last, 0, REACH);
        end = source.end;
        start = source.start;
        floor = source.floor;
        seen = source.seen;
        found = false;
    }
}
