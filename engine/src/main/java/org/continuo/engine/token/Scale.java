package org.continuo.engine.token;

/**
 * Sets of pitch classes, as the twelve low bits of a number: bit 0 is C. Stateless, thread-safe, allocates nothing.
 */
public final class Scale {
    /** Every pitch class. */
    public static final int ALL = 0xfff;

    private static final int MAJOR = 0b1010_1011_0101;
    /** Natural and harmonic minor: both sevenths. */
    private static final int MINOR = 0b1101_1010_1101;

    private Scale() {}

    /**
     * The scale of a key.
     *
     * @param key 0-11 major on C..B, 12-23 minor, as in {@link FeatureLayout#keyValue}
     */
    public static int of(int key) {
        return transposed(key < 12 ? MAJOR : MINOR, key % 12);
    }

    /** A set moved up by so many semitones, 0-11. */
    public static int transposed(int classes, int semitones) {
        int wide = classes << semitones;
        return (wide | wide >>> 12) & ALL;
    }

    /** Whether a pitch (0-127) belongs to a set. */
    public static boolean holds(int classes, int pitch) {
        return (classes >> pitch % 12 & 1) == 1;
    }
}
