package org.continuo.bridge.jam;

import java.util.ArrayList;
import java.util.List;

/** What happened in a jam, counted by the host. Confined to the jam's thread. */
public final class JamCounts {
    private static final int MOST_LATE_TOLD = 32;

    /** Notes of the model that were planned. */
    public int planned;
    /** Of these: that began to sound. */
    public int sounded;
    /** That were taken back before. */
    public int withdrawn;
    /** That came too late to be played. */
    public int late;
    /** That were struck while the same key of the same channel sounded by the model's hand. */
    public int doubled;
    /** That rang for longer than twelve quarter notes. */
    public int stuck;
    /** Plans taken, and revisions among them. */
    public int plans;

    public int revisions;
    /** Notes of the musician. */
    public int struck;

    /** Of each note of the musician that was answered by a plan: nanoseconds; see {@link Reactions}. */
    private final List<Long> reactions = new ArrayList<>();

    /** Performance times of the first that came too late, for who looks for the cause. */
    private final List<Double> lateAt = new ArrayList<>();

    void late(double at) {
        late++;
        if (lateAt.size() < MOST_LATE_TOLD) {
            lateAt.add(at);
        }
    }

    /** When notes came too late: the first 32 of them, in quarter notes. */
    public List<Double> lateAt() {
        return List.copyOf(lateAt);
    }

    void reaction(long nanos) {
        reactions.add(nanos);
    }

    /** How many of the musician's notes were answered by a plan. */
    public int answered() {
        return reactions.size();
    }

    /** The reaction that so large a share of all is not above, in milliseconds; NaN where there is none. */
    public double reactionMillis(double share) {
        if (reactions.isEmpty()) {
            return Double.NaN;
        }
        long[] sorted = reactions.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
    }
}
