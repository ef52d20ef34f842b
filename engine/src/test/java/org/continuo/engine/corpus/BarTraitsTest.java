package org.continuo.engine.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class BarTraitsTest {
    private static final int[] MAJOR_SCALE = {0, 2, 4, 5, 7, 9, 11, 12};

    @Test
    void aMajorScaleIsInItsKeyWhereverItStarts() {
        for (int tonic = 0; tonic < 12; tonic++) {
            BarTraits traits = BarTraits.of(scale(60 + tonic, 24));

            assertEquals(tonic, traits.key(0), "tonic " + tonic);
        }
    }

    @Test
    void drumsAndAFewNotesHaveNoKey() {
        Score beat = score(List.of(new Note(Instrument.DRUMS, 36, 5, 0, 1), new Note(Instrument.PIANO, 60, 5, 0, 24)));

        assertEquals(BarTraits.UNKNOWN, BarTraits.of(beat).key(0));
    }

    @Test
    void densityCountsTheStartsOfTheBarsAhead() {
        assertEquals(FeatureLayout.densityValue(1), BarTraits.of(scale(60, 24)).density(0));
        assertEquals(FeatureLayout.densityValue(2), BarTraits.of(scale(60, 12)).density(0));
    }

    @Test
    void densityGoesToTheNearestRatio() {
        assertEquals(1.0, FeatureLayout.DENSITIES.get(FeatureLayout.densityValue(1.2)));
        assertEquals(1.5, FeatureLayout.DENSITIES.get(FeatureLayout.densityValue(1.3)));
        assertEquals(0.25, FeatureLayout.DENSITIES.get(FeatureLayout.densityValue(0)));
        assertEquals(16.0, FeatureLayout.DENSITIES.get(FeatureLayout.densityValue(1000)));
    }

    private static Score scale(int tonic, int step) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < MAJOR_SCALE.length; i++) {
            notes.add(new Note(Instrument.PIANO, tonic + MAJOR_SCALE[i], 4, i * step, (i + 1) * step));
        }
        return score(notes);
    }

    private static Score score(List<Note> notes) {
        return new Score(MeterMap.of(Meter.COMMON), notes);
    }
}
