package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.NoteModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random sessions in a host: nothing doubled, nothing stuck, nothing off the grid, nothing that is not the model's. */
class HostScriptTest {
    private static final int ACTIONS = 10;
    private static final int PATIENCE_MINUTES = 4;

    private static NoteModel model;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() throws ModelException {
        model = BandModel.load();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void nothingIsDoubledStuckLateOrOffTheGrid() {
        run(0, 60);
    }

    @Test
    void norWhateverTheControlsDo() {
        runControlled(0, 100);
    }

    @Test
    @Tag("full")
    void norWhateverTheControlsDoInFiveThousandScripts() {
        runControlled(1_000, 6_000);
    }

    @Test
    void norIsAnythingStuckInAHostThatRunsAheadOfTheClock() {
        runStumbling(0, 100);
    }

    @Test
    @Tag("full")
    void norIsAnythingStuckInAHostThatRunsAheadOfTheClockInTwoThousandScripts() {
        runStumbling(1_000, 3_000);
    }

    @Test
    void nothingIsToldAfterAPlansEndWhereADrumThatSoundedAheadOfTheGridStandsThere() {
        new HostScript(model, 29, true, true).run(ACTIONS);
    }

    private static void runStumbling(long from, long to) {
        long notes = LongStream.range(from, to)
                .parallel()
                .map(seed -> {
                    HostScript script = new HostScript(model, seed, seed % 2 == 0, true);
                    script.run(ACTIONS);
                    return script.notes();
                })
                .sum();
        assertTrue(notes > 5 * (to - from), "only " + notes + " notes sounded");
    }

    private static void runControlled(long from, long to) {
        long notes = LongStream.range(from, to)
                .parallel()
                .map(HostScriptTest::playControlled)
                .sum();
        assertTrue(notes > 5 * (to - from), "only " + notes + " notes sounded");
    }

    @Test
    @Tag("full")
    void nothingIsDoubledStuckLateOrOffTheGridInTenThousandScripts() {
        run(1_000, 11_000);
    }

    @Test
    void theSameScriptAndSeedGiveTheSameBytes() {
        for (long seed = 0; seed < 6; seed++) {
            String first = new HostScript(model, seed).run(ACTIONS);
            assertEquals(first, new HostScript(model, seed).run(ACTIONS), "script seed " + seed);
        }
    }

    @Test
    void twoJavaMachinesSayTheSame() throws IOException, InterruptedException {
        assertEquals(digest(1), digest(1));
    }

    @Test
    @Tag("full")
    void aHundredRunsInTwoJavaMachinesSayTheSame() throws IOException, InterruptedException {
        assertEquals(digest(100), digest(100));
    }

    private String digest(int scripts) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "digest", "");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScriptDigest.class.getName(),
                        String.valueOf(scripts))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertTrue(other.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), "does not end");
        } finally {
            other.destroyForcibly();
        }
        assertEquals(0, other.exitValue());
        return Files.readString(said);
    }

    private static long playControlled(long seed) {
        HostScript script = new HostScript(model, seed, true, false);
        String said = script.run(ACTIONS);
        if (seed % 10 == 0) {
            assertEquals(said, new HostScript(model, seed, true, false).run(ACTIONS), "script seed " + seed);
        }
        return script.notes();
    }

    private static long play(long seed) {
        HostScript script = new HostScript(model, seed);
        script.run(ACTIONS);
        return script.notes();
    }

    private static void run(long from, long to) {
        long notes =
                LongStream.range(from, to).parallel().map(HostScriptTest::play).sum();
        assertTrue(notes > 10 * (to - from), "only " + notes + " notes sounded");
    }
}
