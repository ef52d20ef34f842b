package org.continuo.engine.perform;

import org.continuo.protocol.time.TransportSnapshot;

/**
 * Follows the host's transport: tempo and loop while it plays on, and its breaks. At a break what was played up to it is
 * written down, the rest did not happen, and the stream goes on where the host starts.
 *
 * <p>Not thread-safe; allocates only when a meter is new.
 */
final class Transport {
    private final LiveScore score;
    private final Timeline timeline;
    private final Playhead playhead;
    private final Musician musician;
    private final Turns turns;
    private final Reviser reviser;
    private final Counters counters;
    private final Seam seam;

    Transport(
            LiveScore score,
            Timeline timeline,
            Playhead playhead,
            Musician musician,
            Turns turns,
            Reviser reviser,
            Counters counters) {
        this.score = score;
        this.timeline = timeline;
        this.playhead = playhead;
        this.musician = musician;
        this.turns = turns;
        this.reviser = reviser;
        this.counters = counters;
        this.seam = new Seam(score, timeline, counters);
    }

    /**
     * Takes what the host says of where it stands.
     *
     * @param mayStart whether the host, where it stood, starts with this; else another is followed that has played all along
     * @return whether the timeline broke
     */
    boolean follow(TransportSnapshot snapshot, boolean mayStart) {
        if (playhead.isPast(snapshot)) {
            return false;
        }
        playhead.takeTempo(snapshot);
        boolean breaks = playhead.breaksAt(snapshot);
        if (breaks) {
            breakAt(snapshot, mayStart);
        } else if (playhead.isPlaying()) {
            leapOverGap(snapshot.performance);
            double from = timeline.follow(snapshot);
            if (from != Double.POSITIVE_INFINITY) {
                reviser.voidFrom(from);
            }
        }
        return breaks;
    }

    private void breakAt(TransportSnapshot snapshot, boolean mayStart) {
        double at = snapshot.performance;
        boolean played = playhead.isPlaying();
        counters.breaks++;
        if (played) {
            settleAt(at);
        }
        reviser.breakOff();
        playhead.breakAt(snapshot);
        musician.pause();
        turns.hush(false);
        if (playhead.isPlaying()) {
            seam.goOn(snapshot);
            int bar = score.barNumberAt(timeline.tickFrom(at));
            turns.begin(bar);
            turns.goOn(bar, mayStart && !played);
            score.reading().endBefore(turns.end());
            musician.strikeHeld(Math.max(at, timeline.performance(score.tick()))); // behind the ends of what sounded
        }
    }

    /** What was played up to a break is written down; the rest did not happen. */
    private void settleAt(double at) {
        boolean leapt = leapOverGap(at);
        reviser.settleAt(at);
        turns.breakOff(score.barNumberAt(timeline.lastTickTo(at)));
        if (!leapt) {
            timeline.dropFrom(at, score.barStart());
        }
        musician.holdOver(score);
    }

    /** If there are too many beats up to a moment to be counted through, they are left out. Returns whether they were. */
    boolean leapOverGap(double to) {
        boolean leaps = seam.leapOverGap(to);
        if (leaps) {
            playhead.closeBefore(to);
            reviser.voidPlan();
        }
        return leaps;
    }
}
