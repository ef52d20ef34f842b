package org.continuo.engine.perform;

/** Whether the plan is to be made anew, and from where: the commit line, unless something before it has changed. */
final class Staleness {
    private boolean stale;
    private double from = Double.POSITIVE_INFINITY;
    private long missedTick = Long.MAX_VALUE;

    /** The plan is void from the commit line on. */
    void set() {
        stale = true;
    }

    /** The plan is void from the commit line, or from an earlier performance time. */
    void setFrom(double performance) {
        stale = true;
        from = Math.min(from, performance);
    }

    /** A note that stands at {@code tick} did not sound. */
    void setMissed(long tick) {
        stale = true;
        missedTick = Math.min(missedTick, tick);
    }

    boolean isSet() {
        return stale;
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
    }
}
