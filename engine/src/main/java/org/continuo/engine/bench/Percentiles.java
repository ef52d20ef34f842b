package org.continuo.engine.bench;

import java.util.Arrays;

/** Durations of many runs of one thing, in microseconds. */
public record Percentiles(double p50, double p90, double p99, double max) {
    /** Of durations in nanoseconds, at least one; sorts them. */
    static Percentiles of(long[] nanoseconds) {
        Arrays.sort(nanoseconds);
        return new Percentiles(at(nanoseconds, 0.5), at(nanoseconds, 0.9), at(nanoseconds, 0.99), at(nanoseconds, 1));
    }

    /** The least duration that so large a share of all is not above. */
    private static double at(long[] sorted, double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(index, 0)] / 1e3;
    }
}
