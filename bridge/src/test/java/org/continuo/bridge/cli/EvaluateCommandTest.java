package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.prompts.StartingPrompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With the model that is shipped. */
class EvaluateCommandTest {
    @TempDir
    private Path folder;

    /** Two short chorales, the second the first a tone higher. */
    private Path chorales() throws Exception {
        StringBuilder pieces = new StringBuilder();
        int[][] chords = {{67, 62, 59, 43}, {69, 62, 54, 50}, {71, 62, 55, 43}, {67, 64, 60, 48}, {67, 62, 59, 43}};
        for (int higher = 0; higher <= 2; higher += 2) {
            pieces.append(higher == 0 ? "[" : ",[");
            for (int step = 0; step < chords.length * 4; step++) {
                int[] chord = chords[step / 4];
                pieces.append(step == 0 ? "[" : ",[");
                for (int voice = 0; voice < 4; voice++) {
                    pieces.append(voice == 0 ? "" : ",").append(chord[voice] + higher);
                }
                pieces.append("]");
            }
            pieces.append("]");
        }
        return Files.writeString(folder.resolve("chorales.json"), "{\"test\":[" + pieces + "]}");
    }

    @Test
    void shouldTellTheNatsANoteOfOneFile() throws Exception {
        JsonNode json = json("evaluate", Clips.duet(folder), "--style", "pop");

        assertEquals(6, json.get("all").get("notes").asInt());
        assertTrue(json.get("all").get("nats_per_note").asDouble() > 0);
    }

    @Test
    void shouldScoreAndHarmonizeChorales() throws Exception {
        JsonNode json = json("evaluate", "--chorales", chorales(), "--harmonize", chorales(), "--candidates", 1);

        assertEquals(2, json.get("chorales").get("pieces").asInt());
        assertEquals(40, json.get("chorales").get("sixteenths").asInt());
        assertTrue(json.get("chorales").get("nats_per_voice_and_sixteenth").asDouble() > 0);
        JsonNode harmony = json.get("harmonization");
        double same = harmony.get("same_pitch").get("all").asDouble();
        assertTrue(
                same >= 0 && same <= harmony.get("same_pitch_class").get("all").asDouble(), json.toString());
        assertEquals(0, harmony.get("composer").get("crossing").asDouble());
    }

    @Test
    void shouldLeaveOutChoralesThatAreExcepted() throws Exception {
        JsonNode json = json("evaluate", "--chorales", chorales(), "--except", "0");

        assertEquals(1, json.get("chorales").get("pieces").asInt());
    }

    @Test
    void shouldPlayTakesAndHoldThemAgainstThePieces() throws Exception {
        JsonNode takes =
                json("evaluate", corpus(), "--takes", 1, "--candidates", 1).get("takes");

        assertEquals(1, takes.get("takes").asInt());
        assertTrue(takes.get("asked_instruments_that_play").asInt()
                <= takes.get("asked_instruments").asInt());
        assertTrue(takes.get("density").get("pieces").asDouble() > 0, takes.toString());
        JsonNode recall = takes.get("recall_after_2_min");
        assertEquals(0, recall.get("pairs").asInt(), "the piece is over by then");
        assertTrue(recall.get("takes").isNull(), takes.toString());
    }

    @Test
    void shouldAccompanyPiecesAndHoldThatAgainstTheirOwnParts() throws Exception {
        JsonNode figures =
                json("evaluate", corpus(), "--accompany", 1, "--candidates", 2).get("accompaniment");

        assertEquals(1, figures.get("clips").asInt());
        for (String side : List.of("real", "plain", "likeliest")) {
            assertTrue(figures.get(side).get("starts_per_quarter").asDouble() > 0, figures.toString());
        }
    }

    @Test
    void shouldHaveTheCriticTellThePieceFromTheModelAndWriteDownWhatItNoticed() throws Exception {
        Path noticed = folder.resolve("noticed.jsonl");
        JsonNode figures = json("evaluate", corpus(), "--critic", 1, "--impressions", noticed)
                .get("critic");

        assertEquals(1, figures.get("pairs").asInt());
        double likelier = figures.get("likelier_is_real").get("share").asDouble();
        double lessLikely = figures.get("less_likely_is_real").get("share").asDouble();
        assertEquals(1, likelier + lessLikely);
        JsonNode pair = new ObjectMapper().readTree(Files.readString(noticed));
        for (String side : List.of("real", "own")) {
            assertTrue(pair.get(side).get("impression").size() > 40, pair.toString());
        }
    }

    @Test
    void shouldMeasureEverythingInOneCall() throws Exception {
        JsonNode json = json(
                "evaluate",
                corpus(),
                "--all",
                chorales(),
                "--pieces",
                1,
                "--takes",
                1,
                "--critic",
                1,
                "--accompany",
                1,
                "--candidates",
                1);

        for (String part : List.of("chorales", "harmonization", "files", "takes", "critic", "accompaniment")) {
            assertTrue(json.has(part), part);
        }
    }

    @Test
    void shouldRefuseAPlaceForImpressionsThatIsNoneBeforeAnythingIsPlayed() throws Exception {
        CalledContinuo call = CalledContinuo.with(
                "evaluate",
                corpus(),
                "--critic",
                1,
                "--impressions",
                folder.resolve("none").resolve("noticed.jsonl"));

        assertEquals(2, call.code(), call.out());
        assertTrue(call.complainsInOneLine() && call.err().contains("--impressions"), call.err());
    }

