package org.continuo.protocol.time;

/**
 * A stretch of performance time that runs along the host's timeline without a jump: from {@code performanceStart}, where
 * the host was at {@code hostStart}, until the next segment starts. A loop's wrap, a seek, a start, a new meter begin a
 * new one. A change of tempo does not: both clocks count quarter notes.
 *
 * <p>Immutable, thread-safe.
 *
 * @param number rises by one from segment to segment
 * @param performanceStart performance time in quarter notes, finite, not negative
 * @param hostStart host beat, finite; negative before bar one
 */
public record Segment(int number, double performanceStart, double hostStart, Meter meter) {
    public Segment {
        if (!Double.isFinite(performanceStart) || performanceStart < 0 || !Double.isFinite(hostStart)) {
            throw new IllegalArgumentException("a segment at " + performanceStart + ", host at " + hostStart);
        }
    }

    /** The host beat at performance time {@code performance}, as if this segment had no end. */
    public double host(double performance) {
        return performance - performanceStart + hostStart;
    }

    /** The performance time at host beat {@code beat}, as if this segment had neither start nor end. */
    public double performance(double beat) {
        return beat - hostStart + performanceStart;
    }

    /**
     * The segment after this one when the host plays on to the loop's end and wraps. It can be told in advance, so what
     * comes after the wrap is planned before it.
     *
     * @param loop ends after {@link #hostStart}
     */
    public Segment wrapped(LoopRegion loop) {
        if (loop.end() <= hostStart) {
            throw new IllegalArgumentException("the loop ends at " + loop.end() + ", before " + hostStart);
        }
        return new Segment(number + 1, performance(loop.end()), loop.start(), meter);
    }

    /** The segment after this one when the host jumps: at {@code performance} it is at {@code beat}. */
    public Segment jumped(double performance, double beat, Meter newMeter) {
        return new Segment(number + 1, performance, beat, newMeter);
    }
}
