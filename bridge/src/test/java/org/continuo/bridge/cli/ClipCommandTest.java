package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.continuo.bridge.daw.FakeLive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clips of workstations, with the shipped model. */
class ClipCommandTest {
    private static final List<String> TUNE =
            List.of("length 8", "note 0 60 90 0 0.9", "note 0 64 90 2 0.9", "note 0 67 90 4 0.9", "note 0 72 90 6 0.9");

    @TempDir
    Path folder;

    private List<String> made(String work, Object... options) throws Exception {
        Path clip = Files.write(folder.resolve("clip.txt"), TUNE);
        Path out = folder.resolve("out.txt");
        Object[] words = new Object[5 + options.length];
        List.of("clip", work, clip, "-o", out).toArray(words);
        System.arraycopy(options, 0, words, 5, options.length);
        CalledContinuo called = CalledContinuo.with(words);
        assertEquals(0, called.code(), called.err());
        return Files.readAllLines(out);
    }

    private static List<String> notes(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("note ")).toList();
    }

    @Test
    void aContinuationHasNoNoteBeforeTheClipsEnd() throws Exception {
        List<String> lines = made("continue", "--", "--bars", 2, "--seed", 1);
        assertTrue(lines.contains("from 8.000000"), lines::toString);
        assertFalse(notes(lines).isEmpty());
        for (String note : notes(lines)) {
            double at = Double.parseDouble(note.split(" ")[4]);
            assertTrue(at >= 8 && at < 16, note);
        }
    }

    @Test
    void theClipItselfIsNotWrittenOver() throws Exception {
        Path clip = Files.write(folder.resolve("clip.txt"), TUNE);
        CalledContinuo called = CalledContinuo.with("clip", "continue", clip, "-o", clip);
        assertEquals(2, called.code());
        assertTrue(called.complainsInOneLine(), called.err());
        assertEquals(TUNE, Files.readAllLines(clip));
    }

    @Test
    void aClipThatIsSilentAtItsEndIsStillContinuedAfterIt() throws Exception {
        Path clip = Files.write(
                folder.resolve("silent.txt"), List.of("length 15", "note 0 60 90 0 1", "note 0 64 90 4.2 0.5"));
        Path out = folder.resolve("out.txt");
        CalledContinuo called =
                CalledContinuo.with("clip", "continue", clip, "-o", out, "--", "--bars", 2, "--seed", 1);
        assertEquals(0, called.code(), called.err());
        for (String note : notes(Files.readAllLines(out))) {
            assertTrue(Double.parseDouble(note.split(" ")[4]) >= 15, note);
        }
    }

    @Test
    void partsBesideTheClipAreNamedAndAreNotTheClip() throws Exception {
        List<String> lines = made("accompany", "--", "--with", "bass", "--seed", 2);
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("part ") && line.endsWith(" bass")), lines::toString);
        assertTrue(notes(lines).stream().noneMatch(note -> note.startsWith("note 0 ")), lines::toString);
    }

    @Test
    void anOptionThatTheCommandDoesNotTakeIsAWrongCall() throws Exception {
        Path clip = Files.write(folder.resolve("clip.txt"), TUNE);
        CalledContinuo called =
                CalledContinuo.with("clip", "continue", clip, "-o", folder.resolve("o"), "--", "--style", "nosuch");
        assertEquals(2, called.code());
        assertTrue(called.complainsInOneLine(), called.err());
        CalledContinuo several =
                CalledContinuo.with("clip", "continue", clip, "-o", folder.resolve("o"), "--", "--takes", 2);
        assertEquals(2, several.code());
        assertFalse(Files.exists(folder.resolve("o")));
    }

    @Test
    void whatFailedIsSaidAndNotWhatWasRemarkedBefore() throws Exception {
        Path chord =
                Files.write(folder.resolve("chord.txt"), List.of("length 4", "note 0 60 90 0 4", "note 0 64 90 0 4"));
        Path none = folder.resolve("none");
        CalledContinuo called =
                CalledContinuo.with("clip", "harmonize", chord, "-o", folder.resolve("o"), "--", "--model", none);
        assertEquals(1, called.code());
        assertTrue(called.complainsInOneLine() && called.err().contains(none.toString()), called.err());
    }

    @Test
    void aClipWithoutNotesAndADamagedOneAreRefusedInALine() throws Exception {
        for (List<String> lines : List.of(List.of("length 8"), List.of("length 8", "note 0"))) {
            Path clip = Files.write(folder.resolve("clip.txt"), lines);
            CalledContinuo called = CalledContinuo.with("clip", "continue", clip, "-o", folder.resolve("o"));
            assertEquals(1, called.code());
            assertTrue(called.complainsInOneLine(), called.err());
        }
    }

    @Test
    void livesSelectedClipIsContinuedInTheSlotBelow() throws Exception {
        try (FakeLive live = new FakeLive()) {
            live.put(0, 6f, 60, 0f, 1f, 100f, false, 64, 1f, 1f, 90f, false, 67, 2f, 1f, 90f, false);
            CalledContinuo called = CalledContinuo.with(
                    "live-clip",
                    "continue",
                    "--port",
                    live.port(),
                    "--replies",
                    live.replies(),
                    "--",
                    "--bars",
                    2,
                    "--seed",
                    1);
            assertEquals(0, called.code(), called.err());
            List<Object> made = live.clip(0, 1);
            assertEquals(6f, made.get(0), "two bars of three quarters");
            assertTrue(made.size() > 2, "no notes");
            assertEquals("Continuo: continue", made.get(1));
        }
    }
}
