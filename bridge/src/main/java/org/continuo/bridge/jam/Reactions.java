package org.continuo.bridge.jam;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How soon plans know of what the musician plays: from each key to the first plan of a newer revision. A key that finds
 * nothing planned, outlives what was planned, as in the musician's own turn, or is followed by a break, waits for no answer
 * and is not counted. Confined to the jam's thread.
 */
final class Reactions {
    private record Struck(long nanos, int revision) {}

    private final LongSupplier nanoTime;
    private final JamCounts counts;
    private final List<Struck> waiting = new ArrayList<>();
    private double plannedTo = Double.NEGATIVE_INFINITY;

    Reactions(LongSupplier nanoTime, JamCounts counts) {
        this.nanoTime = nanoTime;
        this.counts = counts;
    }

    /**
     * The musician strikes a key.
     *
     * @param at performance time in quarter notes
     * @param revision of the newest plan
     */
    void struck(double at, int revision) {
        if (at < plannedTo) {
            waiting.add(new Struck(nanoTime.getAsLong(), revision));
        }
    }

    /**
     * A plan was taken, whole.
     *
     * @param to where it ends, in performance time
     */
    void planned(int revision, double to) {
        plannedTo = to;
        waiting.removeIf(struck -> {
            boolean answered = revision > struck.revision;
            if (answered) {
                counts.reaction(nanoTime.getAsLong() - struck.nanos);
            }
            return answered;
        });
    }

    /** The playhead stands at {@code now}. */
    void passed(double now) {
        if (now >= plannedTo) {
            waiting.clear();
        }
    }

    /** The host jumped, started or stopped: what was planned is void. */
    void broke() {
        waiting.clear();
        plannedTo = Double.NEGATIVE_INFINITY;
    }
}
