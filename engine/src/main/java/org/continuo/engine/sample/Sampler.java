package org.continuo.engine.sample;

import org.continuo.engine.token.TokenMask;

/**
 * Picks one token from logits.
 *
 * <p>No sorting: the boundary of top-k and top-p is found by quickselect (Hoare 1961) that adds up weights, which looks at
 * each token a few times whatever the distribution. The draw then runs through what is left in the order of ids, so that
 * a last-digit change of the logits hardly ever changes the pick.
 *
 * <p>Not thread-safe. Allocates nothing after construction. The same arguments give the same token on every machine: the
 * exponential is computed here, as the platform's may differ in the last bit.
 */
public final class Sampler {
    /** What {@link #sample} returns when the mask forbids everything. */
    public static final int NOTHING = -1;

    /** Below the greatest logit by this much, a token is one in 10^17 and is left out. */
    private static final double NEGLIGIBLE = -40;

    private final int size;
    /** The tokens still in question, in the order of their ids. */
    private final int[] tokens;
    /** The same, rearranged by the selection. */
    private final int[] ranked;
    /** By token: its probability as a share of the most probable one's. */
    private final double[] weights;

    private int count;

    /** @param size of the vocabulary */
    public Sampler(int size) {
        this.size = size;
        this.tokens = new int[size];
        this.ranked = new int[size];
        this.weights = new double[size];
    }

    /**
     * Picks a token.
     *
     * @param logits of the whole vocabulary; not changed
     * @param mask the tokens that may be picked, of the vocabulary's size; null for all
     * @param seed of the piece
     * @param place of this pick: the same seed, place, logits, mask and sampling give the same token
     * @return the token, or {@link #NOTHING} if the mask forbids all
     * @throws NotFiniteException if a logit, masked or not, is infinite or not a number: the model is broken
     */
    public int sample(float[] logits, TokenMask mask, Sampling sampling, long seed, long place) {
        if (logits.length != size || mask != null && mask.size() != size) {
            throw new IllegalArgumentException("the sampler is for " + size + " tokens; given are " + logits.length
                    + " logits" + (mask == null ? "" : " and a mask of " + mask.size()));
        }
        checkFinite(logits);
        int best = best(logits, mask);
        if (best < 0 || sampling.temperature() < Sampling.COLDEST) {
            return best;
        }
        double total = weigh(logits, mask, logits[best], 1 / sampling.temperature());
        if (sampling.topK() > 0 && sampling.topK() < count || sampling.topP() < 1) {
            total = keepFrom(lastKept(sampling, total));
        }
        if (sampling.minP() > 0) {
            total = keepHeavy(sampling.minP());
        }
        return draw(PlaceRandom.uniform(seed, place) * total);
    }

    private static void checkFinite(float[] logits) {
        for (int token = 0; token < logits.length; token++) {
            if (!(Math.abs(logits[token]) <= Float.MAX_VALUE)) { // not a number fails too
                throw new NotFiniteException(token, logits[token]);
            }
        }
    }

    private static int best(float[] logits, TokenMask mask) {
        int best = NOTHING;
        float most = Float.NEGATIVE_INFINITY;
        for (int token = next(mask, 0); token >= 0 && token < logits.length; token = next(mask, token + 1)) {
            if (logits[token] > most) {
                most = logits[token];
                best = token;
            }
        }
        return best;
    }

    private static int next(TokenMask mask, int from) {
        return mask == null ? from : mask.next(from);
    }

    /** Lists the tokens that may be picked, with their weights; returns the sum of the weights. */
    private double weigh(float[] logits, TokenMask mask, float most, double inverseTemperature) {
        int held = 0;
        double total = 0;
        for (int token = next(mask, 0); token >= 0 && token < size; token = next(mask, token + 1)) {
            double distance = ((double) logits[token] - most) * inverseTemperature;
            if (distance > NEGLIGIBLE) {
                double weight = exp(distance);
                weights[token] = weight;
                tokens[held++] = token;
                total += weight;
            }
        }
        count = held;
        return total;
    }

