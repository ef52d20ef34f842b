package org.continuo.engine.perform;

/**
 * Makes the plan anew where it is void, from the commit line on: what happened is written down, what the model may not sound
 * any more ends, and the host is told of it. What is void, and from where, is told by who learns of it.
 *
 * <p>Not thread-safe; allocates nothing.
 */
final class Reviser {
    private final LiveScore score;
    private final Timeline timeline;
    private final Playhead playhead;
    private final Feel feel;
    private final Hand hand;
    private final Keyboard keyboard;
    private final CommitLine commitLine;
    private final Staleness stale;
    private final Kept kept;
    private final Rewriter rewriter;
    private final Teller teller;
    private final Improviser improviser;

    private PerformerSettings settings;
    /** Silence was asked for, and the musician's notes in the stream are to end. */
    private boolean panicked;

    Reviser(
            LiveScore score,
            Timeline timeline,
            Playhead playhead,
            Feel feel,
            Hand hand,
            Keyboard keyboard,
            CommitLine commitLine,
            Staleness stale,
            Kept kept,
            Rewriter rewriter,
            Teller teller,
            Improviser improviser) {
        this.score = score;
        this.timeline = timeline;
        this.playhead = playhead;
        this.feel = feel;
        this.hand = hand;
        this.keyboard = keyboard;
        this.commitLine = commitLine;
        this.stale = stale;
        this.kept = kept;
        this.rewriter = rewriter;
        this.teller = teller;
        this.improviser = improviser;
    }

    void settings(PerformerSettings value) {
        settings = value;
    }

    /** Quarter notes from the playhead to the commit line. */
    double commitQuarters() {
        return commitLine.quarters(settings.commit(), playhead.tempo());
    }

    /** The commit line, in performance time: what was told of the time before it is settled. */
    double line() {
        return playhead.now() + commitQuarters();
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
        return stale.isDue(playhead.now()) || keyboard.waiting() > 0;
    }

    /** Takes in what happened; the plan from the commit line on is void. */
    void revise() {
        feel.follow(settings.controls().follow());
        double from = Math.min(Math.max(line(), kept.until()), stale.from());
        double now = playhead.now();
        int stood = rewrite(rewriter.firstPlanned(from, now), from, now);
        stale.clear();
        improviser.begin(timeline.tickFrom(from));
        boolean voids = teller.begin(from, stood);
        commitLine.begin(now);
        improviser.endStrangers(panicked);
        if (panicked) {
            panicked = false;
            teller.restFrom(from);
        }
        if (hand.isEmpty() && (voids || teller.hasUntold())) {
            double to = Math.max(from + settings.lookahead(), timeline.performance(score.tick()));
            teller.tell(playhead.epoch(), score.size(), to + Strokes.LENGTH, now);
        }
    }

    /** Returns how many tokens of the score stayed as they were. */
    private int rewrite(long tick, double commit, double now) {
        // what the host was never told did not happen, though the commit line has passed it
        long from = Math.min(Math.min(tick, stale.missedTick()), teller.untoldTick());
        return rewriter.takeIn(keyboard, from, commit, now);
    }
}
