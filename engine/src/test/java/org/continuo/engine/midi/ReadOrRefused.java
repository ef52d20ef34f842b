package org.continuo.engine.midi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** Reads a file that came from anyone: it is a clip that can be placed, gone on from and written, or refused in one line. */
final class ReadOrRefused {
    private ReadOrRefused() {}

    /** @return whether it was read */
    static boolean read(byte[] bytes) {
        try {
            GridClip clip = ClipQuantizer.place(ClipReader.read("hostile.mid", bytes));
            MidiWriter.bytes(
                    clip,
                    AddedMusic.continuing(
                            List.of(),
                            clip.score().meters(),
                            clip.joinTick(),
                            clip.score().meters().barStart(clip.score().bars())));
            return true;
        } catch (MidiFileException e) {
            assertTrue(e.getMessage().startsWith("hostile.mid: "), e.getMessage());
            assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
            return false;
        }
    }
}
