package org.continuo.engine.perform;

import org.continuo.protocol.time.TransportSnapshot;

/**
 * Where the stream and the host's timeline are sewn together: after a break the stream goes on at the place where the host
 * starts, in the same bar or in a new one, and beats that nobody could count through are left out of it.
 *
 * <p>Not thread-safe; allocates nothing.
 */
final class Seam {
    /** A gap of more quarters is not counted through beat by beat. */
    private static final double LONGEST_GAP = 64;

    private final LiveScore score;
    private final Timeline timeline;
    private final Counters counters;

    /** Performance time to which the stream leapt last. */
    private double leaptTo = Double.NEGATIVE_INFINITY;

    Seam(LiveScore score, Timeline timeline, Counters counters) {
        this.score = score;
        this.timeline = timeline;
        this.counters = counters;
    }

    /** The stream goes on where the host starts; what sounded before the break has been ended by the host. */
    void goOn(TransportSnapshot snapshot) {
        boolean same =
                timeline.continues(snapshot) && score.standsIn(timeline.last()) && !isGapTo(snapshot.performance);
        if (same) {
            timeline.goOn(snapshot);
        } else {
            timeline.open(snapshot, nextBarLine(snapshot.performance));
        }
        score.refreshBar();
        long tick = same ? timeline.tickFrom(snapshot.performance) : timeline.last().barTick;
        if (score.soundingCount() > 0) {
            score.advanceTo(score.hasStartHere() ? Math.max(tick, score.tick() + 1) : tick);
        }
        while (score.soundingCount() > 0) {
            int start = score.startOfSounding(0);
            int end = LiveScore.endOf(score.token(start));
            score.addEnd(end, LiveScore.MODEL | LiveScore.FIXED, 0, snapshot.performance);
        }
    }

    /** If there are too many beats up to a moment to be counted through, opens a new bar there. Returns whether it did. */
    boolean leapOverGap(double to) {
        boolean leaps = isGapTo(to);
        if (leaps) {
            timeline.leap(to, nextBarLine(to));
            leaptTo = to;
            score.refreshBar();
            counters.skipped++;
        }
        return leaps;
    }

    /** Where a bar can open at the earliest: after all that was said, and after the beats on the way, unless they are too many. */
    private long nextBarLine(double performance) {
        if (!score.inBar()) {
            return 0;
        }
        boolean taken = score.hasStartHere() || score.tick() == score.barStart();
        long next = score.tick() + (taken ? 1 : 0);
        return isGapTo(performance) ? next : Math.max(timeline.last().tickFrom(performance), next);
    }

    private boolean isGapTo(double performance) {
        return Math.min(performance - leaptTo, timeline.gap(score.tick(), performance)) > LONGEST_GAP;
    }
}
