package org.continuo.engine.midi;

import static org.continuo.engine.midi.SmfBytes.events;
import static org.continuo.engine.midi.SmfBytes.file;
import static org.continuo.engine.midi.SmfBytes.of;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipReaderTest {
    private static final int[] C_FOR_96 = {0, 0x90, 60, 100, 96, 0x80, 60, 0};

    @Test
    void aNoteHasItsPlaceChannelProgramAndVelocity() throws MidiFileException {
        MidiClip clip = file(0, 96)
                .track(events(of(0, 0xc3, 40), of(10, 0x93, 67, 99), of(0x81, 0x00, 0x83, 67, 64)))
                .read();

        assertEquals(List.of(new ClipNote(0, 0, 3, 40, false, 67, 99, 10, 138)), clip.notes());
        assertEquals(96, clip.resolution());
        assertEquals(138, clip.endTick());
        assertEquals(List.of(), clip.remarks());
    }

    @Test
    void aProgramSetInOneTrackHoldsForItsChannelInAll() throws MidiFileException {
        MidiClip clip = file(1, 96)
                .track(events(of(0, 0xc2, 73)))
                .track(events(of(0, 0x92, 60, 1, 5, 0x92, 60, 0)))
                .read();

        assertEquals(73, clip.notes().get(0).program());
    }

    @Test
    void aProgramHoldsForTheNotesOfItsTickThoughTheFileHasItAfterThem() throws MidiFileException {
        MidiClip inOneTrack = file(0, 96)
                .track(events(of(0, 0x90, 60, 100, 0, 0xc0, 40, 96, 0x80, 60, 0), C_FOR_96))
                .read();
        MidiClip inALaterTrack = file(1, 96)
                .track(events(C_FOR_96, C_FOR_96))
                .track(events(of(0, 0xc0, 40)))
                .read();

        for (MidiClip clip : List.of(inOneTrack, inALaterTrack)) {
            assertEquals(
                    List.of(40, 40),
                    clip.notes().stream().map(ClipNote::program).toList());
        }
    }

    @Test
    void channelsOfTwoPortsAreNotTheSame() throws MidiFileException {
        MidiClip clip = file(1, 96)
                .track(events(of(0, 0xff, 0x21, 1, 0), of(0, 0xc0, 56), C_FOR_96))
                .track(events(of(0, 0xff, 0x21, 1, 1), of(0, 0xc0, 42), C_FOR_96))
                .read();

        assertEquals(56, clip.notes().get(0).program());
        assertEquals(42, clip.notes().get(1).program());
        assertEquals(1, clip.notes().get(1).port());
    }

    @Test
    void tempoAndMeterAreReadFromEveryTrack() throws MidiFileException {
        MidiClip clip = file(1, 480)
                .track(events(of(0, 0xff, 0x58, 4, 6, 3, 24, 8)))
                .track(events(of(0x83, 0x60, 0xff, 0x51, 3, 0x0f, 0x42, 0x40)))
                .read();

        assertEquals(List.of(new MeterChange(0, new Meter(6, 8))), clip.meters());
        assertEquals(List.of(new TempoChange(480, 1_000_000)), clip.tempos());
        assertEquals(0.5 + 1.0, clip.seconds(960), 1e-9);
    }

    @Test
    void impossibleMetersAndTemposAreLeftOut() throws MidiFileException {
        MidiClip clip = file(0, 96)
                .track(events(
                        of(0, 0xff, 0x58, 4, 0, 2, 24, 8),
                        of(0, 0xff, 0x58, 4, 4, 9, 24, 8),
                        of(0, 0xff, 0x58, 0),
                        of(0, 0xff, 0x51, 3, 0, 0, 0)))
                .read();

        assertEquals(List.of(), clip.meters());
        assertEquals(List.of(), clip.tempos());
    }

    @ParameterizedTest(name = "{0} frames of {1} ticks")
    @CsvSource({"24, 80, 960, 1", "25, 40, 500, 1", "25, 1, 25, 2", "30, 10, 150, 1", "29, 100, 1500, 1"})
    void smpteTimeIsExactAtAHundredAndTwenty(int frames, int ticks, int resolution, int factor)
            throws MidiFileException {
        MidiClip clip = file(0, (0x100 - frames) << 8 | ticks)
                .track(events(of(0, 0xff, 0x51, 3, 0x01, 0x00, 0x00), C_FOR_96))
                .read();

        double second = frames == 29 ? 30_000.0 / 1001 : frames;
        assertEquals(resolution, clip.resolution());
        assertEquals(96L * factor, clip.notes().get(0).end());
        assertEquals(96 / (second * ticks), clip.seconds(clip.notes().get(0).end()), 1e-9);
    }

    @Test
    void otherEventsAreKeptAsTheyAre() throws MidiFileException {
        MidiClip clip = file(0, 96)
                .track(events(
                        of(0, 0xf0, 5, 0x7e, 0x7f, 9, 1, 0xf7),
                        of(3, 0xe1, 0, 0x50),
                        of(4, 0xff, 5, 3, 'l', 'a', 'a'),
                        of(5, 0xb1, 11, 77)))
                .read();

        List<ClipEvent> events = clip.tracks().get(0).events();
        assertEquals(
                List.of(0L, 3L, 7L, 12L), events.stream().map(ClipEvent::tick).toList());
        assertArrayEquals(
                SmfBytes.bytes(0xf0, 0x7e, 0x7f, 9, 1, 0xf7), events.get(0).message());
        assertArrayEquals(SmfBytes.bytes(0xe1, 0, 0x50), events.get(1).message());
        assertArrayEquals(
                SmfBytes.bytes(0xff, 5, 3, 'l', 'a', 'a'), events.get(2).message());
        assertArrayEquals(SmfBytes.bytes(0xb1, 11, 77), events.get(3).message());
    }

    @Test
    void aTrackTellsItsName() throws MidiFileException {
        MidiClip clip =
                file(0, 96).track(events(of(0, 0xff, 3, 4, 'B', 'a', 's', 's'))).read();

        assertEquals("Bass", clip.tracks().get(0).name());
    }

    @Test
    void everyEventOfAWrittenFileReadsTheSame() throws MidiFileException {
        MidiClip clip = file(1, 96)
                .track(events(of(0, 0xff, 0x51, 3, 7, 0xa1, 0x20), of(0, 0xf0, 3, 0x7e, 1, 0xf7)))
                .track(events(of(0, 0xc0, 5), C_FOR_96, of(0, 0x90, 62, 1, 0, 62, 0, 96, 0xff, 1, 0)))
                .read();

        MidiClip again = ClipReader.read("again.mid", MidiWriter.bytes(clip));

        assertEquals(clip.tracks(), again.tracks());
        assertEquals(clip.notes(), again.notes());
    }
}
