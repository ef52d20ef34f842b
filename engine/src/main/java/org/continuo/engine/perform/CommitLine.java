package org.continuo.engine.perform;

/**
 * How far ahead of the playhead the plan is settled: the time that a plan takes to reach the host, and the time that the
 * model takes to think of one. Both are learnt. Thought is timed from the beginning of a revision to the first look at
 * the clock after it was told; the way to the host is taken for longer after each note that the host missed, and for a
 * little shorter with each revision after that.
 *
 * <p>Not thread-safe; allocates nothing. Reads no clock: the same calls give the same line.
 */
final class CommitLine {
    /** The way is never taken for longer, in seconds: a host with the longest blocks. */
    private static final double LONGEST_WAY = 0.25;

    private static final double MOST_TIMES = 100;

    /** Nor thought: a model that needs more cannot play live. */
    private static final double LONGEST_THOUGHT = 0.25;

    private static final double LONGER = 1.5;
    private static final double SHORTER = 0.999;

    /** The slowest thoughts of late count, and are forgotten by and by. */
    private static final double FORGETTING = 0.98;

    private final Playhead playhead;
    /** Seconds that a plan usually takes to reach the host. */
    private double usualWay;

    /** Times the usual way; 1 or more. */
    private double way = 1;

    private double thought;
    private double begun;
    private boolean thinking;
    private boolean missed;

    CommitLine(Playhead playhead) {
        this.playhead = playhead;
    }

    /** @param seconds that a plan usually takes to reach the host */
    void usualWay(double seconds) {
        usualWay = seconds;
    }

    /** A revision begins. */
    void begin() {
        begun = playhead.now();
        thinking = true;
        way = Math.max(1, way * SHORTER);
        missed = false;
    }

    /** @param told whether the host knows of the revision by now */
    void look(boolean told) {
        if (thinking && told) {
            thinking = false;
            double seconds = Math.min(LONGEST_THOUGHT, Math.max(0, playhead.now() - begun) * 60 / playhead.tempo());
            thought = Math.max(seconds, thought * FORGETTING);
        }
    }

    /** Nothing is thought of any more: the timeline broke, or there is nothing left to do. */
    void forget() {
        thinking = false;
    }

    /** A note came too late; several of one revision count as one. */
    void missed() {
        if (!missed) {
            missed = true;
            way = Math.min(way * LONGER, MOST_TIMES);
        }
    }

    /** Where it is, in performance time: what was told of the time before it is settled. */
    double at() {
        return playhead.now() + quarters();
    }

    /** Quarter notes from the playhead to it. */
    double quarters() {
        return (way() + thought) * playhead.tempo() / 60;
    }

    /** Where what is begun can still be finished and told, in performance time: half of the way to the line. */
    double latest() {
        return playhead.now() + quarters() / 2;
    }

    private double way() {
        return Math.max(usualWay, Math.min(usualWay * way, LONGEST_WAY));
    }
}
