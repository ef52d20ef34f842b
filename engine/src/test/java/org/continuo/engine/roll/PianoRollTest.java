package org.continuo.engine.roll;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PianoRollTest {
    private static final MeterMap METERS = MeterMap.of(Meter.COMMON);
    private static final int BAR = 96;

    @Test
    void shouldShowALoudNewNoteInItsInstrumentsFullColor() {
        for (Instrument instrument : Instrument.values()) {
            Note note = note(instrument, 60, BAR, BAR + 48);

            int[] found = find(roll(List.of(note), BAR, 2 * BAR), color(instrument));

            assertTrue(found[2] > 8, instrument.label());
        }
    }

    @Test
    void shouldGiveEveryInstrumentAColorOfItsOwn() {
        Set<Integer> colors = new HashSet<>();
        for (Instrument instrument : Instrument.values()) {
            colors.add(color(instrument));
        }

        assertEquals(Instrument.COUNT, colors.size());
    }

    @Test
    void shouldPutLaterNotesFurtherRightAndHigherNotesFurtherUp() {
        Note low = note(Instrument.FLUTE, 60, 0, 24);
        Note high = note(Instrument.HARP, 72, 48, 72);

        PianoRoll roll = roll(List.of(low, high), 0, BAR);

        int[] first = find(roll, color(Instrument.FLUTE));
        int[] second = find(roll, color(Instrument.HARP));
        assertTrue(second[0] > first[0], "x " + first[0] + " then " + second[0]);
        assertTrue(second[1] < first[1], "y " + first[1] + " then " + second[1]);
    }

    @Test
    void shouldStartANoteAtTheJoinRightOfTheLine() {
        Note note = note(Instrument.PIANO, 60, BAR, BAR + 24);
        RollLayout layout = new RollLayout(METERS, List.of(note), 2 * BAR);
        BufferedImage image = roll(List.of(note), BAR, 2 * BAR).draw();
        int x = layout.x(layout.systems().get(0), BAR);
        int y = layout.y(0, 60) + 1;

        assertEquals(RollColors.JOIN.getRGB(), image.getRGB(x, y));
        assertEquals(color(Instrument.PIANO), image.getRGB(x + 1, y));
    }

    @Test
    void shouldShowGivenNotesDimmerThanNewOnes() {
        Note note = note(Instrument.FLUTE, 72, 0, 24);

        assertEquals(0, find(roll(List.of(note), BAR, 2 * BAR), color(Instrument.FLUTE))[2]);
    }

    @Test
    void shouldShowSofterNotesDarker() {
        Note soft = new Note(Instrument.CELLO, 50, 1, 0, 24);
        Note loud = new Note(Instrument.CELLO, 50, 7, 0, 24);

        assertTrue(
                RollColors.of(soft, false).getRed() < RollColors.of(loud, false).getRed());
    }

    @Test
    void shouldKeepAShortNoteInViewUnderALongOne() {
        Note longNote = note(Instrument.PIANO, 60, 0, 4 * BAR);
        Note shortNote = note(Instrument.VIOLIN, 60, BAR, BAR + 12);

        assertNotEquals(0, find(roll(List.of(shortNote, longNote), 0, 4 * BAR), color(Instrument.VIOLIN))[2]);
    }

    @Test
    void shouldDrawNoNoteWhereThereIsNone() {
        PianoRoll roll = roll(List.of(), 0, 0);

        for (Instrument instrument : Instrument.values()) {
            assertEquals(0, find(roll, color(instrument))[2], instrument.label());
        }
    }

    @Test
    void shouldBoundThePictureWhateverTheMusic() {
        long seed = 4;
        Random random = new Random(seed);
        for (int bars : new int[] {1, 7, 300, 16_384}) {
            List<Note> notes = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                Instrument instrument = Instrument.ofIndex(random.nextInt(Instrument.COUNT));
                int start = random.nextInt(bars * BAR);
                int pitch = instrument.lowestPitch() + random.nextInt(instrument.pitchCount());
                notes.add(note(instrument, pitch, start, start + 1 + random.nextInt(96)));
            }

            BufferedImage image = roll(notes, BAR / 2, bars * BAR).draw();

            assertEquals(1600, image.getWidth());
            assertTrue(image.getHeight() < 6500, bars + " bars: " + image.getHeight() + " high, seed " + seed);
        }
    }

    @Test
    void shouldShowWholeBarsInEverySystemWhateverTheMeters() {
        MeterMap changing = MeterMap.of(List.of(
                new MeterMap.Change(0, new Meter(3, 8)),
                new MeterMap.Change(50, new Meter(255, 4)),
                new MeterMap.Change(20_000, new Meter(1, 64))));

        RollLayout layout = new RollLayout(changing, List.of(), 21_000);

        int reached = 0;
        for (RollLayout.System system : layout.systems()) {
            assertEquals(reached, system.startTick());
            assertTrue(layout.x(system, system.endTick()) <= RollLayout.WIDTH - RollLayout.RIGHT);
            reached = system.endTick();
        }
        assertTrue(reached >= 21_000, "reached " + reached);
    }

    @Test
    void shouldWriteTheSameFileEachTime(@TempDir Path folder) throws Exception {
        PianoRoll roll = roll(List.of(note(Instrument.PIANO, 60, 0, 24)), BAR, 2 * BAR);
        Path first = folder.resolve("first.png");
        Path second = folder.resolve("second.png");

        roll.write(first);
        roll.write(second);

        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
        assertEquals(1600, ImageIO.read(first.toFile()).getWidth());
    }

    private static Note note(Instrument instrument, int pitch, int start, int end) {
        return new Note(instrument, pitch, 7, start, instrument.sustains() ? end : start + 1);
    }

    private static PianoRoll roll(List<Note> notes, int join, int end) {
        return new PianoRoll("test", METERS, notes, join, end);
    }

    private static int color(Instrument instrument) {
        return PianoRoll.color(instrument).getRGB();
    }

    /** Where a color is below the legend: least x, least y, number of pixels. */
    private static int[] find(PianoRoll roll, int color) {
        BufferedImage image = roll.draw();
        int[] found = {Integer.MAX_VALUE, Integer.MAX_VALUE, 0};
        for (int y = RollLayout.TOP - 10; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) == color) {
                    found[0] = Math.min(found[0], x);
                    found[1] = Math.min(found[1], y);
                    found[2]++;
                }
            }
        }
        return found;
    }
}
