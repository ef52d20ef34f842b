package org.continuo.engine.perform;

/** Whether the plan is to be made anew, and from where: the commit line, unless something before it has changed. */
final class Staleness {
    /**
     * Quarter notes for which a note that the host missed waits for another reason. A host that is ahead of the clock misses
     * what comes of every revision: making each anew at once would only keep a busy machine busy.
     */
    private static final double PATIENCE = 1;

    private boolean stale;
    private double from = Double.POSITIVE_INFINITY;
    private long missedTick = Long.MAX_VALUE;
    private double missedDue = Double.POSITIVE_INFINITY;

    /** The plan is void from the commit line on. */
    void set() {
        stale = true;
    }

    /** The plan is void from the commit line, or from an earlier performance time. */
    void setFrom(double performance) {
        stale = true;
        from = Math.min(from, performance);
    }

    /** A note that stands at {@code tick} did not sound, as was learnt at {@code now}, performance time in quarters. */
    void setMissed(long tick, double now) {
        missedTick = Math.min(missedTick, tick);
        missedDue = Math.min(missedDue, now + PATIENCE);
    }

    /** Whether to make it anew at {@code now}, performance time in quarters. */
    boolean isDue(double now) {
        return stale || now >= missedDue;
    }

    /** Performance time in quarters; infinite where the commit line is what counts. */
    double from() {
        return from;
    }

    /** The tick of the earliest note that the host missed; {@link Long#MAX_VALUE} if there is none. */
    long missedTick() {
        return missedTick;
    }

    /** The plan has been made anew. */
    void clear() {
        stale = false;
        forgetPlaces();
    }

    /** What was to be made anew before the commit line lies behind a break; the rest still holds. */
    void forgetPlaces() {
        from = Double.POSITIVE_INFINITY;
        missedTick = Long.MAX_VALUE;
        missedDue = Double.POSITIVE_INFINITY;
    }
}
