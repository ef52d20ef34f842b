package org.continuo.protocol.time;

/**
 * Quarter notes a minute, as hosts count them, and the way between musical time and seconds at that speed.
 *
 * <p>Immutable, thread-safe. The static methods are for the event path.
 *
 * @param perMinute above 0, at most {@value TransportCheck#FASTEST}
 */
public record Tempo(double perMinute) {
    /** The slowest that is played; slower is played at this. */
    public static final double SLOWEST_PLAYED = 5;

    /** The fastest that is played; faster is played at this. */
    public static final double FASTEST_PLAYED = 999;

    /** What is assumed where nobody says. */
    public static final Tempo DEFAULT = new Tempo(120);

    public Tempo {
        if (!isValid(perMinute)) {
            throw new IllegalArgumentException(
                    "tempo " + perMinute + " is not above 0 and at most " + TransportCheck.FASTEST);
        }
    }

    /** Whether a tempo of this figure can be made; NaN and infinities cannot. */
    public static boolean isValid(double perMinute) {
        return perMinute > 0 && perMinute <= TransportCheck.FASTEST;
    }

    /** {@code perMinute} brought into what is played, {@value #SLOWEST_PLAYED} to {@value #FASTEST_PLAYED}. */
    public static double clamped(double perMinute) {
        return Math.max(SLOWEST_PLAYED, Math.min(FASTEST_PLAYED, perMinute));
    }

    /** How many quarter notes pass in {@code nanos} nanoseconds at {@code perMinute}. */
    public static double quartersIn(double nanos, double perMinute) {
        return nanos * perMinute / 60e9;
    }

    /** How many nanoseconds {@code quarters} quarter notes take at {@code perMinute}. */
    public static double nanosOf(double quarters, double perMinute) {
        return quarters * 60e9 / perMinute;
    }

    /** This tempo as it is played. */
    public Tempo clamped() {
        return new Tempo(clamped(perMinute));
    }
}
