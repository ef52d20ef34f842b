package org.continuo.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final int[] C_MAJOR = {60, 62, 64, 65, 67, 69, 71, 72};

    /** Two bars of the C major scale in quarters, held down to the next. */
    private static Score scale() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            notes.add(new Note(Instrument.PIANO, C_MAJOR[i], 4, 24 * i, 24 * i + 24));
        }
        return new Score(MeterMap.of(Meter.COMMON), notes);
    }

    private static Note bass(int pitch, int start) {
        return new Note(Instrument.BASS, pitch, 4, start, start + 12);
    }

    @Test
    void shouldCountThirdsAndFifthsBelowAsConsonantAndSecondsNot() {
        Agreement agreement = Agreement.of(scale(), List.of(bass(45, 0), bass(41, 96), bass(43, 120), bass(46, 24)));
        // A under C, F under G (a ninth: not), G under A (not), B flat under D
        assertEquals(2.0 / 4, agreement.consonance(), 1e-9);
    }

    @Test
    void shouldCountNotesOutsideTheMusiciansKey() {
        assertEquals(
                0.5, Agreement.of(scale(), List.of(bass(36, 0), bass(37, 24))).key(), 1e-9);
    }

    @Test
    void shouldCountStartsBesideTheMusiciansPlacesOfTheBarAsUnmetrical() {
        assertEquals(
                2.0 / 3,
                Agreement.of(scale(), List.of(bass(36, 1), bass(36, 48), bass(36, 60)))
                        .metre(),
                1e-9);
    }

    @Test
    void shouldAskNeitherConsonanceNorKeyOfDrums() {
        Note stroke = new Note(Instrument.DRUMS, 38, 4, 24, 25);
        Agreement agreement = Agreement.of(scale(), List.of(stroke));
        assertTrue(Double.isNaN(agreement.consonance()) && Double.isNaN(agreement.key()));
        assertEquals(1, agreement.metre());
    }

    @Test
    void shouldLeaveFiguresUndefinedForAnEmptyAnswer() {
        Agreement agreement = Agreement.of(scale(), List.of());
        assertTrue(Double.isNaN(agreement.metre()));
        assertEquals(0, agreement.starts());
    }
}
