package org.continuo.engine.roll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class PianoRollTest {
    private static final MeterMap METERS = MeterMap.of(Meter.COMMON);

    @Test
    void aLoudNewNoteHasItsInstrumentsFullColor() {
        for (Instrument instrument : Instrument.values()) {
            int end = instrument.sustains() ? 144 : 97;
            Note note = new Note(instrument, 60, 7, 96, end);

            assertTrue(
                    pixels(
                                    roll(List.of(note), 96, 192),
                                    PianoRoll.color(instrument).getRGB())
                            > 8,
                    instrument.label());
        }
    }

    @Test
    void givenNotesAreDimmerThanNewOnes() {
        Note note = new Note(Instrument.FLUTE, 72, 7, 0, 24);

        assertEquals(0, pixels(roll(List.of(note), 96, 192), 0xff63e6e2));
    }

    @Test
    void aPieceOfAnyLengthHasAPictureOfBoundedSize() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            notes.add(new Note(Instrument.PIANO, 21 + i % 88, 5, i * 24, i * 24 + 24));
        }

        BufferedImage image = roll(notes, 96, 5000 * 24).draw();

        assertEquals(1600, image.getWidth());
        assertTrue(image.getHeight() < 6000, "height " + image.getHeight());
    }

    @Test
    void nothingToShowIsAnEmptyRoll() {
        assertEquals(
                0,
                pixels(roll(List.of(), 0, 0), PianoRoll.color(Instrument.PIANO).getRGB()));
    }

    private static PianoRoll roll(List<Note> notes, int join, int end) {
        return new PianoRoll("test", METERS, notes, join, end);
    }

    /** How many pixels below the legend have a color. */
    private static int pixels(PianoRoll roll, int color) {
        BufferedImage image = roll.draw();
        int count = 0;
        for (int y = RollLayout.TOP - 10; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == color ? 1 : 0;
            }
        }
        return count;
    }
}
