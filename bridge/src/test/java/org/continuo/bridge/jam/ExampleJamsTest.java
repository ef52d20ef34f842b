package org.continuo.bridge.jam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.bridge.live.Engine;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example jams with the shipped model: each shows one mode or control, with the bounds of its effect in itself. */
@Execution(ExecutionMode.CONCURRENT)
class ExampleJamsTest {
    private static final Path FOLDER = Path.of("..", "installers", "examples", "jams");

    private static NoteModel model;

    @BeforeAll
    static void load() throws ModelException {
        model = NoteModel.load(ModelFolder.shipped("s"));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    static List<Path> jams() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".jam"))
                    .sorted()
                    .toList();
        }
    }

    private static JamResult play(JamScript script) {
        return ScriptedJam.onVirtualClock(script, model, Engine.SETTINGS).play(() -> true);
    }

    @ParameterizedTest
    @MethodSource("jams")
    void everyFigureIsInsideItsBoundsAndNothingIsLateStuckOrDoubled(Path file) throws IOException {
        JamScript script = JamScript.read(file);
        JamResult result = play(script);
        assertFalse(script.expectations().isEmpty(), "a jam that shows nothing");
        for (Expectation expected : script.expectations()) {
            double value = expected.figure().of(result);
            assertTrue(expected.isMet(value), () -> expected.what() + " is " + value + ", not " + expected.bounds());
        }
        JamCounts counts = result.counts();
        assertEquals(0, counts.late, "late");
        assertEquals(0, counts.stuck, "stuck");
        assertEquals(0, counts.doubled, "doubled");
        assertEquals(counts.planned, counts.sounded + counts.withdrawn, "a note sounds or is withdrawn");
    }

    @Test
    void moreNotesAreGotWhereMoreAreAskedFor() throws IOException {
        double last = 0;
        for (int asked : new int[] {2, 4, 8}) {
            JamScript script = JamScript.read(FOLDER.resolve("density-" + asked + ".jam"));
            double got = script.expectations().get(0).figure().of(play(script));
            assertTrue(got > last * 1.3, "asked for " + asked + ", got " + got + " after " + last);
            last = got;
        }
    }

    @Test
    void theSameScriptGivesTheSameNotes() throws IOException {
        JamScript script = JamScript.read(FOLDER.resolve("changes.jam"));
        assertEquals(play(script).played(), play(script).played());
    }
}
