package org.continuo.protocol.time;

/**
 * A place or a length in musical time, in quarter notes. On a host's timeline 0 is bar one and what comes before is
 * negative; nothing mirrors it: ticks are counted with floor, so that -0.1 is in tick -1, not in tick 0.
 *
 * <p>Immutable, thread-safe. For code that may allocate; the event path passes plain doubles and uses the static methods.
 *
 * @param quarters finite
 */
public record Beats(double quarters) implements Comparable<Beats> {
    public static final Beats ZERO = new Beats(0);

    public Beats {
        if (!Double.isFinite(quarters)) {
            throw new IllegalArgumentException("a place in time is finite, not " + quarters);
        }
        quarters += 0.0; // -0.0 and 0.0 are one place
    }

    /** The place of tick {@code tick} where a quarter note has {@code resolution} ticks. */
    public static Beats ofTick(long tick, int resolution) {
        return new Beats((double) tick / resolution);
    }

    /**
     * The tick that {@code quarters} lies in: the last one at or before it.
     *
     * @param resolution ticks in a quarter note, above 0
     */
    public static long tick(double quarters, int resolution) {
        double tick = Math.floor(quarters * resolution);
        if ((tick + 1) / resolution <= quarters) {
            tick++; // the product was rounded down past the tick's own place
        } else if (tick / resolution > quarters) {
            tick--;
        }
        return (long) tick;
    }

    /** The tick nearest to {@code quarters}; half-way between two it is the later one, before bar one too. */
    public static long nearestTick(double quarters, int resolution) {
        return (long) Math.floor(quarters * resolution + 0.5);
    }

    /** {@link #tick(double, int)} of this place. */
    public long tick(int resolution) {
        return tick(quarters, resolution);
    }

    /** This place, moved back to the tick it lies in. */
    public Beats floorToTick(int resolution) {
        return ofTick(tick(resolution), resolution);
    }

    public Beats plus(Beats other) {
        return new Beats(quarters + other.quarters);
    }

    public Beats minus(Beats other) {
        return new Beats(quarters - other.quarters);
    }

    @Override
    public int compareTo(Beats other) {
        return Double.compare(quarters, other.quarters);
    }
}
