package org.continuo.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class OtherNotesTest {
    private static Score piano(int... pitches) {
        List<Note> notes = new java.util.ArrayList<>();
        for (int i = 0; i < pitches.length; i++) {
            notes.add(new Note(Instrument.PIANO, pitches[i], 4, 24 * i, 24 * i + 30));
        }
        return new Score(MeterMap.of(Meter.COMMON), notes);
    }

    @Test
    void shouldKeepTimesAndTakePitchesInOrderAndAgainFromTheStart() {
        Score heard = OtherNotes.on(piano(60, 62, 64, 65), piano(70, 71));
        assertEquals(
                List.of(70, 71, 70, 71), heard.notes().stream().map(Note::pitch).toList());
        assertEquals(
                List.of(0, 24, 48, 72), heard.notes().stream().map(Note::start).toList());
    }

    @Test
    void shouldDropWhatWouldOverlapItself() {
        assertEquals(2, OtherNotes.on(piano(60, 62, 64), piano(70)).notes().size());
    }

    @Test
    void shouldLeaveDrumsAsTheyAre() {
        Note stroke = new Note(Instrument.DRUMS, 38, 4, 0, 1);
        Score drums = new Score(MeterMap.of(Meter.COMMON), List.of(stroke));
        assertEquals(drums, OtherNotes.on(drums, piano(70)));
    }
}
