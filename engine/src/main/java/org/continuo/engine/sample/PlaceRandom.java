package org.continuo.engine.sample;

/**
 * Randomness by place instead of by turn: the number at a place depends on the seed and the place alone, not on what was
 * drawn before. What is imagined, discarded and imagined again therefore comes out the same.
 *
 * <p>A counter-based generator after Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", with the
 * finalizer of SplitMix64 (Steele, Lea, Flood 2014) as its mixing function.
 *
 * <p>Stateless, thread-safe, allocates nothing.
 */
public final class PlaceRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private PlaceRandom() {}

    /** 64 even bits for a seed and a place. */
    public static long bits(long seed, long place) {
        return mix(mix(seed + GOLDEN) ^ mix(place * GOLDEN + 1));
    }

    /** Evenly distributed from 0, inclusive, to 1, exclusive, in steps of 2^-53. */
    public static double uniform(long seed, long place) {
        return (bits(seed, place) >>> 11) * 0x1p-53;
    }

    /** A seed for a stream of its own, such as one take of several. */
    public static long derive(long seed, long stream) {
        return bits(seed ^ 0x6A09E667F3BCC909L, stream);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
