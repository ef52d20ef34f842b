package org.continuo.protocol.time;

/**
 * What a host repeats, in host beats: it plays up to {@code end} and goes on at {@code start}. The end is not played.
 *
 * <p>Immutable, thread-safe.
 *
 * @param start finite; may be negative
 * @param end finite, after {@code start}
 */
public record LoopRegion(double start, double end) {
    public LoopRegion {
        if (!isValid(start, end)) {
            throw new IllegalArgumentException("a loop from " + start + " to " + end);
        }
    }

    /** Whether a loop of these two places can be made; never throws. */
    public static boolean isValid(double start, double end) {
        return Double.isFinite(start) && Double.isFinite(end) && end > start;
    }

    /** In quarter notes. */
    public double length() {
        return end - start;
    }

    public boolean contains(double beat) {
        return beat >= start && beat < end;
    }

    /**
     * Where a host that runs on from inside or before the loop really is, when without the loop it would be at {@code
     * beat}. Before the end that is {@code beat} itself.
     */
    public double wrap(double beat) {
        if (beat < end) {
            return beat;
        }
        double wrapped = start + (beat - end) % length();
        return wrapped < end ? wrapped : start; // rounding may reach the end
    }
}
