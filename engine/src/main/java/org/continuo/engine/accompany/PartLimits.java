package org.continuo.engine.accompany;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.continuo.engine.sample.Cues;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.TimeCursor;
import org.continuo.engine.token.TokenMask;
import org.continuo.engine.token.Vocabulary;

/**
 * What a player of each instrument can do: how many notes at once, how low and high, no note shorter than a 32nd or longer
 * than four quarters, no more than sixteen starts a quarter.
 */
final class PartLimits implements Manners {
    /** Most notes at once, lowest and highest pitch. */
    private record Reach(int voices, int lowest, int highest) {}

    private static final Map<Instrument, Reach> REACHES = new EnumMap<>(Instrument.class);

    static {
        REACHES.put(Instrument.PIANO, new Reach(8, 24, 103));
        REACHES.put(Instrument.VIOLIN, new Reach(4, 48, 96)); // a section, violas too
        REACHES.put(Instrument.CELLO, new Reach(2, 36, 76));
        REACHES.put(Instrument.BASS, new Reach(1, 28, 60));
        REACHES.put(Instrument.GUITAR, new Reach(6, 40, 84));
        REACHES.put(Instrument.FLUTE, new Reach(1, 60, 96));
        REACHES.put(Instrument.CLARINET, new Reach(1, 50, 86));
        REACHES.put(Instrument.TRUMPET, new Reach(1, 52, 82));
        REACHES.put(Instrument.HARP, new Reach(6, 24, 100));
        REACHES.put(Instrument.DRUMS, new Reach(4, 35, 81));
    }

    private static final int SHORTEST_NOTE = 3;
    private static final int LONGEST_NOTE = 4 * Score.TICKS_PER_QUARTER;
    private static final int MOST_STARTS_A_QUARTER = 16;

    private final Set<Instrument> added;
    private final int lastStart;
    private final Sounding sounding = new Sounding();
    private final int[] lastHeard = new int[Instrument.COUNT];
    private int strokesTick = -1;
    private int strokes;
    private int quarter = -1;
    private int startsInQuarter;

    /**
     * @param added who plays the added parts
     * @param lastStart the tick from which on nothing new starts
     */
    PartLimits(Set<Instrument> added, int lastStart) {
        this.added = added;
        this.lastStart = lastStart;
        Arrays.fill(lastHeard, -2 * Score.TICKS_PER_QUARTER); // half a bar's patience at the start
    }

    static boolean reaches(Instrument instrument, int pitch) {
        Reach reach = REACHES.get(instrument);
        return pitch >= reach.lowest && pitch <= reach.highest;
    }

    static int voices(Instrument instrument) {
        return REACHES.get(instrument).voices;
    }

    @Override
    public void accept(int token, TimeCursor time) {
        int tick = time.tick();
        sounding.accept(token, tick);
        if (Vocabulary.isNoteOn(token) || Vocabulary.isNoteOff(token)) {
            lastHeard[Vocabulary.instrumentOf(token).ordinal()] = tick;
        }
        if (Vocabulary.isNoteOn(token) && added.contains(Vocabulary.instrumentOf(token))) {
            startsInQuarter = tick / Score.TICKS_PER_QUARTER == quarter ? startsInQuarter + 1 : 1;
            quarter = tick / Score.TICKS_PER_QUARTER;
            if (!Vocabulary.instrumentOf(token).sustains()) {
                strokes = tick == strokesTick ? strokes + 1 : 1;
                strokesTick = tick;
            }
        }
    }

    @Override
    public int mustEnd(TimeCursor time) {
        for (Instrument instrument : added) {
            if (sounding.count(instrument) > 0) {
                for (int pitch = instrument.lowestPitch(); pitch <= instrument.highestPitch(); pitch++) {
                    int since = sounding.since(instrument, pitch);
                    if (since >= 0 && time.tick() - since >= LONGEST_NOTE) {
                        return Vocabulary.noteOff(instrument, pitch);
                    }
                }
            }
        }
        return -1;
    }

    @Override
    public void cue(Cues cues, TimeCursor time) {
        if (time.tickInBeat() != 0 || time.tick() >= lastStart) {
            return;
        }
        for (Instrument instrument : added) {
            double silence = (time.tick() - lastHeard[instrument.ordinal()]) / (double) Score.TICKS_PER_QUARTER;
            if (sounding.count(instrument) == 0) {
                cues.give(instrument, silence, Cues.patience(instrument));
            }
        }
    }

    @Override
    public void restrict(TokenMask mask, TimeCursor time) {
        int tick = time.tick();
        boolean full = tick >= lastStart
                || tick / Score.TICKS_PER_QUARTER == quarter && startsInQuarter >= MOST_STARTS_A_QUARTER;
        for (Instrument instrument : added) {
            int voices = instrument.sustains() ? sounding.count(instrument) : tick == strokesTick ? strokes : 0;
            boolean mayStart = !full && voices < voices(instrument);
            for (int pitch = instrument.lowestPitch(); pitch <= instrument.highestPitch(); pitch++) {
                if (!mayStart || !reaches(instrument, pitch)) {
                    int first = Vocabulary.noteOn(instrument, pitch, 0);
                    mask.forbid(first, first + Note.VELOCITIES);
                }
                int since = sounding.since(instrument, pitch);
                if (since >= 0 && tick - since < SHORTEST_NOTE) {
                    mask.forbid(Vocabulary.noteOff(instrument, pitch));
                }
            }
        }
    }
}
