package org.continuo.engine.perform;

import org.continuo.engine.sample.Cues;
import org.continuo.engine.sample.PlaceRandom;
import org.continuo.engine.sample.Sampler;
import org.continuo.engine.sample.TokenMask;
import org.continuo.engine.token.Vocabulary;

/**
 * Writes the stream on from where it stands, one choice of the model at a time, as far as the performer looks ahead; ends what
 * must end; has the host told what is planned. What the past was, and from where on it is written anew, is the performer's
 * business.
 *
 * <p>Confined to one thread; a call reads the model once at most. Once warm, allocates nothing outside the model's runtime.
 */
final class Improviser {
    /** A note of the model is ended after so many quarters, as a model that misses its end seldom finds another. */
    private static final double LONGEST_NOTE = 8;
    /** Quarter notes beyond the commit line that are planned at the least. */
    private static final double LEAST_PLANNED = 0.25;

    /** A note of the musician whose end never came is ended in the stream after so many quarters. */
    static final double LONGEST_HELD = 32;

    /** Time tokens said in one piece of work. */
    private static final int BEATS_AT_ONCE = 64;

    /** Tokens between two chunks read ahead while a plan waits; it would keep up with one in three. */
    private static final int TOKENS_A_CHUNK = 2;

    /** Quarters by which the counting of a listening model lags, so that late events find their place free. */
    private static final double LISTENING_DELAY = 0.25;

    /** Unread tokens that a listening model gathers before it reads them. */
    private static final int HEARD_AT_ONCE = 16;

    private final LiveScore score;
    private final Timeline timeline;
    private final Playhead playhead;
    private final Hand hand;
    private final Restraint restraint;
    private final Turns turns;
    private final Teller teller;
    private final CommitLine commitLine;
    private final Counters counters;
    private final Sampler sampler = new Sampler(Vocabulary.SIZE);
    private final TokenMask mask = new TokenMask(Vocabulary.SIZE);
    private final Cues cues = new Cues();

    private PerformerSettings settings;
    /** How often the plan was discarded under this seed. */
    private long draw;

    /** First tick that is not settled. */
    private long notBefore;
    /** The model has been asked since the plan was revised. */
    private boolean asked;

    private int nextNote = 1;
    private long tokensAtChunk;

    Improviser(
            LiveScore score,
            Timeline timeline,
            Playhead playhead,
            Hand hand,
            Restraint restraint,
            Turns turns,
            Teller teller,
            CommitLine commitLine,
            Counters counters) {
        this.score = score;
        this.timeline = timeline;
        this.playhead = playhead;
        this.hand = hand;
        this.restraint = restraint;
        this.turns = turns;
        this.teller = teller;
        this.commitLine = commitLine;
        this.counters = counters;
    }

    void settings(PerformerSettings value) {
        if (settings != null && value.seed() != settings.seed()) {
            draw = 0;
        }
        settings = value;
    }

    /** What is written from now on is another draw. */
    void redraw() {
        draw++;
    }

    /** A revision begins; nothing is written before tick {@code first}. */
    void begin(long first) {
        asked = false;
        notBefore = first;
    }

