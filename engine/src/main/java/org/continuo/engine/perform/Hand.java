package org.continuo.engine.perform;

import java.util.Arrays;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Scale;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.TokenMask;
import org.continuo.engine.token.Vocabulary;

/**
 * What the model may say next: the rules of the score language, its own instruments, and no moment that is already
 * settled. Notes of others never end by its word.
 *
 * <p>Not thread-safe; allocates nothing after construction.
 */
final class Hand {
    /** A note is held for at least so many ticks: a 32nd. */
    static final int SHORTEST_TICKS = 3;

    /** The same in quarter notes, rounding forgiven. */
    static final double SHORTEST = (SHORTEST_TICKS - 1e-3) / Score.TICKS_PER_QUARTER;

    private final TokenMask playable = new TokenMask(Vocabulary.SIZE);
    private final int[] channelOf = new int[Instrument.COUNT];
    private final int[] voices = new int[Instrument.COUNT];
    private int instruments;
    private int lowest;
    private int highest = 127;
    private int classes = Scale.ALL;

    Hand() {
        putDown();
    }

    /** Plays nothing. */
    void putDown() {
        playable.forbidAll();
        Arrays.fill(channelOf, -1);
        instruments = 0;
    }

    /**
     * What is given from now on has pitches {@code low} to {@code high}, in either order, of these pitch classes only; drums
     * have none.
     */
    void confine(int low, int high, int pitchClasses) {
        lowest = Math.min(low, high);
        highest = Math.max(low, high);
        classes = pitchClasses;
    }

    /**
     * Plays an instrument on a channel, pitched ones from {@code low} to {@code high}. The first that is given holds, for the
     * instrument and for the channel: two instruments there would strike each other's notes.
     */
    void play(Instrument instrument, int channel, int low, int high) {
        if (channelOf[instrument.ordinal()] >= 0 || isTaken(channel)) {
            return;
        }
        channelOf[instrument.ordinal()] = channel;
        instruments++;
        for (int pitch = instrument.lowestPitch(); pitch <= instrument.highestPitch(); pitch++) {
            boolean inside = pitch >= Math.max(low, lowest) && pitch <= Math.min(high, highest);
            if (!instrument.sustains() || inside && Scale.holds(classes, pitch)) {
                int first = Vocabulary.noteOn(instrument, pitch, 0);
                playable.allow(first, first + Note.VELOCITIES);
            }
        }
    }

    private boolean isTaken(int channel) {
        for (int other : channelOf) {
            if (other == channel) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return instruments == 0;
    }

    /** The instruments that it plays, a bit for each, drums apart. */
    int pitched() {
        int set = 0;
        for (int i = 0; i < Instrument.COUNT; i++) {
            set |= channelOf[i] >= 0 && Instrument.ofIndex(i).sustains() ? 1 << i : 0;
        }
        return set;
    }

    boolean plays(Instrument instrument) {
        return channelOf[instrument.ordinal()] >= 0;
    }

    /** How many instruments it plays. */
    int count() {
        return instruments;
    }

    /** The channel that the instrument of a token is played on, or -1. */
    int channel(int token) {
        return channelOf[Vocabulary.instrumentOf(token).ordinal()];
    }

    /** Whether the note that token {@code start} of the score started is this hand's to end. */
    boolean holds(LiveScore score, int start) {
        return score.is(start, LiveScore.MODEL)
                && score.note(start) > 0
                && channel(score.token(start)) == score.channel(start);
    }

    /**
     * Makes {@code mask} allow just what may come next.
     *
     * @param notBefore the first tick at which it may say anything but beats
     * @param now performance time of the score's current tick
     * @param polyphony most notes of one instrument
     * @param mayStart whether a note may start here
     */
    void mask(TokenMask mask, LiveScore score, long notBefore, double now, int polyphony, boolean mayStart) {
        boolean mayPlay = score.inBar() && score.tick() >= notBefore;
        if (mayPlay && mayStart) {
            mask.copyFrom(playable);
        } else {
            mask.forbidAll();
        }
        if (mayPlay) {
            maskNotes(mask, score, now, polyphony);
        }
        allowTime(mask, score, notBefore);
    }

    /** Makes {@code mask} allow nothing but the next beat: the model rests. */
    static void maskRest(TokenMask mask, LiveScore score) {
        mask.forbidAll();
        mask.allow(score.isLastBeat() ? Vocabulary.BAR : Vocabulary.BEAT);
    }

    /** Makes {@code mask} allow just the starts of {@code owed} instruments, a bit for each. */
    void maskAnswer(TokenMask mask, LiveScore score, double now, int polyphony, int owed) {
        mask.copyFrom(playable);
        maskNotes(mask, score, now, polyphony);
        mask.and(NoteMasks.STARTS);
        for (int i = 0; i < Instrument.COUNT; i++) {
            if (channelOf[i] >= 0 && (owed >> i & 1) == 0) {
                forbidStarts(mask, Instrument.ofIndex(i));
            }
        }
    }

    private static void allowTime(TokenMask mask, LiveScore score, long notBefore) {
        mask.allow(score.isLastBeat() ? Vocabulary.BAR : Vocabulary.BEAT);
        if (score.inBar()) {
            long from = Math.max(score.tick() + 1, notBefore);
            long to = score.beatEnd();
            if (from < to) {
                int first = Vocabulary.position(score.tickInBeat() + (int) (from - score.tick()));
                mask.allow(first, first + (int) (to - from));
            }
        }
    }

    private void maskNotes(TokenMask mask, LiveScore score, double now, int polyphony) {
        Arrays.fill(voices, 0);
        boolean mayEnd = !score.hasStartHere();
        for (int i = 0; i < score.soundingCount(); i++) {
            int start = score.startOfSounding(i);
            int token = score.token(start);
            int first = Vocabulary.noteOn(Vocabulary.instrumentOf(token), Vocabulary.pitchOf(token), 0);
            mask.forbid(first, first + Note.VELOCITIES);
            if (holds(score, start)) {
                voices[Vocabulary.instrumentOf(token).ordinal()]++;
                if (mayEnd && score.tick() > score.tick(start) && now - score.time(start) >= SHORTEST) {
                    mask.allow(LiveScore.endOf(token));
                }
            }
        }
        for (int number = score.size() - 1; number > 0 && score.tick(number) == score.tick(); number--) {
            int token = score.token(number);
            if (Vocabulary.isNoteOn(token) && !LiveScore.sustains(token)) {
                int first = Vocabulary.noteOn(Instrument.DRUMS, Vocabulary.pitchOf(token), 0);
                mask.forbid(first, first + Note.VELOCITIES);
                voices[Instrument.DRUMS.ordinal()]++;
            }
        }
        for (int i = 0; i < Instrument.COUNT; i++) {
            if (channelOf[i] >= 0 && voices[i] >= polyphony) {
                forbidStarts(mask, Instrument.ofIndex(i));
            }
        }
    }

    private static void forbidStarts(TokenMask mask, Instrument instrument) {
        for (int pitch = instrument.lowestPitch(); pitch <= instrument.highestPitch(); pitch++) {
            int first = Vocabulary.noteOn(instrument, pitch, 0);
            mask.forbid(first, first + Note.VELOCITIES);
        }
    }
}
