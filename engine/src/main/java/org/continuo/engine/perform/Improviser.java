package org.continuo.engine.perform;

import org.continuo.engine.sample.Cues;
import org.continuo.engine.sample.PlaceRandom;
import org.continuo.engine.sample.Sampler;
import org.continuo.engine.token.TokenMask;
import org.continuo.engine.token.Vocabulary;

/**
 * Writes the stream on from where it stands, one choice of the model at a time, as far as the performer looks ahead; ends what
 * must end; has the host told what is planned. What the past was, and from where on it is written anew, is the reviser's
 * business.
 *
 * <p>Confined to one thread; a call reads the model once at most. Once warm, allocates nothing outside the model's runtime.
 */
final class Improviser {
    /** Quarter notes beyond the commit line that are planned at the least. */
    private static final double LEAST_PLANNED = 0.25;

    /** Time tokens said in one piece of work. */
    private static final int BEATS_AT_ONCE = 64;

    /** Tokens between two chunks read ahead while a plan waits; it would keep up with one in three. */
    private static final int TOKENS_A_CHUNK = 2;

    /** Quarters by which the counting of a listening model lags, so that late events find their place free. */
    private static final double LISTENING_DELAY = 0.25;

    /** Unread tokens that a listening model gathers before it reads them. */
    private static final int HEARD_AT_ONCE = 16;

    private final LiveScore score;
    private final Reading reading;
    private final Timeline timeline;
    private final Playhead playhead;
    private final Hand hand;
    private final Restraint restraint;
    private final Endings endings;
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
        this.reading = score.reading();
        this.timeline = timeline;
        this.playhead = playhead;
        this.hand = hand;
        this.restraint = restraint;
        this.endings = new Endings(score, timeline, hand, restraint);
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
        endings.endStrangers(everything, notBefore);
    }

    /**
     * A revision has begun. Where nothing is to be played, what it ends is told.
     *
     * @param from performance time from which the plan is new
     * @param voids whether the host was told a plan beyond that
     */
    void tellEnds(double from, boolean voids) {
        if (hand.isEmpty() && (voids || teller.hasUntold())) {
            double to = Math.max(from + settings.lookahead(), timeline.performance(score.tick()));
            teller.tell(playhead.epoch(), score.size(), to + Strokes.LENGTH, playhead.now());
        }
    }

    /** Nothing to play: counts the beats that have passed, and reads along. */
    boolean listen() {
        long reached = timeline.tickFrom(playhead.now() - LISTENING_DELAY);
        int said = 0;
        while ((!score.inBar() || score.beatEnd() <= reached) && said++ < BEATS_AT_ONCE) {
            endings.endOverdue(firstFree());
            score.addTime(score.isLastBeat() ? Vocabulary.BAR : Vocabulary.BEAT);
        }
        if (reading.unread() >= HEARD_AT_ONCE) {
            reading.logits();
            return true;
        }
        return reading.prepare() || said >= BEATS_AT_ONCE;
    }

    private boolean readAhead() {
        boolean due = counters.tokens - tokensAtChunk >= TOKENS_A_CHUNK;
        if (due) {
            tokensAtChunk = counters.tokens;
        }
        return due && reading.prepare();
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
                return restraint.rests() && readAlong() || reading.prepare();
            }
            long free = firstFree();
            long answer = restraint.answerTick(free);
            if (score.tick() < answer) {
                score.advanceTo(answer);
                continue;
            }
            if (endings.endDue(free)) {
                continue;
            }
            restraint.mask(mask, free);
            int token = mask.next(0);
            boolean choice = mask.next(token + 1) >= 0;
            if (choice && teller.hasBegun() && readAhead()) {
                return true;
            }
            if (choice) {
                long place = score.tick() << 16 | score.size() - score.firstHere();
                long seed = draw == 0 ? settings.seed() : PlaceRandom.derive(settings.seed(), draw);
                restraint.cue(cues);
                token = sampler.sample(cues.in(reading.logits()), mask, settings.sampling(), seed, place);
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
        return Math.max(settings.lookahead(), commitLine.quarters() + LEAST_PLANNED);
    }

    /** While the model rests: reads what was heard meanwhile, so that there is little to catch up with. */
    private boolean readAlong() {
        boolean due = reading.unread() >= HEARD_AT_ONCE;
        if (due) {
            reading.logits();
        }
        return due;
    }

    /** Time goes on while the model thinks: what is about to sound is settled. */
    private void settle() {
        double line = commitLine.at();
        long settled = timeline.tickFrom(line);
        if (settled <= notBefore) {
            return;
        }
        double here = timeline.performance(score.tick());
        if (score.tick() >= notBefore && here < line) {
            boolean started = score.hasStartHere();
            if (started && here >= commitLine.latest()) {
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
}
