package org.continuo.engine.midi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private static MidiClip read(Recording recording) throws MidiFileException {
        return ClipReader.read("recording", MidiWriter.bytes(recording, 16));
    }

    @Test
    void whatWasPlayedReadsBackWhereItWasPlayed() throws MidiFileException {
        Recording recording = new Recording();
        recording.tempo(0, 100);
        recording.tempo(4.5, 50);
        recording.meter(0, new Meter(7, 8));
        recording.note(false, 0, Instrument.PIANO, 60, 81, 1.0 / 3, 1.1);
        recording.note(true, 9, Instrument.DRUMS, 36, 120, 2, 2.25);
        MidiClip clip = read(recording);

        assertEquals(
                new ClipNote(1, 0, 0, 0, false, 60, 81, 320, 1056), clip.notes().get(0));
        assertEquals(9, clip.notes().get(1).channel());
        assertEquals(600_000, clip.tempos().get(0).microsPerQuarter());
        assertEquals(4320, clip.tempos().get(1).tick());
        assertEquals(new Meter(7, 8), clip.meters().get(0).meter());
        assertEquals(16 * 960, clip.endTick());
    }

    @Test
    void aPitchThatIsStruckAgainBeforeItsEndGoesOnAndNoNoteIsOfNoLength() throws MidiFileException {
        Recording recording = new Recording();
        recording.note(true, 0, Instrument.PIANO, 60, 80, 0, 2);
        recording.note(true, 0, Instrument.PIANO, 60, 80, 1, 1.5);
        recording.note(true, 0, Instrument.PIANO, 60, 80, 1.5, 3);
        recording.note(true, 0, Instrument.PIANO, 62, 80, 5, 5);
        MidiClip clip = read(recording);

        assertEquals(3, clip.notes().size());
        assertEquals(2 * 960, clip.notes().get(1).start());
        assertEquals(5 * 960 + 1, clip.notes().get(2).end());
    }

    @Test
    void everyInstrumentSoundsAsItselfWhicheverChannelItWasPlayedOn() throws MidiFileException {
        Recording recording = new Recording();
        recording.note(true, 3, Instrument.DRUMS, 36, 80, 0, 0.25);
        recording.note(false, 0, Instrument.PIANO, 60, 80, 1, 2);
        recording.note(true, 0, Instrument.BASS, 40, 80, 2, 3);
        recording.note(true, 9, Instrument.FLUTE, 72, 80, 3, 4);
        recording.note(true, 0, Instrument.PIANO, 64, 80, 4, 5);
        recording.note(false, 5, Instrument.PIANO, 67, 80, 5, 6);
        List<ClipNote> notes = read(recording).notes();

        assertEquals(
                List.of(
                        Instrument.DRUMS,
                        Instrument.PIANO,
                        Instrument.BASS,
                        Instrument.FLUTE,
                        Instrument.PIANO,
                        Instrument.PIANO),
                notes.stream().map(ClipNote::instrument).toList());
        assertEquals(
                List.of(9, 0, 1, 2, 0, 5), notes.stream().map(ClipNote::channel).toList());
    }
}
