package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.continuo.engine.token.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SPEC.md section 6.7. */
class ChordChartTest {
    private static int set(int... classes) {
        int set = 0;
        for (int one : classes) {
            set |= 1 << one;
        }
        return set;
    }

    @ParameterizedTest
    @CsvSource({
        "C, 0 4 7",
        "Am, 9 0 4",
        "F#m7b5, 6 9 0 4",
        "Bb7, 10 2 5 8",
        "Cb, 11 3 6",
        "B#, 0 4 7",
        "Dsus4, 2 7 9",
        "C/G, 0 4 7",
        "C/Bb, 0 4 7 10",
        "Ebmaj9, 3 7 10 2 5"
    })
    void aChordIsItsPitchClasses(String chord, String classes) {
        String[] words = classes.split(" ");
        int[] numbers = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = Integer.parseInt(words[i]);
        }
        assertEquals(set(numbers), ChordChart.of(chord).classes(0));
    }

    @Test
    void barsBeforeTheFirstCountBackAndAfterTheLastComesTheFirst() {
        ChordChart chart = ChordChart.of(" C % N.C.  G ");
        assertEquals(4, chart.bars());
        assertEquals(set(0, 4, 7), chart.classes(1));
        assertEquals(Scale.ALL, chart.classes(2));
        assertEquals(set(7, 11, 2), chart.classes(-1));
        assertEquals(set(0, 4, 7), chart.classes(4_000_000_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "H", "Cminor", "C,G", "c", "C/", "C//G", "C\tG"})
    void whatIsNoChartIsNone(String text) {
        assertNull(ChordChart.of(text));
    }

    @Test
    void aChartHasAtMost64Bars() {
        assertEquals(64, ChordChart.of("C ".repeat(64)).bars());
        assertNull(ChordChart.of("C ".repeat(65)));
    }

    @Test
    void aMinorScaleHasBothSevenths() {
        assertEquals(set(9, 11, 0, 2, 4, 5, 7, 8), Scale.of(12 + 9));
        assertEquals(set(7, 9, 11, 0, 2, 4, 6), Scale.of(7));
    }
}
