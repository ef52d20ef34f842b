package org.continuo.engine.perform;

/**
 * The ends of notes that the model does not choose: of notes that have sounded for too long, that must not sound where the
 * stream stands, or that the model no longer plays.
 *
 * <p>Not thread-safe; allocates nothing.
 */
final class Endings {
    /** A note of the model is ended after so many quarters, as a model that misses its end seldom finds another. */
    private static final double LONGEST_NOTE = 8;

    /** A note of the musician whose end never came is ended in the stream after so many quarters. */
    static final double LONGEST_HELD = 32;

    private final LiveScore score;
    private final Timeline timeline;
    private final Hand hand;
    private final Restraint restraint;

    Endings(LiveScore score, Timeline timeline, Hand hand, Restraint restraint) {
        this.score = score;
        this.timeline = timeline;
        this.hand = hand;
        this.restraint = restraint;
    }

    /**
     * Ends what sounds of parts that the model no longer plays, or everything.
     *
     * @param notBefore the first tick that is not settled
     */
    void endStrangers(boolean everything, long notBefore) {
        for (int i = score.soundingCount() - 1; i >= 0; i--) {
            int start = score.startOfSounding(i);
            boolean own = score.note(start) > 0;
            if (everything || own && !hand.holds(score, start)) {
                score.advanceTo(Math.max(notBefore, score.hasStartHere() ? score.tick() + 1 : score.tick()));
                int end = LiveScore.endOf(score.token(start));
                int by = score.is(start, LiveScore.MUSICIAN) ? LiveScore.MUSICIAN : LiveScore.MODEL;
                score.addEnd(end, by, score.note(start), timeline.performance(score.tick()));
            }
        }
    }

    /**
     * Ends a note that has sounded for too long, if one may end here.
     *
     * @param free the first tick that may be written at
     * @return whether it did
     */
    boolean endOverdue(long free) {
        if (!score.inBar() || firstEnd(free) > score.tick()) {
            return false;
        }
        int start = overdueAt(score.tick());
        if (start >= 0) {
            end(start, timeline.performance(score.tick()));
        }
        return start >= 0;
    }

    /** The number of the token that started a note which at {@code tick} has sounded for too long, or -1. */
    private int overdueAt(long tick) {
        double at = timeline.performance(tick);
        for (int i = 0; i < score.soundingCount(); i++) {
            int start = score.startOfSounding(i);
            double held = at - score.time(start);
            boolean overdue = held >= (score.note(start) > 0 ? LONGEST_NOTE : LONGEST_HELD);
            if (score.tick(start) < tick && (overdue || score.isNearlyForgotten(start))) {
                return start;
            }
        }
        return -1;
    }

    /**
     * Ends a note that has sounded for too long, or must not sound here. Where one may not end yet, time goes on to where it
     * may, if nothing can be played before: the model rests, or what is settled has overtaken it. A slow model's choice of
     * a place might be overtaken again and again.
     *
     * @param free the first tick that may be written at
     * @return whether it did anything
     */
    boolean endDue(long free) {
        if (!score.inBar() || endOverdue(free)) {
            return score.inBar();
        }
        boolean overtaken = score.tick() < free;
        long first = firstEnd(free);
        long next = overtaken && overdueAt(free) >= 0 ? free : Long.MAX_VALUE;
        for (int i = 0; i < score.soundingCount(); i++) {
            int start = score.startOfSounding(i);
            long from = score.note(start) > 0 ? Math.max(first, restraint.endFrom(start)) : Long.MAX_VALUE;
            if (from == score.tick() && score.tick(start) < from) {
                end(start, timeline.performance(from));
                return true;
            }
            next = Math.min(next, from);
        }
        boolean goesOn = next < Long.MAX_VALUE && (restraint.rests() || overtaken && next == free);
        if (goesOn) {
            score.advanceTo(next);
        }
        return goesOn;
    }

    /** The first tick at which a note may end: at one tick ends come before starts. */
    private long firstEnd(long free) {
        return Math.max(free, score.hasStartHere() ? score.tick() + 1 : score.tick());
    }

    private void end(int start, double here) {
        boolean own = score.note(start) > 0;
        int end = LiveScore.endOf(score.token(start));
        score.addEnd(end, own ? LiveScore.MODEL : LiveScore.MODEL | LiveScore.SENT, score.note(start), here);
    }
}