    /**
     * e^x for x from -40 to 0, to a relative 3e-10: 2^n times a Taylor polynomial of the rest, which is at most half of
     * ln 2 in size.
     */
    static double exp(double x) {
        double scaled = x * 1.4426950408889634;
        int n = (int) (scaled - 0.5);
        double r = (scaled - n) * 0.6931471805599453;
        double e = 1.0 / 5040 + r / 40320;
        e = 1.0 / 720 + r * e;
        e = 1.0 / 120 + r * e;
        e = 1.0 / 24 + r * e;
        e = 1.0 / 6 + r * e;
        e = 1.0 / 2 + r * e;
        e = 1 + r * (1 + r * e);
        return e * Double.longBitsToDouble((long) (n + 1023) << 52);
    }

    /** The least probable token that top-k and then top-p keep. */
    private int lastKept(Sampling sampling, double total) {
        boolean few = sampling.topK() > 0 && sampling.topK() < count;
        int kept = few ? rankFrom(0) : rankFrom((1 - sampling.topP()) / 2 * total / count);
        double mass = total;
        if (few) {
            kept = select(kept, sampling.topK(), Double.POSITIVE_INFINITY);
            mass = 0;
            for (int i = 0; i < kept; i++) {
                mass += weights[ranked[i]];
            }
        }
        if (sampling.topP() < 1) {
            kept = select(kept, kept, sampling.topP() * mass);
        }
        int last = ranked[0];
        for (int i = 1; i < kept; i++) {
            if (isBefore(last, ranked[i])) {
                last = ranked[i];
            }
        }
        return last;
    }

    /**
     * Lists the tokens that weigh {@code least} or more; returns their number. Tokens that weigh less than half of what top-p
     * drops would weigh if it were all of them alike are dropped by it for certain, and most tokens are such.
     */
    private int rankFrom(double least) {
        int held = 0;
        for (int i = 0; i < count; i++) {
            if (weights[tokens[i]] >= least) {
                ranked[held++] = tokens[i];
            }
        }
        return held;
    }

    /**
     * Brings to the front of the first {@code among} ranked tokens the fewest most probable ones that are {@code most} in
     * number or {@code mass} in weight, whichever comes first; returns their number.
     */
    private int select(int among, int most, double mass) {
        int low = 0; // before it: kept for certain
        int high = among; // from it on: dropped for certain
        double kept = 0;
        while (low < high && low < most && kept < mass) {
            swap(medianOfThree(low, high), high - 1);
            int pivot = ranked[high - 1];
            int split = low;
            double above = 0;
            for (int i = low; i < high - 1; i++) {
                if (isBefore(ranked[i], pivot)) {
                    above += weights[ranked[i]];
                    swap(i, split++);
                }
            }
            if (split >= most || kept + above >= mass) {
                high = split; // those before the pivot are enough without it
            } else {
                swap(split, high - 1);
                low = split + 1;
                kept += above + weights[pivot];
            }
        }
        return low;
    }

    private boolean isBefore(int a, int b) {
        return weights[a] > weights[b] || weights[a] == weights[b] && a < b;
    }

    private int medianOfThree(int low, int high) {
        int middle = (low + high) >>> 1;
        int a = ranked[low];
        int b = ranked[middle];
        int c = ranked[high - 1];
        if (isBefore(a, b)) {
            return isBefore(b, c) ? middle : isBefore(a, c) ? high - 1 : low;
        }
        return isBefore(a, c) ? low : isBefore(b, c) ? high - 1 : middle;
    }

    private void swap(int i, int j) {
        int token = ranked[i];
        ranked[i] = ranked[j];
        ranked[j] = token;
    }

    /** Drops the tokens less probable than {@code last}; returns the weight of the others. */
    private double keepFrom(int last) {
        int held = 0;
        double total = 0;
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            if (!isBefore(last, token)) {
                tokens[held++] = token;
                total += weights[token];
            }
        }
        count = held;
        return total;
    }

    /** Drops the tokens lighter than {@code least}; returns the weight of the others. */
    private double keepHeavy(double least) {
        int held = 0;
        double total = 0;
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            if (weights[token] >= least) {
                tokens[held++] = token;
                total += weights[token];
            }
        }
        count = held;
        return total;
    }

    private int draw(double target) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[tokens[i]];
            if (target < sum) {
                return tokens[i];
            }
        }
        return tokens[count - 1]; // rounding
    }
}
