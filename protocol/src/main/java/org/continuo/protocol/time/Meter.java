package org.continuo.protocol.time;

/**
 * A time signature, such as 4/4 or 7/8. Any meter a host may show is allowed: {@code numerator} from 1 to 255, {@code
 * denominator} a power of two from 1 to 64 (the range of the MIDI file's meta event, RP-001 section 3.1).
 *
 * <p>Immutable, thread-safe.
 */
public record Meter(int numerator, int denominator) {
    public static final Meter COMMON = new Meter(4, 4);

    public Meter {
        if (!isValid(numerator, denominator)) {
            throw new IllegalArgumentException("meter " + numerator + "/" + denominator
                    + ": numerator must be 1..255, denominator a power of two up to 64");
        }
    }

    /** The meter of a text such as "3/4"; null where it is none. */
    public static Meter of(String text) {
        String[] figures = text.split("/", -1);
        try {
            int numerator = Integer.parseInt(figures[0]);
            int denominator = figures.length == 2 ? Integer.parseInt(figures[1]) : 0;
            return isValid(numerator, denominator) ? new Meter(numerator, denominator) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether a meter of these two numbers can be made; never throws. */
    public static boolean isValid(int numerator, int denominator) {
        return numerator >= 1
                && numerator <= 255
                && denominator >= 1
                && denominator <= 64
                && Integer.bitCount(denominator) == 1;
    }

    /** The bar's length in quarter notes: 4 for 4/4, 3.5 for 7/8. */
    public double quarters() {
        return 4.0 * numerator / denominator;
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
