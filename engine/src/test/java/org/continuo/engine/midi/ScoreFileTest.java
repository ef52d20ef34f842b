package org.continuo.engine.midi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Scores;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class ScoreFileTest {
    @Property(tries = 300)
    void aScoreReadsBackTheSame(@ForAll long seed) throws MidiFileException {
        Score score = Scores.random(seed);

        GridClip read = ClipQuantizer.place(clip(MidiWriter.bytes(score, score.bars(), 500_000)));

        List<Note> back = new ArrayList<>();
        for (Note note : read.score().notes()) {
            back.add(new Note(
                    note.instrument(),
                    note.pitch(),
                    note.velocity(),
                    note.start() + read.origin(),
                    note.end() + read.origin()));
        }
        assertEquals(score.notes(), back, "seed " + seed);
        for (int bar = read.leadingBars(); bar < score.bars() && !back.isEmpty(); bar++) {
            int barRead = bar - read.leadingBars();
            assertEquals(
                    score.meters().barStart(bar),
                    read.score().meters().barStart(barRead) + read.origin(),
                    "bar " + bar + ", seed " + seed);
        }
    }

    @Property(tries = 100)
    void theSameScoreGivesTheSameBytes(@ForAll long seed) {
        assertArrayEquals(
                MidiWriter.bytes(Scores.random(seed), 9, 400_000), MidiWriter.bytes(Scores.random(seed), 9, 400_000));
    }

    @Test
    void eachInstrumentHasATrackAChannelAndItsProgram() throws MidiFileException {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < Instrument.COUNT; i++) {
            notes.add(new Note(Instrument.ofIndex(i), 60, 4, 0, 1));
        }
        MidiClip clip = clip(MidiWriter.bytes(new Score(MeterMap.of(new Meter(3, 4)), notes), 2, 600_000));

        assertEquals(
                List.of(
                        "",
                        "Piano",
                        "Violin",
                        "Cello",
                        "Bass",
                        "Guitar",
                        "Flute",
                        "Clarinet",
                        "Trumpet",
                        "Harp",
                        "Drums"),
                clip.tracks().stream().map(ClipTrack::name).toList());
        assertEquals(10, clip.notes().stream().map(ClipNote::channel).distinct().count());
        assertEquals(
                List.of(0, 40, 42, 33, 25, 73, 71, 56, 46, 0),
                clip.notes().stream().map(ClipNote::program).toList());
        assertEquals(
                List.of(ClipNote.DRUM_CHANNEL),
                clip.notes().stream()
                        .filter(note -> note.instrument() == Instrument.DRUMS)
                        .map(ClipNote::channel)
                        .toList());
        assertEquals(List.of(new TempoChange(0, 600_000)), clip.tempos());
        assertEquals(List.of(new MeterChange(0, new Meter(3, 4))), clip.meters());
        assertTrue(clip.tracks().stream().allMatch(track -> track.endTick() == 2 * 3 * 480));
    }

    @Test
    void aDrumStrokeIsWrittenLongEnoughToSoundAndEndsBeforeTheNext() throws MidiFileException {
        Score score = new Score(
                MeterMap.of(Meter.COMMON),
                List.of(
                        new Note(Instrument.DRUMS, 42, 4, 0, 1),
                        new Note(Instrument.DRUMS, 42, 4, 3, 4),
                        new Note(Instrument.DRUMS, 36, 4, 0, 1)));

        List<ClipNote> written = clip(MidiWriter.bytes(score, 1, 500_000)).notes();

        assertEquals(
                List.of(120L, 60L, 180L), written.stream().map(ClipNote::end).toList());
    }

    @Test
    void shouldRejectATempoThatTheFormatCannotSay() {
        Score score = new Score(MeterMap.of(Meter.COMMON), List.of());

        assertThrows(IllegalArgumentException.class, () -> MidiWriter.bytes(score, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> MidiWriter.bytes(score, 1, 1 << 24));
    }

    private static MidiClip clip(byte[] file) throws MidiFileException {
        MidiClip clip = ClipReader.read("written.mid", file);
        assertEquals(List.of(), clip.remarks());
        return clip;
    }
}
