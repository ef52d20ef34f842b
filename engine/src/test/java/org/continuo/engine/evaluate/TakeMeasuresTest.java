package org.continuo.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.continuo.engine.critic.BarPatterns;
import org.continuo.engine.critic.Traits;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class TakeMeasuresTest {
    private static final int BAR = 96;

    /** One quarter note at the beginning of each bar; no pitch is a rest. */
    private static Score bars(int... pitches) {
        List<Note> notes = new ArrayList<>();
        for (int bar = 0; bar < pitches.length; bar++) {
            if (pitches[bar] > 0) {
                notes.add(new Note(Instrument.PIANO, pitches[bar], 4, bar * BAR, bar * BAR + 24));
            }
        }
        return new Score(MeterMap.of(Meter.COMMON), notes);
    }

    @Test
    void aLoopIsAsLongAsBarsAreTheSame() {
        BarPatterns patterns = new BarPatterns(bars(60, 60, 60, 62, 62, 0, 0, 0, 60), 9);

        assertEquals(3, patterns.longestLoop(0));
        assertEquals(2, patterns.longestLoop(2));
        assertEquals(3, patterns.longestSilence(0), "silent bars are a silence, not a loop");
    }

    @Test
    void recallIsOneWhereTheThemeComesBackAndNoughtWhereNothingDoes() {
        BarPatterns theme = new BarPatterns(bars(60, 62), 2);
        BarPatterns later = new BarPatterns(bars(65, 65, 72, 62, 66, 68), 6);

        assertEquals(1, later.recall(2, 4, theme, 2), "an octave higher is the same theme");
        assertEquals(0, later.recall(4, 6, theme, 2));
        assertEquals(0.5, later.recall(3, 5, theme, 2));
        assertTrue(Double.isNaN(later.recall(6, 9, theme, 2)));
    }

    @Test
    void likeSamplesShareTheirAreaAndFarOnesNone() {
        Random random = new Random(3);
        double[] one = random.doubles(300).toArray();
        double[] two = random.doubles(300).toArray();
        double[] far = random.doubles(300).map(value -> value + 50).toArray();

        assertTrue(Overlap.area(one, two) > 0.9, "seed 3");
        assertTrue(Overlap.area(one, far) < 0.01, "seed 3");
        assertTrue(Double.isNaN(Overlap.area(one, new double[] {1, Double.NaN})));
    }

    @Test
    void traitsAreThoseOfTheStretch() {
        Score score = new Score(
                MeterMap.of(Meter.COMMON),
                List.of(
                        new Note(Instrument.PIANO, 100, 4, 0, 96),
                        new Note(Instrument.PIANO, 60, 4, 96, 144),
                        new Note(Instrument.BASS, 40, 4, 96, 120),
                        new Note(Instrument.DRUMS, 36, 4, 168, 169)));

        Traits traits = Traits.of(score, 96, 192);

        assertEquals(0.75, traits.density());
        assertEquals(1.5, traits.polyphony());
        assertEquals(50, traits.pitch());
        assertEquals(10, traits.spread());
        assertEquals(1.5, traits.length());
    }
}