    @Test
    void shouldNotWriteImpressionsOverWhatIsEvaluated() throws Exception {
        Path chorales = chorales();
        String before = Files.readString(chorales);
        Path piece = corpus().resolve("midi/pd-cc0/own/bossa.mid");
        for (CalledContinuo call : List.of(
                CalledContinuo.with(
                        "evaluate",
                        corpus(),
                        "--all",
                        chorales,
                        "--critic",
                        1,
                        "--takes",
                        1,
                        "--accompany",
                        1,
                        "--pieces",
                        1,
                        "--candidates",
                        1,
                        "--impressions",
                        chorales),
                CalledContinuo.with("evaluate", piece, "--critic", 1, "--impressions", piece))) {
            assertEquals(2, call.code(), call.out());
            assertTrue(call.complainsInOneLine() && call.err().contains("choose another name"), call.err());
        }
        assertEquals(before, Files.readString(chorales));
    }

    @Test
    void shouldSayThatThereIsNothingToListenTo() throws Exception {
        CalledContinuo call = CalledContinuo.with("evaluate", Clips.duet(folder), "--listening", 1);

        assertEquals(1, call.code(), call.out());
        assertTrue(call.complainsInOneLine(), call.err());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // which has no signal that asks a process to end
    void shouldTellOfTheClipsThatWereAccompaniedWhenItIsInterrupted() throws Exception {
        Path piece = corpus().resolve("midi/pd-cc0/own/bossa.mid");
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < 1000; i++) {
            Files.copy(piece, many.resolve(i + ".mid"));
        }
        List<String> call = ContinuoProcess.call("-Xmx256m", "evaluate", many, "--listening", 1000);
        try (ContinuoProcess study = ContinuoProcess.start(folder, call)) {
            // None may be done at first, where reading the clips takes long.
            for (int i = 0; i < 1200 && !study.messages().matches("(?s).*\\([1-9]\\d* of .*"); i++) {
                Thread.sleep(50);
            }
            study.signal("TERM");
            assertEquals(128 + 15, study.exit(), study.messages());
            assertTrue(String.valueOf(study.line()).startsWith("consonance "), study.line() + study.messages());
        }
    }

    @Test
    void shouldRefuseWhatItWouldLeaveAside() throws Exception {
        Path chorales = chorales();
        for (List<Object> words : List.<List<Object>>of(
                List.of(corpus(), "--impressions", folder.resolve("noticed.jsonl")),
                List.of(corpus(), "--takes", 1, "--critic", 1),
                List.of(corpus(), "--all", chorales, "--listening", 1),
                List.of(corpus(), "--critic", 1, "--candidates", 2),
                List.of(corpus(), "--accompany", 1, "--told", "OPEN"),
                List.of(corpus(), "--temperature", 1),
                List.of(corpus(), "--style", "bach"),
                List.of(corpus().resolve("midi"), "--split", "valid"),
                List.of("--chorales", chorales, "--style", "bach"),
                List.of(corpus(), "--chorales", chorales))) {
            List<Object> call = new ArrayList<>(words);
            call.add(0, "evaluate");
            CalledContinuo called = CalledContinuo.with(call.toArray());

            assertEquals(2, called.code(), words + called.out());
            assertTrue(called.complainsInOneLine(), called.err());
        }
    }

    @Test
    void shouldAccompanyAsBoldlyAsItIsAskedTo() throws Exception {
        List<String> figures = new ArrayList<>();
        for (double temperature : new double[] {0.95, 0}) {
            figures.add(json("evaluate", corpus(), "--accompany", 1, "--candidates", 1, "--temperature", temperature)
                    .at("/accompaniment/plain")
                    .toString());
        }

        assertNotEquals(figures.get(0), figures.get(1));
    }

    @Test
    void shouldRefuseACallThatSaysNothingToEvaluate() {
        CalledContinuo call = CalledContinuo.with("evaluate");

        assertEquals(2, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
    }

    @Test
    void shouldSayThatAFileHoldsNoChorales() throws Exception {
        CalledContinuo call = CalledContinuo.with("evaluate", "--chorales", Clips.duet(folder));

        assertEquals(1, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
    }

    /** A folder with a manifest and one piece of sixteen bars: the bossa nova, twice over. */
    private Path corpus() throws Exception {
        StartingPrompt bossa = StartingPrompt.named("bossa-nova");
        Path piece = Files.createDirectories(folder.resolve("midi/pd-cc0/own")).resolve("bossa.mid");
        MidiWriter.write(piece, Clips.twice(bossa.score(), bossa.bars()), 2 * bossa.bars(), bossa.microsPerQuarter());
        Files.writeString(
                folder.resolve("manifest.tsv"),
                "path\tcomposer\tstyle\tperformance\tsplit\tnote\nmidi/pd-cc0/own/bossa.mid\t\tlatin\tno\ttest\t\n");
        return folder;
    }

    private static JsonNode json(Object... arguments) throws Exception {
        Object[] call = Arrays.copyOf(arguments, arguments.length + 1);
        call[arguments.length] = "--json";
        CalledContinuo called = CalledContinuo.with(call);
        assertEquals(0, called.code(), called::err);
        return new ObjectMapper().readTree(called.out());
    }
}
