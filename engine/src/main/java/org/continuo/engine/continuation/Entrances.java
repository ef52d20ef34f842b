package org.continuo.engine.continuation;

import java.util.Arrays;
import java.util.Set;
import org.continuo.engine.sample.Cues;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.TimeCursor;
import org.continuo.engine.token.Vocabulary;

/**
 * Sees to it that everyone who was asked for comes in, and stays: whoever the clip had no notes for is cued after a bar,
 * whoever has played after four bars of rest, and everyone where nobody has played for four quarter notes.
 *
 * <p>Not thread-safe; allocates nothing after construction.
 */
final class Entrances {
    /** Quarter notes that a player may rest in the middle of a piece. */
    private static final int PATIENCE = 16;

    private static final int NEWCOMERS_PATIENCE = 4;
    private static final int PATIENCE_WITH_ALL = 4;
    private static final int NEVER = Integer.MIN_VALUE;

    private final Set<Instrument> asked;
    private final Cues cues = new Cues();
    private final int[] lastHeard = new int[Instrument.COUNT];
    private int lastOfAll;
    private final int[] sounding = new int[Instrument.COUNT];

    /** @param asked who is to play */
    Entrances(Set<Instrument> asked) {
        this.asked = asked;
        Arrays.fill(lastHeard, NEVER);
    }

    /** Follows every token, of the prompt and the take. */
    void accept(int token, TimeCursor time) {
        boolean start = Vocabulary.isNoteOn(token);
        if (start || Vocabulary.isNoteOff(token)) {
            Instrument instrument = Vocabulary.instrumentOf(token);
            lastHeard[instrument.ordinal()] = time.tick();
            lastOfAll = time.tick();
            if (instrument.sustains()) {
                sounding[instrument.ordinal()] += start ? 1 : -1;
            }
        }
    }

    /** The prompt is over: whoever is new waits from now on, and nobody's rest in it counts for more than it may. */
    void begin(int join) {
        lastOfAll = join;
        int newcomer = join - (PATIENCE - NEWCOMERS_PATIENCE) * Score.TICKS_PER_QUARTER;
        for (int i = 0; i < lastHeard.length; i++) {
            lastHeard[i] = lastHeard[i] == NEVER ? newcomer : join;
        }
    }

    /** The logits, with a cue on the beat for those who have rested for too long. */
    float[] cued(float[] logits, TimeCursor time) {
        cues.clear();
        if (time.tickInBeat() == 0) {
            double everyones = quartersOfSilence(time.tick());
            for (Instrument instrument : asked) {
                int silence = time.tick() - lastHeard[instrument.ordinal()];
                if (sounding[instrument.ordinal()] == 0) {
                    cues.give(instrument, silence / (double) Score.TICKS_PER_QUARTER, PATIENCE);
                }
                cues.give(instrument, everyones, PATIENCE_WITH_ALL);
            }
        }
        return cues.in(logits);
    }

    /** Since anyone was heard; 0 while somebody sounds. */
    private double quartersOfSilence(int tick) {
        return Arrays.stream(sounding).sum() > 0 ? 0 : (tick - lastOfAll) / (double) Score.TICKS_PER_QUARTER;
    }
}
