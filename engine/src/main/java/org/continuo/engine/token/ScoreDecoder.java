package org.continuo.engine.token;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the score language back into notes, one token at a time. The listener always gets clean notes, whatever the
 * tokens say: a note struck again while it sounds ends there, a note-off without a note does nothing, and
 * {@link #finish} ends what still sounds.
 *
 * <p>Not thread-safe.
 */
public final class ScoreDecoder {
    /** Told of every note as it is read; the same clean notes that {@link #notes()} holds in the end. */
    public interface Listener {
        /**
         * A note begins; what is told next of its instrument and pitch is its end.
         *
         * @param velocity loudness in eight steps, 0-7
         * @param tick where it begins
         */
        default void began(Instrument instrument, int pitch, int velocity, int tick) {}

        /** A note has ended; a drum stroke right after it began. */
        default void ended(Note note) {}
    }

    private static final int NOT_SOUNDING = -1;
    private static final Listener NOBODY = new Listener() {};

    private final Listener listener;
    private final TimeCursor time;
    /** Where each key's note began that sounds, or its last stroke was; {@link #NOT_SOUNDING} where there is none. */
    private final int[] startOf = new int[Instrument.COUNT * 128];

    private final byte[] velocityOf = new byte[Instrument.COUNT * 128];
    private final List<Note> notes = new ArrayList<>();

    public ScoreDecoder(MeterMap meters) {
        this(meters, NOBODY);
    }

    public ScoreDecoder(MeterMap meters, Listener listener) {
        this.listener = listener;
        this.time = new TimeCursor(meters);
        Arrays.fill(startOf, NOT_SOUNDING);
    }

    /** All notes of a token sequence that is written over {@code meters}. */
    public static Score decode(TokenSequence tokens, MeterMap meters) {
        ScoreDecoder decoder = new ScoreDecoder(meters);
        for (int i = 0; i < tokens.size(); i++) {
            decoder.accept(tokens.token(i));
        }
        decoder.finish(decoder.time.tick());
        return new Score(meters, decoder.notes);
    }

    /** The time reached so far; not to be moved by others. */
    public TimeCursor time() {
        return time;
    }

    public void accept(int token) {
        time.accept(token);
        if (Vocabulary.isNoteOn(token)) {
            start(Vocabulary.instrumentOf(token), Vocabulary.pitchOf(token), Vocabulary.velocityOf(token));
        } else if (Vocabulary.isNoteOff(token)) {
            end(Vocabulary.instrumentOf(token), Vocabulary.pitchOf(token), time.tick());
        }
    }

    private void start(Instrument instrument, int pitch, int velocity) {
        int tick = time.tick();
        int key = key(instrument, pitch);
        if (startOf[key] == tick) {
            return;
        }
        if (instrument.sustains()) {
            end(instrument, pitch, tick);
        }
        startOf[key] = tick;
        velocityOf[key] = (byte) velocity;
        listener.began(instrument, pitch, velocity, tick);
        if (!instrument.sustains()) {
            add(new Note(instrument, pitch, velocity, tick, tick + 1));
        }
    }

    private void add(Note note) {
        notes.add(note);
        listener.ended(note);
    }

    private void end(Instrument instrument, int pitch, int tick) {
        int key = key(instrument, pitch);
        if (startOf[key] >= 0 && tick > startOf[key]) {
            add(new Note(instrument, pitch, velocityOf[key], startOf[key], tick));
            startOf[key] = NOT_SOUNDING;
        }
    }

    /** Ends every note that still sounds at {@code tick}, or one tick after its start if that is later. */
    public void finish(int tick) {
        for (int key = 0; key < startOf.length; key++) {
            Instrument instrument = Instrument.ofIndex(key / 128);
            if (startOf[key] >= 0 && instrument.sustains()) {
                end(instrument, key % 128, Math.max(tick, startOf[key] + 1));
            }
        }
    }

    /** The notes that have ended so far, in the order in which they ended. */
    public List<Note> notes() {
        return notes;
    }

    private static int key(Instrument instrument, int pitch) {
        return instrument.ordinal() * 128 + pitch;
    }
}
