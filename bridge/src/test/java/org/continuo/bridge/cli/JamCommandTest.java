package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.continuo.bridge.jam.JamResult;
import org.continuo.bridge.jam.MidiPorts;
import org.continuo.bridge.jam.PluggedPorts;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiClip;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JamCommandTest {
    private static final String[] BAND = {
        "tempo 150",
        "part 0 piano musician",
        "part 1 bass model",
        "part 9 drums model",
        "note 0 60 80 1",
        "at 1 note 0 64 80 1"
    };

    @TempDir
    Path folder;

    private Path script(String name, String... more) throws IOException {
        return Files.writeString(
                folder.resolve(name), String.join("\n", BAND) + "\n" + String.join("\n", more) + "\nuntil 12\n");
    }

    @Test
    void aScriptIsPlayedToldAndWrittenAndTheSameAgain() throws Exception {
        Path script = script("one.jam", "expect notes-a-bar 0..100");
        Path first = folder.resolve("first.mid");
        Path second = folder.resolve("second.mid");
        CalledContinuo called = CalledContinuo.with("jam", "--script", script, "--json", "-o", first);
        assertEquals(0, called.code(), called.err());
        JsonNode figures = new ObjectMapper().readTree(called.out());
        assertEquals("one", figures.get("jam").asText());
        assertEquals(12, figures.get("quarters").asDouble());
        assertEquals(2, figures.get("struck").asInt());
        for (String none : new String[] {"late", "stuck", "doubled"}) {
            assertEquals(0, figures.get(none).asInt(), none);
        }
        assertEquals(
                figures.get("planned").asInt(),
                figures.get("sounded").asInt() + figures.get("withdrawn").asInt());
        assertTrue(figures.get("reaction_ms").get("p50").asDouble() > 0);
        assertTrue(figures.get("figures").get(0).get("met").asBoolean());

        MidiClip clip = ClipReader.read(first);
        assertEquals(2 + figures.get("sounded").asInt(), clip.notes().size());
        assertEquals(400_000, clip.tempos().get(0).microsPerQuarter());
        assertEquals(
                0, CalledContinuo.with("jam", "--script", script, "-o", second).code());
        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    }

    @Test
    void aFolderIsToldAsATableAndAFigureOutsideItsBoundsFails() throws Exception {
        script("a.jam", "expect notes-a-bar 0..100");
        script("b.jam", "set mode listen", "expect notes-a-bar 1..100");
        CalledContinuo called = CalledContinuo.with("jam", "--script", folder);
        assertEquals(1, called.code());
        assertTrue(called.out().lines().count() == 3, called.out());
        assertTrue(called.out().contains("NOT MET"), called.out());
        assertEquals("continuo: b: notes-a-bar is not 1..100", called.err().strip());
    }

    @Test
    void aScriptInRealTimeTakesItsTime() throws Exception {
        CalledContinuo called = CalledContinuo.with("jam", "--script", script("one.jam"), "--real-time", "--json");
        assertEquals(0, called.code(), called.err());
        JsonNode figures = new ObjectMapper().readTree(called.out());
        assertTrue(figures.get("seconds").asDouble() >= 12 * 60.0 / 150, called.out());
        assertEquals(0, figures.get("stuck").asInt() + figures.get("doubled").asInt());
    }

    @Test
    void whatCannotBePlayedIsSaidInOneLine() throws Exception {
        CalledContinuo wrong = CalledContinuo.with("jam", "--script", script("one.jam", "sing"));
        assertEquals(1, wrong.code());
        assertTrue(wrong.complainsInOneLine() && wrong.err().contains("one, line 7: 'sing'"), wrong.err());
        CalledContinuo missing = CalledContinuo.with("jam", "--script", folder.resolve("none.jam"));
        assertEquals(1, missing.code());
        assertTrue(missing.complainsInOneLine(), missing.err());
        CalledContinuo nowhere = CalledContinuo.with(
                "jam", "--script", script("one.jam"), "-o", folder.resolve("no").resolve("x.mid"));
        assertEquals(2, nowhere.code());
        assertTrue(nowhere.complainsInOneLine(), nowhere.err());
        CalledContinuo empty = CalledContinuo.with("jam", "--script", Files.createDirectory(folder.resolve("empty")));
        assertEquals(2, empty.code());
        assertTrue(empty.complainsInOneLine(), empty.err());
    }

    @Test
    void aHostThatStopsForEverIsNoJamToItsEnd() throws Exception {
        Path script = script("stops.jam", "at 4 stop", "at 8 start", "expect notes-between 8 12 0..0");
        CalledContinuo called = CalledContinuo.with("jam", "--script", script);
        assertEquals(1, called.code(), called.out());
        assertEquals(
                "continuo: stops: the host stops at 4.0 and nothing starts it there, so that its 12.0 quarters are never over",
                called.err().strip());
        Path goesOn = script("goes-on.jam", "at 4 stop", "at 4 start");
        assertEquals(0, CalledContinuo.with("jam", "--script", goesOn).code());
    }

    @Test
    void whatIsForAKeyboardIsRefusedBesideAScript() throws Exception {
        for (Object[] more :
                new Object[][] {{"--set", "mode=trade"}, {"--tempo", 140}, {"--with", "bass"}, {"--echo"}}) {
            List<Object> words = new ArrayList<>(List.of("jam", "--script", script("one.jam")));
            words.addAll(List.of(more));
            CalledContinuo called = CalledContinuo.with(words.toArray());
            assertEquals(2, called.code(), called.out());
            assertTrue(called.complainsInOneLine() && called.err().contains(more[0].toString()), called.err());
        }
    }

    @Test
    void whatAJamIsMadeFromIsNotWrittenOver() throws Exception {
        Path tune = folder.resolve("tune.mid");
        assertEquals(
                0,
                CalledContinuo.with("jam", "--script", script("tune.jam"), "-o", tune)
                        .code());
        byte[] before = Files.readAllBytes(tune);
        Path script = script("two.jam", "play tune.mid on 0");
        for (Path given : new Path[] {tune, script}) {
            CalledContinuo called = CalledContinuo.with("jam", "--script", script, "-o", given);
            assertEquals(2, called.code(), called.out());
            assertTrue(called.complainsInOneLine() && called.err().contains("choose another name"), called.err());
        }
        assertArrayEquals(before, Files.readAllBytes(tune));
        assertTrue(Files.readString(script).contains("play tune.mid"));
    }

    @Test
    void aCaptureThatCannotBeWrittenIsNotTold() throws Exception {
        JamResult result = new JamResult("live", List.of(), List.of(), null, 4, 4, 120, 2, 1);
        StringWriter said = new StringWriter();
        JamFile kept = new JamFile(folder.resolve("kept.mid"), new PrintWriter(said));
        JamFile lost = new JamFile(folder.resolve("gone").resolve("lost.mid"), new PrintWriter(said));
        try (kept;
                lost) {
            kept.write(result);
            kept.write(result);
            lost.write(result);
        }
        assertEquals(folder.resolve("kept.mid"), kept.written());
        assertTrue(Files.size(folder.resolve("kept.mid")) > 0);
        assertNull(lost.written());
        assertEquals(3, said.toString().lines().count(), said::toString);
    }

    @Test
    void withoutAFileNothingIsCapturedAndWhoAsksForItIsTold() throws Exception {
        InputStream typed = System.in;
        PluggedPorts.plugIn();
        try {
            System.setIn(new ByteArrayInputStream("c\nq\n".getBytes(StandardCharsets.US_ASCII)));
            CalledContinuo[] called = new CalledContinuo[1];
            // On a thread that ends: the priority that it gets goes with it.
            Thread thread =
                    new Thread(() -> called[0] = CalledContinuo.with("jam", "--in", "plugged", "--out", "plugged"));
            thread.start();
            thread.join();
            String said = called[0].err();
            assertEquals(0, called[0].code(), said);
            assertTrue(said.contains("nothing is captured without -o"), said);
            assertFalse(said.contains("c to capture"), said);
            CalledContinuo learning = CalledContinuo.with("jam", "--learn", "panic,capture");
            assertEquals(2, learning.code());
            assertTrue(learning.complainsInOneLine() && learning.err().contains("-o"), learning.err());
        } finally {
            System.setIn(typed);
            PluggedPorts.plugOut();
        }
    }

    @Test
    void whereThereIsNoKeyboardThatIsSaidInOneLine() {
        Assumptions.assumeTrue(MidiPorts.inputs().isEmpty());
        CalledContinuo called = CalledContinuo.with("jam");
        assertEquals(1, called.code());
        assertTrue(called.complainsInOneLine() && called.err().contains("no MIDI input"), called.err());
        CalledContinuo wrong = CalledContinuo.with("jam", "--set", "mode=dance");
        assertEquals(2, wrong.code());
        assertTrue(wrong.complainsInOneLine(), wrong.err());
    }
}