    /** Ends what sounds of parts that the model no longer plays, or everything. */
    void endStrangers(boolean everything) {
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

    /** Nothing to play: counts the beats that have passed, and reads along. */
    boolean listen() {
        long reached = timeline.tickFrom(playhead.now() - LISTENING_DELAY);
        int said = 0;
        while ((!score.inBar() || score.beatEnd() <= reached) && said++ < BEATS_AT_ONCE) {
            endOverdue();
            score.addTime(score.isLastBeat() ? Vocabulary.BAR : Vocabulary.BEAT);
        }
        if (score.unread() >= HEARD_AT_ONCE) {
            score.logits();
            return true;
        }
        return score.prepare() || said >= BEATS_AT_ONCE;
    }

    private boolean readAhead() {
        boolean due = counters.tokens - tokensAtChunk >= TOKENS_A_CHUNK;
        if (due) {
            tokensAtChunk = counters.tokens;
        }
        return due && score.prepare();
    }

    /** Has something to play: makes one choice. Returns whether there is more to do. */
    boolean play() {
        settle();
        for (int i = 0; i < BEATS_AT_ONCE; i++) {
            double here = timeline.performance(score.tick());
            restraint.at(here);
            if (score.inBar() && here >= playhead.now() + lookahead()) {
                if (teller.end() < here) {
                    teller.tell(playhead.epoch(), score.firstHere(), here, playhead.now());
                }
                return restraint.rests() && readAlong() || score.prepare();
            }
            long answer = restraint.answerTick(firstFree());
            if (score.tick() < answer) {
                score.advanceTo(answer);
                continue;
            }
            if (endDue()) {
                continue;
            }
            restraint.mask(mask, firstFree());
            int token = mask.next(0);
            boolean choice = mask.next(token + 1) >= 0;
            if (choice && teller.hasBegun() && readAhead()) {
                return true;
            }
            if (choice) {
                long place = score.tick() << 16 | score.size() - score.firstHere();
                long seed = draw == 0 ? settings.seed() : PlaceRandom.derive(settings.seed(), draw);
                restraint.cue(cues);
                token = sampler.sample(cues.in(score.logits()), mask, settings.sampling(), seed, place);
                asked = true;
            }
            say(token, here);
            if (choice) {
                return true;
            }
        }
        return true;
    }

    /** In quarter notes; beyond the commit line, however far that lies: short of it nothing can be planned, nor ended. */
    private double lookahead() {
        return Math.max(settings.lookahead(), commitLine.quarters(settings.commit(), playhead.tempo()) + LEAST_PLANNED);
    }

    /** While the model rests: reads what was heard meanwhile, so that there is little to catch up with. */
    private boolean readAlong() {
        boolean due = score.unread() >= HEARD_AT_ONCE;
        if (due) {
            score.logits();
        }
        return due;
    }

    /** Time goes on while the model thinks: what is about to sound is settled. */
    private void settle() {
        double line = playhead.now() + commitLine.quarters(settings.commit(), playhead.tempo());
        long settled = timeline.tickFrom(line);
        if (settled <= notBefore) {
            return;
        }
        double here = timeline.performance(score.tick());
        if (score.tick() >= notBefore && here < line) {
            boolean started = score.hasStartHere();
            if (started && here >= playhead.now() + commitLine.leastQuarters(settings.commit(), playhead.tempo())) {
                return; // a chord may be finished as long as there is time to tell it
            }
            if (started) {
                counters.thinned++;
            } else if (teller.hasBegun()) {
                counters.skipped++;
            }
        }
        notBefore = settled;
    }

    /** The first tick that the model may use: not settled, and in the host's time at all. */
    private long firstFree() {
        return Math.max(notBefore, timeline.atTick(score.tick()).firstTick());
    }

    private void say(int token, double here) {
        boolean first = asked && !teller.hasAnswered();
        if (Vocabulary.isNoteOn(token)) {
            score.addStart(token, LiveScore.MODEL, hand.channel(token), nextNote++, here);
        } else if (Vocabulary.isNoteOff(token)) {
            score.addEnd(token, LiveScore.MODEL, score.note(score.startOf(token)), here);
        } else {
            score.addTime(token);
            double reached = timeline.performance(score.tick());
            if (token == Vocabulary.BAR && !turns.isOpen(score.barNumber())) {
                teller.restFrom(reached);
            }
            if (asked && reached > teller.end() && (!teller.hasBegun() || teller.hasUntold())) {
                teller.tell(playhead.epoch(), score.firstHere(), reached, playhead.now());
            }
            return;
        }
        if (first) {
            teller.answer(playhead.epoch(), here, playhead.now());
        }
    }

    /** Ends a note that has sounded for too long, if one may end here. */
    private boolean endOverdue() {
        if (!score.inBar() || firstEnd() > score.tick()) {
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
     * @return whether it did anything
     */
    private boolean endDue() {
        if (!score.inBar() || endOverdue()) {
            return score.inBar();
        }
        long free = firstFree();
        boolean overtaken = score.tick() < free;
        long first = firstEnd();
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
    private long firstEnd() {
        return Math.max(firstFree(), score.hasStartHere() ? score.tick() + 1 : score.tick());
    }

    private void end(int start, double here) {
        boolean own = score.note(start) > 0;
        int end = LiveScore.endOf(score.token(start));
        score.addEnd(end, own ? LiveScore.MODEL : LiveScore.MODEL | LiveScore.SENT, score.note(start), here);
    }
}
