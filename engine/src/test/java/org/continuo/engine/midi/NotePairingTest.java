package org.continuo.engine.midi;

import static org.continuo.engine.midi.SmfBytes.events;
import static org.continuo.engine.midi.SmfBytes.file;
import static org.continuo.engine.midi.SmfBytes.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NotePairingTest {
    @Test
    void aNoteOnOfVelocityZeroEndsTheNote() throws MidiFileException {
        assertEquals(List.of("0-10"), spans(of(0, 0x90, 60, 90, 10, 0x90, 60, 0)));
    }

    @Test
    void theFirstEndBelongsToTheFirstStart() throws MidiFileException {
        assertEquals(
                List.of("0-20", "10-30"),
                spans(of(0, 0x90, 60, 90, 10, 0x90, 60, 80, 10, 0x80, 60, 0, 10, 0x80, 60, 0)));
    }

    @Test
    void aNoteWithoutEndStopsAtTheNextStartOfItsPitch() throws MidiFileException {
        assertEquals(
                List.of("0-10", "10-20", "30-40"),
                spans(of(0, 0x90, 60, 90, 10, 60, 90, 10, 60, 0, 10, 60, 90, 10, 60, 0)));
    }

    @Test
    void aKeyStruckTwiceInOneTickEndsOnce() throws MidiFileException {
        assertEquals(
                List.of("0-20", "0-20", "30-40"),
                spans(of(0, 0x90, 60, 90, 0, 60, 70, 20, 60, 0, 10, 60, 90, 10, 60, 0)));
        assertEquals(List.of("0-20", "0-20"), spans(of(0, 0x90, 60, 90, 0, 60, 70, 20, 0xb0, 7, 100)));
    }

    @Test
    void aNoteWithoutAnyEndStopsWithItsTrack() throws MidiFileException {
        assertEquals(List.of("0-50"), spans(of(0, 0x90, 60, 90, 50, 0xb0, 7, 100)));
    }

    @Test
    void aMissingEndLeavesEarlierChordsOfTheKeyAlone() throws MidiFileException {
        assertEquals(List.of("0-10", "20-40"), spans(of(0, 0x90, 60, 90, 10, 60, 0, 10, 60, 90, 20, 0xb0, 7, 100)));
    }

    @Test
    void aNoteOfNoLengthLastsOneTick() throws MidiFileException {
        assertEquals(List.of("0-1"), spans(of(0, 0x90, 60, 90, 0, 60, 0)));
        assertEquals(1, file(0, 96).track(events(of(0, 0x90, 60, 90))).read().endTick());
    }

    @Test
    void allNotesOffEndsWhatSoundsOnItsChannel() throws MidiFileException {
        assertEquals(
                List.of("0-20", "0-20", "0-30"),
                spans(of(0, 0x90, 60, 90, 0, 64, 90, 0, 0x91, 67, 90, 20, 0xb0, 123, 0, 10, 0x81, 67, 0)));
    }

    @Test
    void anEndWithoutStartIsNothing() throws MidiFileException {
        assertEquals(List.of("5-9"), spans(of(0, 0x80, 60, 0, 5, 0x90, 60, 1, 4, 60, 0, 3, 60, 0)));
    }

    private static List<String> spans(int[] content) throws MidiFileException {
        return file(0, 96).track(events(content)).read().notes().stream()
                .map(note -> note.start() + "-" + note.end())
                .toList();
    }
}
