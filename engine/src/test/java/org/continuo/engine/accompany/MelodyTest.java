package org.continuo.engine.accompany;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class MelodyTest {
    private static Note piano(int pitch, int start, int end) {
        return new Note(Instrument.PIANO, pitch, 4, start, end);
    }

    private static Score score(Note... notes) {
        return new Score(MeterMap.of(Meter.COMMON), List.of(notes));
    }

    private static List<String> words(Melody melody) {
        return melody.score().notes().stream()
                .map(note -> note.pitch() + " " + note.start() + ".." + note.end())
                .toList();
    }

    @Test
    void theTopLineOfAClipIsItsMelodyMovedIntoASopranosRange() {
        Melody melody = Melody.of(score(
                new Note(Instrument.DRUMS, 36, 5, 0, 1),
                piano(48, 0, 48),
                piano(52, 0, 24),
                piano(45, 12, 24),
                piano(55, 24, 48)));

        assertEquals(1, melody.octaves());
        assertFalse(melody.isAll());
        assertEquals(List.of("64 0..24", "67 24..48"), words(melody));
    }

    @Test
    void aLineWhoseNotesRingIntoTheNextIsAllMelodyUpwardsAndDownwards() {
        Melody melody = Melody.of(score(piano(72, 0, 27), piano(71, 24, 51), piano(69, 48, 78), piano(71, 72, 96)));

        assertTrue(melody.isAll());
        assertEquals(List.of("72 0..24", "71 24..48", "69 48..72", "71 72..96"), words(melody));
    }

    @Test
    void sixteenthsUnderALongerNoteAreNoPartOfTheMelody() {
        Melody melody = Melody.of(score(
                piano(72, 0, 24),
                piano(60, 0, 6),
                piano(64, 6, 12),
                piano(67, 12, 18),
                piano(64, 18, 24),
                piano(74, 24, 48)));

        assertFalse(melody.isAll());
        assertEquals(List.of("72 0..24", "74 24..48"), words(melody));
    }

    @Test
    void aNoteThatThePedalHoldsGoesOnUntilTheNextAndDoesNotHideIt() {
        Score keys = score(piano(72, 0, 18), piano(71, 24, 42), piano(69, 48, 66));
        Score heard = score(piano(72, 0, 90), piano(71, 24, 90), piano(69, 48, 90));

        Melody melody = Melody.of(keys, heard);

        assertTrue(melody.isAll());
        assertEquals(List.of("72 0..24", "71 24..48", "69 48..90"), words(melody));
    }

    @Test
    void ofAChordThatAHandStrikesNotQuiteAtOnceTheHighestIsTaken() {
        Melody melody = Melody.of(score(
                piano(60, 0, 24),
                piano(67, 1, 24),
                piano(64, 2, 24),
                piano(72, 2, 24),
                piano(59, 47, 72),
                piano(71, 48, 72)));

        assertFalse(melody.isAll());
        assertEquals(List.of("72 2..24", "71 48..72"), words(melody));
    }
}
