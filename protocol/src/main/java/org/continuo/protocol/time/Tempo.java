package org.continuo.protocol.time;

/**
 * Tempo in quarter notes a minute, as hosts count it, and the way between musical time and nanoseconds. Stateless,
 * thread-safe, allocates nothing.
 */
public final class Tempo {
    /** The slowest that is played; slower is played at this. */
    public static final double SLOWEST = 5;

    /** The fastest that is played; faster is played at this. */
    public static final double FASTEST = 999;

    private Tempo() {}

    /** Whether a host can mean this figure; NaN and infinities it cannot. */
    public static boolean isValid(double perMinute) {
        return perMinute > 0 && perMinute <= TransportCheck.FASTEST;
    }

    /** Whether {@code perMinute} is played as it is; NaN is not. */
    public static boolean isPlayed(double perMinute) {
        return perMinute >= SLOWEST && perMinute <= FASTEST;
    }

    /** {@code perMinute} brought into what is played; NaN is the slowest. */
    public static double clamped(double perMinute) {
        return perMinute >= SLOWEST ? Math.min(perMinute, FASTEST) : SLOWEST;
    }

    /** How many quarter notes pass in {@code nanos} nanoseconds at {@code perMinute}. */
    public static double quartersIn(double nanos, double perMinute) {
        return nanos * perMinute / 60e9;
    }

    /** How many nanoseconds {@code quarters} quarter notes take at {@code perMinute}. */
    public static double nanosOf(double quarters, double perMinute) {
        return quarters * 60e9 / perMinute;
    }
}
