package org.continuo.engine.perform;

import org.continuo.engine.token.Note;
import org.continuo.engine.token.Vocabulary;
import org.continuo.protocol.message.PlanSink;

/**
 * Tells the host the plan: what of the score lies at or after the revision's beginning and was not told yet.
 *
 * <p>Not thread-safe; allocates nothing.
 */
final class Teller {
    private final LiveScore score;
    private final Rewriter rewriter;
    private final Counters counters;
    private final PlanSink out;

    private final Strokes strokes = new Strokes();

    private int revision;
    private double start;
    private double end = Double.NEGATIVE_INFINITY;
    private int size;
    private boolean begun;
    private boolean answered;

    Teller(LiveScore score, Rewriter rewriter, Counters counters, PlanSink out) {
        this.score = score;
        this.rewriter = rewriter;
        this.counters = counters;
        this.out = out;
    }

    /**
     * Begins a revision; the host learns of it with the first {@link #tell}.
     *
     * @param from performance time from which the plan is new
     * @param tokens of the score that stood before it was rewritten
     * @return whether the host was told a plan beyond {@code from}, which is void now
     */
    boolean begin(double from, int tokens) {
        boolean voids = end > from || strokes.areOpen();
        strokes.revise(from);
        rewriter.strays().revise(from);
        revision++;
        counters.revisions++;
        start = from;
        size = Math.min(size, tokens);
        begun = false;
        answered = false;
        return voids;
    }

    /** The model rests from performance time {@code time} on, for all that this revision knows. */
    void restFrom(double time) {
        strokes.restFrom(Math.max(end(), time));
    }

    /** Whether the host knows a first stretch of the revision. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether the host knows of the revision by its first event, though perhaps not of all that belongs to that moment. */
    boolean hasAnswered() {
        return answered;
    }

    /** The host was told up to here. */
    double end() {
        return answered ? end : start;
    }

    /** Whether a planned start or end waits to be told. */
    boolean hasUntold() {
        if (rewriter.strays().areOpen()) {
            return true;
        }
        for (int number = size; number < score.size(); number++) {
            if (isOfPlan(number)) {
                return true;
            }
        }
        return false;
    }

    /** The tick of the first start or end of the model that the host was not told, or {@link Long#MAX_VALUE}. */
    long untoldTick() {
        for (int number = size; number < score.size(); number++) {
            if (score.note(number) > 0 && !score.is(number, LiveScore.SENT)) {
                return score.tick(number);
            }
        }
        return Long.MAX_VALUE;
    }

    private boolean isOfPlan(int number) {
        return score.note(number) > 0 && score.time(number) >= start;
    }

    /**
     * Tells the tokens before number {@code to}, a plan that reaches to performance time {@code time}.
     *
     * @param now performance time of the playhead
     */
    void tell(int epoch, int to, double time, double now) {
        double from = answered && !begun ? Math.nextDown(end) : end();
        tellRange(epoch, to, from, Math.max(from, time), now);
        begun = true;
    }

    /**
     * Tells the first event of a revision while others may still join it in its moment, which stands in the next range too
     * (SPEC.md section 8.5).
     *
     * @param time when the event is, performance time
     * @param now performance time of the playhead
     */
    void answer(int epoch, double time, double now) {
        tellRange(epoch, score.size(), start, Math.nextUp(Math.max(start, time)), now);
    }

    private void tellRange(int epoch, int to, double from, double until, double now) {
        end = until;
        double past = Math.min(now, from);
        strokes.forgetBefore(past);
        rewriter.strays().forgetBefore(past);
        out.plan(epoch, revision, from, end);
        rewriter.strays().tell(from, out);
        for (; size < to; size++) {
            if (isOfPlan(size)) {
                tell(size);
            }
        }
        strokes.tellTo(Math.nextDown(end), out);
        out.planEnd();
        answered = true;
    }

    private void tell(int number) {
        int token = score.token(number);
        double time = score.time(number);
        int channel = score.channel(number);
        int pitch = Vocabulary.pitchOf(token);
        boolean stroke = !LiveScore.sustains(token);
        if (Vocabulary.isNoteOn(token) && score.is(number, LiveScore.SOUNDED)) {
            // by a host that is ahead: perhaps after this range, as the grid has moved since
            if (stroke) {
                strokes.struck(score.note(number), channel, pitch, time);
            }
        } else if (Vocabulary.isNoteOn(token)) {
            strokes.tellTo(time, out);
            if (stroke) {
                strokes.strike(score.note(number), channel, pitch, time, out);
            }
            out.planOn(score.note(number), time, channel, pitch, Note.midiVelocity(Vocabulary.velocityOf(token)));
            counters.notes++;
        } else {
            strokes.tellTo(time, out);
            out.planOff(score.note(number), time);
        }
        score.flag(number, LiveScore.SENT);
    }

    /** The host has ended all that sounded, of itself. */
    void forgetSounding() {
        rewriter.forgetSounding();
        strokes.forgetAll();
    }
}
