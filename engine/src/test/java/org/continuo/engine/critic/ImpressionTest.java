package org.continuo.engine.critic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class ImpressionTest {
    private static final int QUARTER = Score.TICKS_PER_QUARTER;
    private static final int BAR = 4 * QUARTER;
    private static final int[] SCALE = {60, 62, 64, 65, 67, 69, 71, 72};

    /** Eight bars of a scale in quarters, then eight bars with these pitches, a quarter each; none where it is 0. */
    private static Map<String, Double> after(int... pitches) {
        List<Note> notes = new ArrayList<>();
        for (int quarter = 0; quarter < 64; quarter++) {
            int pitch = quarter < 32 ? SCALE[quarter % 8] : pitches[quarter % pitches.length];
            if (pitch > 0) {
                notes.add(new Note(Instrument.PIANO, pitch, 4, quarter * QUARTER, (quarter + 1) * QUARTER));
            }
        }
        return Impression.of(new Score(MeterMap.of(Meter.COMMON), notes), 8 * BAR, 16 * BAR);
    }

    @Test
    void whatGoesOnAsItWasHasMovedNowhereAndTakesUpEverything() {
        Map<String, Double> impression = after(SCALE);

        assertEquals(1, impression.get("takes_up"));
        assertEquals(1, impression.get("like_2_before"));
        assertEquals(0, impression.get("density_moved"), 1e-9);
        assertEquals(0, impression.get("interval_moved"), 1e-2);
        assertEquals(0, impression.get("instruments_lost"));
    }

    @Test
    void aBarOverAndOverIsALoopAndNothingIsASilence() {
        assertEquals(1, after(60, 64, 67, 72).get("looping"));
        assertEquals(1, after(0).get("silent"));
        assertEquals(1, after(0).get("instruments_lost"));
    }

    @Test
    void leapsAndForeignPitchesAreNoticed() {
        Map<String, Double> wild = after(61, 86, 39, 68, 89, 42, 60, 83);

        assertTrue(wild.get("interval_moved") > 10, wild.toString());
        assertTrue(wild.get("wide_leaps") > 0.5, wild.toString());
        assertTrue(wild.get("in_key") < after(SCALE).get("in_key"), wild.toString());
    }

    @Test
    void theNamesAreTheSameWhateverThereIsToHear() {
        assertEquals(List.copyOf(after(SCALE).keySet()), List.copyOf(after(0).keySet()));
        Score nothing = new Score(MeterMap.of(Meter.COMMON), List.of());
        assertEquals(
                List.copyOf(after(SCALE).keySet()),
                List.copyOf(Impression.of(nothing, 0, BAR).keySet()));
    }
}
