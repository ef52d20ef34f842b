package org.continuo.engine.midi;

import static org.continuo.engine.midi.SmfBytes.events;
import static org.continuo.engine.midi.SmfBytes.file;
import static org.continuo.engine.midi.SmfBytes.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class ClipQuantizerTest {
    @Test
    void placesGoToTheNearestTickOfTheGridTiesUp() {
        assertEquals(0, ClipQuantizer.gridTick(9, 480));
        assertEquals(1, ClipQuantizer.gridTick(10, 480));
        assertEquals(1, ClipQuantizer.gridTick(29, 480));
        assertEquals(2, ClipQuantizer.gridTick(30, 480));
        assertEquals(24 * MidiLimits.QUARTERS, ClipQuantizer.gridTick(MidiLimits.QUARTERS * 32_767L, 32_767));
    }

    @Test
    void aNoteLastsAtLeastOneTickAndADrumStrokeExactlyOne() throws MidiFileException {
        Score score = read(480, of(0, 0x90, 60, 100, 1, 60, 0, 0, 0x99, 36, 127, 0x83, 0x60, 36, 0));

        assertEquals(
                List.of(new Note(Instrument.PIANO, 60, 6, 0, 1), new Note(Instrument.DRUMS, 36, 7, 0, 1)),
                score.notes());
    }

    @Test
    void equalStartsBecomeTheLongerAndLouderNote() throws MidiFileException {
        Score score = read(24, of(0, 0x90, 60, 100, 0, 0x91, 60, 20, 10, 0x80, 60, 0, 10, 0x81, 60, 0));

        assertEquals(List.of(new Note(Instrument.PIANO, 60, 6, 0, 20)), score.notes());
    }

    @Test
    void theEarlierEndsWhereTheLaterStarts() throws MidiFileException {
        Score score = read(24, of(0, 0x90, 60, 100, 10, 0x91, 60, 20, 10, 0x81, 60, 0, 10, 0x80, 60, 0));

        assertEquals(
                List.of(new Note(Instrument.PIANO, 60, 6, 0, 10), new Note(Instrument.PIANO, 60, 1, 10, 20)),
                score.notes());
    }

    @Test
    void pitchesBeyondTheInstrumentFoldIn() throws MidiFileException {
        Score score = read(24, of(0, 0xc0, 33), of(0, 0x90, 127, 100, 10, 127, 0));

        assertEquals(List.of(new Note(Instrument.BASS, 67, 6, 0, 10)), score.notes());
    }

    @Test
    void aMeterInMidBarStartsABar() throws MidiFileException {
        Score score = read(
                24,
                of(0, 0xff, 0x58, 4, 1, 2, 24, 8, 0, 0x90, 60, 9, 24, 60, 0),
                of(0, 0xff, 0x58, 4, 3, 2, 24, 8),
                of(36, 0xff, 0x58, 4, 3, 2, 24, 8),
                of(0, 0x90, 62, 9, 72, 62, 0, 0, 0xff, 0x58, 4, 3, 2, 24, 8));

        assertEquals(
                MeterMap.of(List.of(
                        new MeterMap.Change(0, new Meter(1, 4)),
                        new MeterMap.Change(24, new Meter(3, 4)),
                        new MeterMap.Change(60, new Meter(3, 4)))),
                score.meters());
    }

    @Test
    void noMeterIsCommonTime() throws MidiFileException {
        assertEquals(
                MeterMap.of(Meter.COMMON),
                read(24, of(0, 0x90, 60, 9, 24, 60, 0)).meters());
    }

    @Test
    void wholeBarsOfSilenceBeforeTheMusicAreLeftOut() throws MidiFileException {
        GridClip clip = place(
                48,
                of(0, 0xff, 0x58, 4, 3, 2, 24, 8),
                of(0x86, 0x00, 0x90, 60, 9, 48, 60, 0),
                of(0x81, 0x40, 0xff, 0x58, 4, 2, 2, 24, 8));

        // The note comes 768 file ticks in: 384 on the grid, in the sixth bar of 72.
        assertEquals(5, clip.leadingBars());
        assertEquals(360, clip.origin());
        assertEquals(24, clip.score().notes().get(0).start());
        assertEquals(768, clip.clipTick(24));
        assertEquals(24, clip.gridTick(768));
        assertEquals(-360, clip.gridTick(0));
        assertEquals(
                List.of(new MeterMap.Change(0, new Meter(3, 4)), new MeterMap.Change(144, new Meter(2, 4))),
                clip.score().meters().changes());
    }

    @Test
    void musicGoesOnAtTheBeatAfterTheLastKeyComesUp() throws MidiFileException {
        assertEquals(0, place(24).joinTick());
        assertEquals(24, place(24, of(0, 0x90, 60, 9, 9, 60, 0)).joinTick());
        assertEquals(96, place(24, of(0, 0x90, 60, 9, 96, 60, 0)).joinTick());
        assertEquals(96, place(24, of(0, 0x90, 60, 9, 102, 60, 0)).joinTick(), "rings over by a sixteenth");
        assertEquals(120, place(24, of(0, 0x90, 60, 9, 103, 60, 0)).joinTick());
        assertEquals(
                120,
                place(24, of(0, 0x90, 60, 9, 9, 60, 0, 87, 60, 9, 2, 60, 0)).joinTick(),
                "starts in the second bar");
    }

    @Test
    void musicGoesOnAfterALastNoteThatIsShorterThanTheGrid() throws MidiFileException {
        assertEquals(24, place(480, of(0, 0x90, 60, 9, 5, 60, 0)).joinTick(), "the only note");
        assertEquals(
                120,
                place(480, of(0, 0x90, 60, 9, 5, 60, 0, 0x8e, 0x7b, 60, 9, 5, 60, 0))
                        .joinTick(),
                "on the second bar line");
    }

    @Test
    void musicGoesOnAtTheNextBarLineWhereTheFileEndsThere() throws MidiFileException {
        assertEquals(
                96, place(24, of(0, 0x90, 60, 9, 9, 60, 0, 87, 0xb0, 7, 100)).joinTick());
    }

    @Test
    void musicDoesNotWaitForThePedal() throws MidiFileException {
        assertEquals(
                24,
                place(24, of(0, 0xb0, 64, 127, 0, 0x90, 60, 9, 9, 60, 0, 127, 0xb0, 64, 0))
                        .joinTick());
    }

    private static Score read(int resolution, int[]... parts) throws MidiFileException {
        return place(resolution, parts).score();
    }

    private static GridClip place(int resolution, int[]... parts) throws MidiFileException {
        return ClipQuantizer.place(file(0, resolution).track(events(parts)).read());
    }
}
