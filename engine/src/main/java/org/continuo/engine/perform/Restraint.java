package org.continuo.engine.perform;

import org.continuo.engine.sample.Cues;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Scale;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.TokenMask;
import org.continuo.engine.token.Vocabulary;

/**
 * What the model may do at the score's current place, as the musician holds it to: whether it plays or rests, what it owes,
 * which notes, how loud, which of its notes must not sound here, and who is drawn in.
 *
 * <p>To be told the settings, then the place with {@link #at} whenever it has changed. Not thread-safe;
 * allocates nothing.
 */
final class Restraint {
    /** Nats towards a start where a whole bar had none of the notes asked for; as many against it where it had twice those. */
    private static final double LEANING = 4;

    private static final double MOST_LEANING = 8;

    /** Nats against a start of who has played twice what is lively. */
    private static final double CALMING = 8;

    /** Quarter notes over which it is counted how lively a player is. */
    private static final int LATELY = 4;

    private final LiveScore score;
    private final Timeline timeline;
    private final Hand hand;
    private final Turns turns;
    private final Musician musician;
    private final OwedVoices owedVoices;
    private final Dynamics dynamics;

    private PerformerSettings settings;

    /** Performance time of the score's current tick. */
    private double here;

    private boolean open;
    /** The instruments that owe an answer, a bit for each. */
    private int owed;

    Restraint(LiveScore score, Timeline timeline, Hand hand, Turns turns, Musician musician) {
        this.score = score;
        this.timeline = timeline;
        this.hand = hand;
        this.turns = turns;
        this.musician = musician;
        this.owedVoices = musician.owedVoices();
        this.dynamics = musician.dynamics();
    }

    void settings(PerformerSettings value) {
        settings = value;
    }

    /** The score stands at performance time {@code here} now. */
    void at(double here) {
        this.here = here;
        open = turns.isOpen(score.barNumber()) && fadeLeft() > 0;
        owed = open && harmonizes() ? owedVoices.owed(score, hand, struckTick(), here) : 0;
    }

    private boolean harmonizes() {
        return settings.mode() == Mode.HARMONIZE;
    }

    /** Whether the model plays nothing here of itself. */
    boolean rests() {
        return !open || harmonizes();
    }

    private long struckTick() {
        return timeline.nearestTick(Math.max(0, owedVoices.struck()));
    }

    /** The tick at which what is owed is given, or the lowest of all where nothing is. */
    long answerTick(long firstFree) {
        return owed == 0 ? Long.MIN_VALUE : Math.max(firstFree, struckTick());
    }

    /** Makes {@code mask} allow what may come next: an answer that is owed, no more than a beat at rest, else anything. */
    void mask(TokenMask mask, long firstFree) {
        if (owed != 0) {
            hand.maskAnswer(mask, score, here, settings.polyphony(), owed);
            lock(mask);
            if (mask.next(0) >= 0) {
                return;
            }
        }
        if (rests()) {
            Hand.maskRest(mask, score);
        } else {
            hand.mask(mask, score, firstFree, here, settings.polyphony(), !isClosing());
            lock(mask);
        }
    }

    /** Leaves the chord's notes, and what is neither too loud nor too soft. */
    private void lock(TokenMask mask) {
        NoteMasks.keepClasses(mask, chord());
        double follow = settings.controls().follow();
        int loudest = dynamics.loudest(follow, fadeLeft());
        NoteMasks.keepVelocities(mask, dynamics.softest(follow, loudest), loudest);
    }

