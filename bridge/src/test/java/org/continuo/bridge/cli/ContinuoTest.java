package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.token.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuoTest {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_CALL = 2;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"continue", "generate", "accompany", "harmonize", "evaluate", "bench", "tokenize", "styles"})
    void shouldExplainEachCommand(String command) {
        CalledContinuo call = CalledContinuo.with(command, "--help");

        assertEquals(DONE, call.code());
        assertTrue(call.out().startsWith("Usage: continuo " + command), call.out());
        assertFalse(call.out().contains("--debug"), call.out());
    }

    @Test
    void shouldTellItsVersion() {
        CalledContinuo call = CalledContinuo.with("--version");

        assertEquals(DONE, call.code());
        assertTrue(
                Pattern.compile("^continuo \\d+\\.\\d+\\.\\d+")
                        .matcher(call.out())
                        .find(),
                call.out());
    }

    @Test
    void shouldSayWhatItCanDoWhenAskedForNothing() {
        CalledContinuo call = CalledContinuo.with();

        assertEquals(WRONG_CALL, call.code());
        assertTrue(call.err().contains("continue, generate, accompany, harmonize, serve, evaluate"), call.err());
    }

    @Test
    void shouldSuggestTheOptionThatWasMeant() {
        CalledContinuo call = CalledContinuo.with("continue", "clip.mid", "--temprature", "1");

        assertEquals(WRONG_CALL, call.code());
        assertTrue(call.err().contains("--temperature"), call.err());
        assertTrue(call.isPlain(), call.err());
    }

    @Test
    void shouldSuggestTheCommandThatWasMeant() {
        CalledContinuo call = CalledContinuo.with("contniue");

        assertEquals(WRONG_CALL, call.code());
        assertTrue(call.err().contains("continue"), call.err());
    }

    @ParameterizedTest
    @CsvSource({
        "--bars, 0",
        "--bars, 10001",
        "--bars, eight",
        "--tokens, -1",
        "--takes, 0",
        "--takes, 101",
        "--temperature, -0.5",
        "--temperature, NaN",
        "--top-p, 0",
        "--top-p, 1.5",
        "--top-k, -1",
        "--min-p, 2",
        "--seed, x",
        "--style, polka",
        "--instruments, kazoo"
    })
    void shouldRefuseValueOutOfRangeAndNameIt(String option, String value) throws Exception {
        CalledContinuo call = CalledContinuo.with("continue", Clips.duet(folder), option + "=" + value);

        assertEquals(WRONG_CALL, call.code());
        assertTrue(call.err().contains(value), call.err());
        assertTrue(call.err().contains(option.substring(2)), call.err());
        assertTrue(call.isPlain(), call.err());
    }

    @Test
    void shouldRefuseBarsAndTokensTogether() {
        CalledContinuo call = CalledContinuo.with("continue", "clip.mid", "--bars", "2", "--tokens", "3");

        assertEquals(WRONG_CALL, call.code());
        assertTrue(call.isPlain(), call.err());
    }

    @Test
    void shouldSayThatThereIsNoSuchClip() {
        CalledContinuo call = CalledContinuo.with("continue", folder.resolve("none.mid"));

        assertEquals(FAILED, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
        assertTrue(call.err().contains("none.mid"), call.err());
    }

    @Test
    void shouldSayWhatIsWrongWithTheClipAndNothingOfAPlaceBesideItThatNobodyNamed() {
        for (String command : List.of("continue", "harmonize")) {
            for (Path clip : List.of(folder.resolve("nowhere").resolve("clip.mid"), folder.getRoot())) {
                CalledContinuo call = CalledContinuo.with(command, clip);

                assertEquals(FAILED, call.code(), call.err());
                assertTrue(call.complainsInOneLine(), call.err());
                assertTrue(call.err().matches("continuo: \\Q" + clip + "\\E: .*\\R"), call.err());
            }
        }
    }

    @Test
    void shouldSayThatTheClipIsSilent() throws Exception {
        CalledContinuo call = CalledContinuo.with("continue", Clips.silence(folder));

        assertEquals(FAILED, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
    }

    @Test
    void shouldComplainInOneLineAboutBytesThatAreNoMusic() throws Exception {
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[random.nextInt(2000)];
            random.nextBytes(bytes);
            Path file = Files.write(folder.resolve("noise.mid"), bytes);

            CalledContinuo call = CalledContinuo.with("continue", file);

            assertEquals(FAILED, call.code(), "file " + i + ", seed " + seed);
            assertTrue(call.complainsInOneLine(), call.err());
        }
    }

    @Test
    void shouldSayThatAFolderIsNoModel() throws Exception {
        CalledContinuo call = CalledContinuo.with("continue", Clips.duet(folder), "--model", folder);

        assertEquals(FAILED, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
        assertTrue(call.err().contains("model.json"), call.err());
    }

    @Test
    void shouldRefuseAModelOfAnotherVersionOfTheScoreLanguageThoughItHasAsManyWords() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Path model = Files.createDirectory(folder.resolve("foreign"));
        try (InputStream description = ModelFolder.class.getResourceAsStream("s/model.json");
                InputStream graph = ModelFolder.class.getResourceAsStream("s/model.onnx")) {
            JsonNode json = mapper.readTree(description);
            ((ObjectNode) json.path("vocabulary")).put("version", Vocabulary.VERSION + 1);
            mapper.writeValue(model.resolve("model.json").toFile(), json);
            Files.copy(graph, model.resolve("model.onnx"));
        }

        CalledContinuo call = CalledContinuo.with("continue", Clips.duet(folder), "--bars", 1, "--model", model);

        assertEquals(FAILED, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
        assertTrue(call.err().contains("score language"), call.err());
    }

    @Test
    void shouldNeverWriteOverTheClip() throws Exception {
        Path clip = Clips.duet(folder);
        byte[] before = Files.readAllBytes(clip);

        CalledContinuo call =
                CalledContinuo.with("continue", clip, "-o", folder.resolve(".").resolve("duet.mid"));

        assertEquals(WRONG_CALL, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
        assertArrayEquals(before, Files.readAllBytes(clip));
    }

    @Test
    void shouldRefuseOutputIntoAFolderThatIsNotThere() throws Exception {
        Path nowhere = folder.resolve("nowhere").resolve("out.mid");

        CalledContinuo call = CalledContinuo.with("continue", Clips.duet(folder), "-o", nowhere);

        assertEquals(WRONG_CALL, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
    }

    @Test
    void shouldListStylesForPeopleAndForPrograms() throws Exception {
        JsonNode styles = new ObjectMapper()
                .readTree(CalledContinuo.with("styles", "--json").out());
        String text = CalledContinuo.with("styles").out();

        assertTrue(styles.get("styles").size() > 10, styles.toString());
        for (JsonNode list : styles) {
            list.forEach(name -> assertTrue(text.contains(name.asText()), text));
        }
    }

    @Test
    void shouldShowWhereAnErrorAroseOnlyWhenAsked() {
        CalledContinuo call = CalledContinuo.with("continue", folder.resolve("none.mid"), "--debug");

        assertEquals(FAILED, call.code());
        assertTrue(call.err().contains("\tat "), call.err());
    }

    @ParameterizedTest
    @CsvSource({"--threads, 0", "--pieces, 0", "--split, best", "--told, lies", "--style, polka", "--context, 3"})
    void shouldRefuseToScoreWithValueOutOfRangeAndNameIt(String option, String value) throws Exception {
        CalledContinuo call = CalledContinuo.with("evaluate", Clips.duet(folder), option + "=" + value);

        assertEquals(WRONG_CALL, call.code());
        assertTrue(call.err().contains(value), call.err());
        assertTrue(call.isPlain(), call.err());
    }

    @Test
    void shouldSayThatThereIsNothingToScore() {
        CalledContinuo call = CalledContinuo.with("evaluate", folder.resolve("none"));

        assertEquals(FAILED, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
    }

    @Test
    void shouldSayWhatIsMissingInATokenizedFolder() {
        CalledContinuo call = CalledContinuo.with("tokenize", folder, "--to", folder.resolve("arrays"));

        assertEquals(FAILED, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
        assertTrue(call.err().contains("manifest.tsv"), call.err());
    }
}
