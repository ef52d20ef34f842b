package org.continuo.bridge.daw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clips as text and as MIDI files. */
class ClipTextTest {
    private static final List<String> LINES = List.of(
            "length 7.5", "tempo 96", "meter 6 8", "program 2 33", "", "note 2 40 90 0 1.25", "note 0 60 80 3.5 0.5");

    @TempDir
    Path folder;

    @Test
    void aClipIsReadFromItsLines() {
        Clip clip = ClipText.read(LINES);
        assertEquals(7.5, clip.length());
        assertEquals(6, clip.numerator());
        assertEquals(Map.of(2, 33), clip.programs());
        assertEquals(new DawNote(0, 60, 80, 3.5, 0.5), clip.notes().get(1));
    }

    @Test
    void aWrongLineIsRefusedWithItsNumber() {
        for (String wrong : List.of(
                "note 0 60 80 1",
                "note 16 60 80 1 1",
                "note 0 128 80 1 1",
                "note 0 60 0 1 1",
                "note 0 60 80 -1 1",
                "note 0 60 80 1 0",
                "note 0 60 80 NaN 1",
                "note 0 60 eighty 1 1",
                "program 0 128",
                "rhythm 4")) {
            List<String> lines = new ArrayList<>(LINES);
            lines.set(4, wrong);
            String why = assertThrows(IllegalArgumentException.class, () -> ClipText.read(lines), wrong)
                    .getMessage();
            assertTrue(why.startsWith("line 5: "), why);
        }
        for (String wrong : List.of("length 0", "length Infinity", "tempo 4", "meter 4 3", "meter 0 4")) {
            List<String> lines = new ArrayList<>(LINES);
            lines.add(wrong);
            assertThrows(IllegalArgumentException.class, () -> ClipText.read(lines), wrong);
        }
    }

    @Test
    void aFileGivesBackWhatItHoldsBeyondTheClip() throws Exception {
        Clip clip = ClipText.read(LINES);
        List<DawNote> more = new ArrayList<>(clip.notes());
        more.add(new DawNote(2, 45, 70, 7.5, 1));
        Path file = folder.resolve("more.mid");
        ClipFile.write(new Clip(12, 96, 6, 8, clip.programs(), more), file);
        DawAnswer added = ClipFile.read(clip, file, true);
        assertEquals(List.of(new DawNote(2, 45, 70, 7.5, 1)), added.notes());
        assertEquals(7.5, added.from());
        assertEquals(12, added.until());
        assertEquals(
                List.of("from 7.500000", "until 12.000000", "part 2 33 bass", "note 2 45 70 7.500000 1.000000"),
                ClipText.write(added));
    }
}
