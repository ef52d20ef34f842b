package org.continuo.engine.perform;

/**
 * What the host says of the plan's notes: that they began to sound, which settles them, or were not played, which takes
 * them out of the stream.
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

    Feedback(LiveScore score, Timeline timeline, Playhead playhead, Rewriter rewriter, Kept kept, Staleness stale) {
        this.score = score;
        this.timeline = timeline;
        this.playhead = playhead;
        this.rewriter = rewriter;
        this.kept = kept;
        this.stale = stale;
    }

    /** A planned note began to sound: it stays in the stream, though the host may be ahead of what is known here. */
    void sounded(int note) {
        if (rewriter.sounded(note)) {
            stale.set();
            kept.forget();
        } else {
            flagLately(note, LiveScore.SOUNDED);
        }
    }

    /** A planned note was not played: it is taken out of the stream, unless that was too long ago to matter. */
    void missed(int note) {
        long missed = flagLately(note, LiveScore.MISSED);
        if (missed != Long.MAX_VALUE) {
            stale.setMissed(missed, playhead.now());
        }
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