    /**
     * Cues, on the beat, who of the model's players has been silent for too long since the musician began. Where a density is
     * asked for, all lean towards it: more readily where the last bar had fewer notes, less where it had more. Where none is,
     * who plays more than is lively leans back, and where all do, fewer places between the beats are named.
     */
    void cue(Cues cues) {
        cues.clear();
        if (rests() || !score.inBar()) {
            return;
        }
        double playingSince = musician.playingSince();
        boolean entrance = score.tickInBeat() == 0 && !isClosing() && fadeLeft() == 1 && playingSince <= here;
        boolean unasked = settings.wishes().density() == Conditions.OPEN;
        double asked = lean();
        double places = -MOST_LEANING;
        for (int i = 0; i < Instrument.COUNT; i++) {
            Instrument instrument = Instrument.ofIndex(i);
            if (!hand.plays(instrument)) {
                continue;
            }
            double lean = unasked ? calm(instrument) : asked;
            places = Math.max(places, lean);
            if (lean != 0) {
                cues.lean(instrument, lean);
            }
            if (entrance && !score.sounds(instrument)) {
                double patience = Math.max(Cues.patience(instrument), quartersBetweenNotes());
                long earliest = timeline.tickFrom(Math.max(playingSince, here - Cues.longestSilence(patience)));
                long silence = score.tick() - score.lastHeard(instrument, earliest);
                cues.give(instrument, silence / (double) Score.TICKS_PER_QUARTER, patience);
            }
        }
        if (unasked && places < 0) {
            cues.leanPlaces(places); // where one is named, somebody plays
        }
    }

    /** Nats by which a start is to be likelier, by what the last bar lacks of the notes that are asked for. */
    private double lean() {
        int density = settings.wishes().density();
        if (density == Conditions.OPEN) {
            return 0;
        }
        double quarters = timeline.barQuarters();
        double asked = FeatureLayout.DENSITIES.get(density) * quarters;
        int had = score.startsSince(score.tick() - Math.round(quarters * Score.TICKS_PER_QUARTER));
        return Math.max(-MOST_LEANING, LEANING * (asked - had) / asked);
    }

    /**
     * Nats by which a player starts less readily who has lately played more than is lively. A model that is told nothing takes
     * every place that it expects the musician's notes at for its own, and goes on from what it has played: left alone, drums
     * beside eighths came to ten strokes a quarter note in half a minute, up to 25 beside a musician who is off the grid.
     */
    private double calm(Instrument instrument) {
        int had = score.startsSince(score.tick() - LATELY * Score.TICKS_PER_QUARTER, instrument);
        return Math.max(-MOST_LEANING, Math.min(0, CALMING * (1 - had / (LATELY * Cues.lively(instrument)))));
    }

    /** Quarter notes from one note of a player to the next, where all play as much as is asked for; 0 where nothing is. */
    private double quartersBetweenNotes() {
        int density = settings.wishes().density();
        return density == Conditions.OPEN ? 0 : hand.count() / FeatureLayout.DENSITIES.get(density);
    }

    private int chord() {
        ChordChart chords = settings.controls().chords();
        return chords == null || !score.inBar() ? Scale.ALL : chords.classes(timeline.hostBar(score.barStart()));
    }

    /** Whether the model rests from the next bar line on, and that is too near for another note. */
    private boolean isClosing() {
        return !turns.isOpen(score.barNumber() + 1) && score.tick() > score.barEnd() - Hand.SHORTEST_TICKS;
    }

    /** How much is left of a fade: 1 before it, 0 after it. */
    private double fadeLeft() {
        double after = settings.controls().fade();
        double over = (musician.silenceAt(here) - after) / timeline.barQuarters();
        return after < 0 || settings.mode() != Mode.ACCOMPANY ? 1 : Math.max(0, Math.min(1, 1 - over));
    }

    /** The tick from which on a note of the model must end, or {@link Long#MAX_VALUE} while it may sound. */
    long endFrom(int start) {
        if (!open) {
            return score.tick(start) + 1;
        }
        boolean must = harmonizes()
                ? owed == 0 ? !musician.holdsKeys() : score.tick(start) < struckTick()
                : !Scale.holds(chord(), Vocabulary.pitchOf(score.token(start)));
        return must ? timeline.tickFrom(score.time(start) + Hand.SHORTEST) : Long.MAX_VALUE;
    }
}
