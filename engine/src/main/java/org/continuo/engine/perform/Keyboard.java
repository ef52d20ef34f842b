package org.continuo.engine.perform;

import java.util.Arrays;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Vocabulary;

/**
 * The musician's keys and pedals: turns what they do into starts and ends of notes, kept until the performer takes them.
 * The sustain pedal holds notes until it is released; a key struck again while it sounds starts a new note.
 *
 * <p>Not thread-safe. Bounded: what finds no room is dropped. Allocates nothing after construction.
 */
final class Keyboard {
    private static final int ROOM = 1024;
    private static final int SUSTAIN = 64;
    private static final int NOBODY = -1;

    private final Parts parts;
    private final Counters counters;
    private final double[] times = new double[ROOM];
    private final short[] tokens = new short[ROOM];
    private final byte[] channels = new byte[ROOM];
    private int waiting;
    /** The first of what waits: the starts of keys that were held over a break. */
    private int heldOver;
    /** By sounding note (instrument and pitch): the channel and key that struck it last, or {@link #NOBODY}. */
    private final int[] struckBy = new int[Instrument.COUNT * 128];
    /** By channel and key: the start token of the note that it sounds, or -1. */
    private final int[] soundedBy = new int[Parts.CHANNELS * 128];

    private final boolean[] down = new boolean[Parts.CHANNELS * 128];
    private final boolean[] pedal = new boolean[Parts.CHANNELS];
    private int sounding;

    Keyboard(Parts parts, Counters counters) {
        this.parts = parts;
        this.counters = counters;
        Arrays.fill(struckBy, NOBODY);
        Arrays.fill(soundedBy, -1);
    }

    /** @param taken whether the note is for the score now; else it only counts as held */
    void strike(double at, int channel, int pitch, int velocity, boolean taken) {
        Instrument instrument = parts.musicianOn(channel);
        int token = Vocabulary.noteOn(instrument, instrument.fold(pitch), Note.velocityStep(velocity));
        int key = channel * 128 + pitch;
        counters.heard++;
        if (instrument.sustains()) {
            int struck = SoundingNotes.key(token);
            // What the key or the pedal holds may be of another instrument, which the part had before.
            if (soundedBy[key] >= 0 && SoundingNotes.key(soundedBy[key]) != struck) {
                end(at, key);
            }
            if (struckBy[struck] != NOBODY) {
                soundedBy[struckBy[struck]] = -1;
                sounding--;
            }
            struckBy[struck] = key;
            soundedBy[key] = token;
            down[key] = true;
            sounding++;
        }
        if (taken) {
            add(at, token, channel);
        }
    }

    /** Returns whether a key is let go of that was held over a break, and with the break. */
    boolean release(double at, int channel, int pitch) {
        int key = channel * 128 + pitch;
        down[key] = false;
        return !pedal[channel] && end(at, key);
    }

    /** Returns the same, of the pedal. */
    boolean control(double at, int channel, int controller, int value) {
        if (controller != SUSTAIN) {
            return false;
        }
        pedal[channel] = value >= 64;
        boolean withBreak = false;
        for (int key = channel * 128; key < channel * 128 + 128 && !pedal[channel]; key++) {
            withBreak |= !down[key] && end(at, key);
        }
        return withBreak;
    }

    private boolean end(double at, int key) {
        int start = soundedBy[key];
        if (start < 0) {
            return false;
        }
        forget(key);
        boolean withBreak = takeBack(at, start);
        if (!withBreak) {
            add(at, LiveScore.endOf(start), key / 128);
        }
        return withBreak;
    }

    private void forget(int key) {
        struckBy[SoundingNotes.key(soundedBy[key])] = NOBODY;
        soundedBy[key] = -1;
        sounding--;
    }

    /** Hosts end what they play where they jump: a key that comes up at the moment of the break does not sound after it. */
    private boolean takeBack(double at, int start) {
        for (int i = 0; i < heldOver; i++) {
            if (token(i) == start && at <= times[i]) {
                int after = --waiting - i;
                System.arraycopy(times, i + 1, times, i, after);
                System.arraycopy(tokens, i + 1, tokens, i, after);
                System.arraycopy(channels, i + 1, channels, i, after);
                heldOver--;
                return true;
            }
        }
        return false;
    }

    /** Starts at {@code at}, a break, what is held. Nothing else waits. */
    void strikeHeld(double at) {
        for (int key = 0; key < soundedBy.length && sounding > 0; key++) {
            if (soundedBy[key] >= 0) {
                add(at, soundedBy[key], key / 128);
            }
        }
        heldOver = waiting;
    }

    /** Lets go of what has ended in the stream, too old to sound on, though its end never came. */
    void letGoOfEnded(LiveScore score) {
        for (int key = 0; key < soundedBy.length && sounding > 0; key++) {
            if (soundedBy[key] >= 0) {
                int start = score.startOf(soundedBy[key]);
                if (start < 0 || !score.is(start, LiveScore.MUSICIAN)) {
                    forget(key);
                }
            }
        }
    }

    /** Forgets what is held and what waits; pedals stay. */
    void letGo() {
        Arrays.fill(struckBy, NOBODY);
        Arrays.fill(soundedBy, -1);
        sounding = 0;
        taken();
    }

    /** Forgets keys and pedals too. */
    void reset() {
        letGo();
        Arrays.fill(down, false);
        Arrays.fill(pedal, false);
    }

    private void add(double at, int token, int channel) {
        if (waiting == ROOM) {
            counters.dropped++;
            return;
        }
        times[waiting] = at;
        tokens[waiting] = (short) token;
        channels[waiting] = (byte) channel;
        waiting++;
    }

    /** How many of the musician's notes sound, by key or pedal. */
    int sounding() {
        return sounding;
    }

    /** How many starts and ends wait to be taken. */
    int waiting() {
        return waiting;
    }

    double time(int index) {
        return times[index];
    }

    /** A note's start or end. */
    int token(int index) {
        return tokens[index] & 0xffff;
    }

    int channel(int index) {
        return channels[index];
    }

    void taken() {
        waiting = 0;
        heldOver = 0;
    }
}
