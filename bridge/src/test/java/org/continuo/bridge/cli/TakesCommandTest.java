package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiClip;
import org.continuo.engine.takes.Take;
import org.continuo.engine.takes.TakeNote;
import org.continuo.engine.takes.TakeTree;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a folder of takes; where something is played, with the model that is shipped. */
class TakesCommandTest {
    @TempDir
    Path folder;

    /** Six bars of a musician's piano and the model's bass, as a capture leaves them. */
    @BeforeEach
    void capture() throws Exception {
        List<TakeNote> notes = new ArrayList<>();
        for (int beat = 0; beat < 24; beat++) {
            notes.add(new TakeNote(false, 0, Instrument.PIANO, 60 + beat % 4 * 2, 90, beat, beat + 1));
            if (beat % 4 == 0) {
                notes.add(new TakeNote(true, 1, Instrument.BASS, 36, 80, beat, beat + 4));
            }
        }
        TakeTree.open(folder).add("captured", Meter.COMMON, 100, notes);
    }

    private CalledContinuo takes(Object... arguments) {
        List<Object> words = new ArrayList<>(List.of("takes", "--folder", folder));
        words.addAll(List.of(arguments));
        return CalledContinuo.with(words.toArray());
    }

    private String done(Object... arguments) {
        CalledContinuo call = takes(arguments);
        assertEquals(0, call.code(), call::err);
        return call.out().strip();
    }

    @Test
    void whatWasCapturedIsListedInALineAndAsJson() throws Exception {
        assertEquals("1  captured: 6 bars of 4/4, tempo 100, 30 notes, 6 of them Continuo's", done());
        JsonNode figures = new ObjectMapper().readTree(done("--json"));
        assertEquals(1, figures.get("number").asInt());
        assertEquals(6, figures.get("model_notes").asInt());
    }

    @Test
    void aTakeIsNamedAndItsBarsAreDiscardedAndKeptAgain() throws Exception {
        assertTrue(done("name", 1, "blues in A").startsWith("1  blues in A: "));
        assertTrue(takes("name", 1, " ").err().contains("' ' is no name for a take"));
        assertTrue(done("discard", 1, "2-4").endsWith("without bars 2-4"));
        Path file = folder.resolve("out.mid");
        assertEquals(file.toString(), done("export", 1, file));
        MidiClip clip = ClipReader.read(file);
        assertEquals(15, clip.notes().size());
        String line = done("keep", 1, 3);
        assertTrue(line.contains(" 20 notes") && line.endsWith("without bars 2, 4"), line);
    }

    @Test
    void theModelGoesOnFromABarAndWhatItPlaysIsATakeAndAFile() throws Exception {
        CalledContinuo call = takes("continue", 1, "--from", 5, "--bars", 2, "--seed", 3, "--takes", 2);

        assertEquals(0, call.code(), call::err);
        assertTrue(call.err().contains("kept as take 3"), call.err());
        TakeTree tree = TakeTree.open(folder);
        for (int number = 2; number <= 3; number++) {
            Take branch = tree.take(number);
            assertEquals(1, branch.parent());
            assertEquals(4, branch.fromBar());
            assertTrue(branch.notes().stream().allMatch(note -> note.model() && note.start() >= 16));
            MidiClip clip = ClipReader.read(folder.resolve("00" + number + " take 1 from bar 5.mid"));
            assertEquals(6 * 4 * clip.resolution(), clip.endTick());
            assertEquals(tree.music(number).size(), clip.notes().size());
        }
        assertTrue(done().contains("goes on from bar 5 of 1"));
        done("continue", 1, "--from", 5, "--bars", 1);
        assertTrue(Files.exists(folder.resolve("004 take 1 from bar 5.mid")));
    }

    @Test
    void eachOfTwoCallsAtOnceHasAFileOfItsOwn() throws Exception {
        Callable<CalledContinuo> call = () -> takes("continue", 1, "--from", 5, "--bars", 2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<CalledContinuo> made : threads.invokeAll(List.of(call, call))) {
                assertEquals(0, made.get().code(), made.get().err());
            }
        } finally {
            threads.shutdown();
        }

        TakeTree tree = TakeTree.open(folder);
        for (int number = 2; number <= 3; number++) {
            MidiClip clip = ClipReader.read(folder.resolve("00" + number + " take 1 from bar 5.mid"));
            assertEquals(tree.music(number).size(), clip.notes().size());
        }
    }

    @Test
    void theFileOfATakeThatWasRemovedIsNotWrittenOver() throws Exception {
        done("continue", 1, "--from", 5, "--bars", 1, "--seed", 1);
        Path kept = folder.resolve("002 take 1 from bar 5.mid");
        byte[] before = Files.readAllBytes(kept);
        done("remove", 2);

        done("continue", 1, "--from", 5, "--bars", 1, "--seed", 2);

        assertArrayEquals(before, Files.readAllBytes(kept));
        assertTrue(Files.exists(folder.resolve("003 take 1 from bar 5.mid")));
    }

    @Test
    void aTakeIsRemovedUnlessAnotherGoesOnFromIt() throws Exception {
        TakeTree.open(folder).branch(1, 2, "other", List.of());
        CalledContinuo refused = takes("remove", 1);
        assertEquals(1, refused.code());
        assertEquals(
                "continuo: take 2 goes on from take 1; remove that one first",
                refused.err().strip());
        done("remove", 2);
        done("remove", 1);
        CalledContinuo empty = takes();
        assertEquals(0, empty.code());
        assertTrue(empty.err().contains("nothing was captured yet"), empty.err());
    }

    @Test
    void aDamagedTakeIsSaidAndTheOthersAreListed() throws Exception {
        Files.writeString(folder.resolve("000002.take.json"), "damaged");
        CalledContinuo call = takes();
        assertEquals(0, call.code());
        assertEquals(1, call.out().lines().count());
        assertEquals(
                "continuo: 000002.take.json is no take; it is left as it is",
                call.err().strip());
    }

    @ParameterizedTest
    @CsvSource({
        "export 7 out.mid, 1, there is no take 7",
        "discard 1 0-3, 2, '0-3' is no bars",
        "discard 1 5-4, 2, '5-4' is no bars",
        "keep 1 all, 2, 'all' is no bars",
        "continue 1 --from 0, 2, --from 0: bars count from 1",
        "continue 1 --from 1, 1, nothing is played in take 1 before bar 1",
        "continue 1 --bars 0, 2, --bars 0 is not 1"
    })
    void whatCannotBeIsRefusedWithTheValue(String words, int code, String why) {
        CalledContinuo call = takes((Object[]) words.split(" "));

        assertEquals(code, call.code(), call::err);
        assertTrue(call.err().contains(why) && call.isPlain(), call.err());
    }

    @Test
    void aFolderThatIsNotThereIsNamedAndNotMade() {
        Path none = folder.resolve("none");
        CalledContinuo call = CalledContinuo.with("takes", "--folder", none);
        assertEquals(1, call.code());
        assertTrue(call.complainsInOneLine() && call.err().contains(none.toString()), call.err());
        assertTrue(Files.notExists(none));
    }
}
