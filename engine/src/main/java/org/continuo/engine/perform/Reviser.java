package org.continuo.engine.perform;

/**
 * Makes the plan anew where it is void, from the commit line on: what happened is written down, what the model may not sound
 * any more ends, and the host is told of it. What is void, and from where, is told by who learns of it.
 *
 * <p>Not thread-safe; allocates nothing.
 */
final class Reviser {
    private final Timeline timeline;
    private final Playhead playhead;
    private final Feel feel;
    private final CommitLine commitLine;
    private final Staleness stale;
    private final Kept kept;
    private final Rewriter rewriter;
    private final Teller teller;
    private final Improviser improviser;

    /** How closely the musician's place beside the beat is followed. */
    private double follow;
    /** Silence was asked for, and the musician's notes in the stream are to end. */
    private boolean panicked;

    Reviser(
            Timeline timeline,
            Playhead playhead,
            Feel feel,
            CommitLine commitLine,
            Staleness stale,
            Kept kept,
            Rewriter rewriter,
            Teller teller,
            Improviser improviser) {
        this.timeline = timeline;
        this.playhead = playhead;
        this.feel = feel;
        this.commitLine = commitLine;
        this.stale = stale;
        this.kept = kept;
        this.rewriter = rewriter;
        this.teller = teller;
        this.improviser = improviser;
    }

    void settings(PerformerSettings value) {
        follow = value.controls().follow();
    }

    /** The plan is void from the commit line on, or from the end of what is kept. */
    void voidPlan() {
        stale.set();
    }

    /** All of the plan is void from the commit line on, or from an earlier performance time, kept or not. */
    void voidFrom(double performance) {
        stale.setFrom(performance);
        kept.forget();
    }

    /** The same from the commit line on, and everything that sounds ends there: the musician's notes too. */
    void voidAll() {
        kept.forget();
        panicked = playhead.isPlaying();
        stale.set();
    }

    /** What was played before {@code at}, a break, is written down; the rest did not happen. */
    void settleAt(double at) {
        rewrite(timeline.lastTickTo(at), at, at);
    }

    /** The timeline broke: the host has ended all that sounded, and nothing that was asked for of the plan holds any more. */
    void breakOff() {
        teller.forgetSounding();
        commitLine.forget();
        stale.set();
        stale.forgetPlaces();
        kept.forget();
        panicked = false;
    }

    /** Whether something waits to be taken in. */
    boolean isDue() {
        return stale.isDue(playhead.now()) || rewriter.isDue();
    }

    /** Takes in what happened; the plan from the commit line on is void. */
    void revise() {
        feel.follow(follow);
        double from = Math.min(Math.max(commitLine.at(), kept.until()), stale.from());
        double now = playhead.now();
        int stood = rewrite(rewriter.firstPlanned(from, now), from, now);
        stale.clear();
        improviser.begin(timeline.tickFrom(from));
        boolean voids = teller.begin(from, stood);
        commitLine.begin();
        improviser.endStrangers(panicked);
        if (panicked) {
            panicked = false;
            teller.restFrom(from);
        }
        improviser.tellEnds(from, voids);
    }

    /** Returns how many tokens of the score stayed as they were. */
    private int rewrite(long tick, double commit, double now) {
        // what the host was never told did not happen, though the commit line has passed it
        long from = Math.min(Math.min(tick, stale.missedTick()), teller.untoldTick());
        return rewriter.takeIn(from, commit, now);
    }
}
