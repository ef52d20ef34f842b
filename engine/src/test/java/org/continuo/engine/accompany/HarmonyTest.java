package org.continuo.engine.accompany;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class HarmonyTest {
    private static final Harmony C = new Harmony(0);
    private static final int E_G_C = 1 << 4 | 1 << 7 | 1;

    @Test
    void triadsAndSeventhChordsAreChordsAndClustersAreNot() {
        assertTrue(C.isChord(E_G_C, 52, true));
        assertTrue(C.isChord(1 << 7 | 1 << 11 | 1 << 2 | 1 << 5, 55, true), "a dominant seventh");
        assertFalse(C.isChord(1 | 1 << 1 | 1 << 2, -1, false));
    }

    @Test
    void aChordDoesNotStandOnItsFifthOrLackItsThird() {
        assertFalse(C.isChord(E_G_C, 55, true));
        assertFalse(C.isChord(1 | 1 << 7, 48, true));
        assertTrue(C.isChord(1 | 1 << 7, 48, false), "the third may still come");
    }

    @Test
    void theLastChordIsTheTonicOnItsRoot() {
        assertTrue(C.isTonic(E_G_C, 48));
        assertFalse(C.isTonic(E_G_C, 52));
        assertFalse(C.isTonic(1 << 7 | 1 << 11 | 1 << 2, -1));
    }

    @Test
    void minorHasBothSixthsAndSevenths() {
        Harmony a = new Harmony(12 + 9);
        for (int pitch : new int[] {57, 59, 60, 62, 64, 65, 66, 67, 68}) {
            assertTrue(a.isInScale(pitch), "pitch " + pitch);
        }
        assertFalse(a.isInScale(58));
        assertTrue(a.isLeadingNote(68));
    }

    @Test
    void theLastNoteTellsRelativeKeysApart() {
        assertEquals(0, Harmony.keyOf(melody(60, 62, 64, 65, 67, 69, 64, 62, 60)));
        assertEquals(12 + 9, Harmony.keyOf(melody(60, 62, 64, 65, 67, 69, 64, 60, 57)));
    }

    private static Score melody(int... pitches) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < pitches.length; i++) {
            notes.add(new Note(Instrument.VIOLIN, pitches[i], 5, i * 24, i * 24 + 24));
        }
        return new Score(MeterMap.of(Meter.COMMON), notes);
    }
}
