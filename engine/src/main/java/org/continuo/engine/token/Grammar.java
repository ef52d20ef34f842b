package org.continuo.engine.token;

import java.util.Arrays;
import java.util.Set;

/**
 * Which tokens may come next: the rules of the score language as a mask. Time only moves forward and keeps to the bar
 * lines; a note ends only while it sounds, and starts only while it does not; at one tick ends come before starts.
 *
 * <p>Follows every token of the stream, also those of parts that the model may not play. Not thread-safe; allocates
 * nothing after construction.
 */
public final class Grammar {
    private static final int DRUM_KEYS = Instrument.DRUMS.ordinal() * 128;

    private final TimeCursor time;
    private final TokenMask playable = new TokenMask(Vocabulary.SIZE);
    private final boolean[] playableInstrument = new boolean[Instrument.COUNT];
    /** The tick each pitch of each instrument started at, or -1; drum strokes "sound" for their own tick. */
    private final int[] soundingSince = new int[Instrument.COUNT * 128];
    /** The keys that sound, densely, so that a mask costs what sounds and no more. */
    private final int[] sounding = new int[Instrument.COUNT * 128];

    private int soundingCount;
    private boolean startedAtThisTick;

    /** @param instruments the ones that the model plays; others are never allowed */
    public Grammar(MeterMap meters, Set<Instrument> instruments) {
        this.time = new TimeCursor(meters);
        Arrays.fill(soundingSince, -1);
        for (Instrument instrument : instruments) {
            playableInstrument[instrument.ordinal()] = true;
            for (int pitch = instrument.lowestPitch(); pitch <= instrument.highestPitch(); pitch++) {
                int first = Vocabulary.noteOn(instrument, pitch, 0);
                playable.allow(first, first + Note.VELOCITIES);
            }
        }
    }

    /** The time reached so far; not to be moved by others. */
    public TimeCursor time() {
        return time;
    }

    public void accept(int token) {
        if (Vocabulary.isNoteOn(token)) {
            start(key(token));
        } else if (Vocabulary.isNoteOff(token)) {
            stop(key(token));
        } else {
            time.accept(token);
            startedAtThisTick = false;
            forgetStrokes();
        }
    }

    private void start(int key) {
        startedAtThisTick = true;
        if (soundingSince[key] < 0) {
            sounding[soundingCount++] = key;
        }
        soundingSince[key] = time.tick();
    }

    private void stop(int key) {
        if (soundingSince[key] < 0) {
            return;
        }
        soundingSince[key] = -1;
        for (int i = 0; i < soundingCount; i++) {
            if (sounding[i] == key) {
                sounding[i] = sounding[--soundingCount];
                return;
            }
        }
    }

    private void forgetStrokes() {
        for (int i = soundingCount - 1; i >= 0; i--) {
            if (sounding[i] >= DRUM_KEYS) {
                soundingSince[sounding[i]] = -1;
                sounding[i] = sounding[--soundingCount];
            }
        }
    }

    /** How many notes sound now. */
    public int soundingCount() {
        return soundingCount;
    }

    /**
     * The token that ends a note of the playing instruments which has sounded for at least {@code ticks}, or -1 if there is
     * none or none may end at this tick.
     */
    public int endOfNoteHeldFor(int ticks) {
        for (int i = 0; i < soundingCount && !startedAtThisTick; i++) {
            int key = sounding[i];
            if (key < DRUM_KEYS && playableInstrument[key / 128] && time.tick() - soundingSince[key] >= ticks) {
                return Vocabulary.noteOff(Instrument.ofIndex(key / 128), key % 128);
            }
        }
        return -1;
    }

    /**
     * Makes {@code mask} allow just the tokens that may come next.
     *
     * @param mask over {@link Vocabulary#SIZE} tokens
     * @param mayEnd whether the piece may end here
     */
    public void mask(TokenMask mask, boolean mayEnd) {
        boolean beforeFirstBar = time.beatLength() <= 0;
        if (beforeFirstBar) {
            mask.forbidAll();
        } else {
            mask.copyFrom(playable);
        }
        mask.allow(time.isLastBeat() ? Vocabulary.BAR : Vocabulary.BEAT);
        if (time.tickInBeat() + 1 < time.beatLength()) {
            int first = Vocabulary.position(time.tickInBeat() + 1);
            mask.allow(first, first + time.beatLength() - time.tickInBeat() - 1);
        }
        for (int i = 0; i < soundingCount; i++) {
            allowEndOnly(mask, sounding[i]);
        }
        if (mayEnd) {
            mask.allow(Vocabulary.END);
        }
    }

    private void allowEndOnly(TokenMask mask, int key) {
        Instrument instrument = Instrument.ofIndex(key / 128);
        int first = Vocabulary.noteOn(instrument, key % 128, 0);
        mask.forbid(first, first + Note.VELOCITIES);
        boolean mayStop = instrument.sustains()
                && playableInstrument[instrument.ordinal()]
                && !startedAtThisTick
                && time.tick() > soundingSince[key];
        if (mayStop) {
            mask.allow(first + Note.VELOCITIES);
        }
    }

    private static int key(int token) {
        return Vocabulary.instrumentOf(token).ordinal() * 128 + Vocabulary.pitchOf(token);
    }
}
