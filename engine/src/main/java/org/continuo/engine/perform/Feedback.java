package org.continuo.engine.perform;

/**
 * What the host says of the plan's notes: that they began to sound, which settles them, or were not played, which takes
 * them out of the stream and says that plans came too late.
 *
 * <p>Not thread-safe; allocates nothing.
 */
final class Feedback {
    private final LiveScore score;
    private final Timeline timeline;
    private final Playhead playhead;
    private final Rewriter rewriter;
    private final Kept kept;
    private final Staleness stale;
    private final CommitLine commitLine;
    private final Counters counters;

    Feedback(
            LiveScore score,
            Timeline timeline,
            Playhead playhead,
            Rewriter rewriter,
            Kept kept,
            Staleness stale,
            CommitLine commitLine,
            Counters counters) {
        this.score = score;
        this.timeline = timeline;
        this.playhead = playhead;
        this.rewriter = rewriter;
        this.kept = kept;
        this.stale = stale;
        this.commitLine = commitLine;
        this.counters = counters;
    }

    /** A planned note began to sound: it stays in the stream, though the host may be ahead of what is known here. */
    void sounded(int note) {
        counters.sounded++;
        if (!concerns(note)) {
            return;
        }
        if (rewriter.sounded(note)) {
            stale.set();
            kept.forget();
        } else {
            flagLately(note, LiveScore.SOUNDED);
        }
    }

    /** A planned note was not played: it is taken out of the stream, unless that was too long ago to matter. */
    void missed(int note) {
        counters.late++;
        commitLine.missed();
        long missed = concerns(note) ? flagLately(note, LiveScore.MISSED) : Long.MAX_VALUE;
        if (missed != Long.MAX_VALUE) {
            stale.setMissed(missed, playhead.now());
        }
    }

    private boolean concerns(int note) {
        return playhead.isPlaying() && note > 0;
    }

    /** Flags a planned note's tokens of the last quarters; gives the tick of the first of them, or {@link Long#MAX_VALUE}. */
    private long flagLately(int note, int flag) {
        long from = timeline.tickFrom(playhead.oldest());
        long first = Long.MAX_VALUE;
        for (int number = score.size() - 1; number > 0 && score.tick(number) >= from; number--) {
            if (score.note(number) == note) {
                score.flag(number, flag);
                first = score.tick(number);
            }
        }
        return first;
    }
}
