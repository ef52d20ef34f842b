package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiClip;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the model that is shipped. */
class GenerateCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldStartWithThePromptAndGoOn() throws Exception {
        Path output = folder.resolve("out.mid");
        succeed("generate", "--prompt", "greensleeves", "-o", output, "--bars", 4, "--seed", 1);

        StartingPrompt prompt = StartingPrompt.named("greensleeves");
        MidiClip clip = ClipReader.read(output);
        List<Note> notes = ClipQuantizer.quantize(clip).notes();
        int join = prompt.score().meters().barStart(prompt.bars());

        List<Note> before = notes.stream().filter(note -> note.start() < join).toList();
        assertEquals(prompt.score().notes(), before);
        assertTrue(notes.size() > before.size(), "nothing was added");
        assertEquals((prompt.bars() + 4) * 3L * clip.resolution(), clip.endTick());
        assertEquals(prompt.microsPerQuarter(), clip.tempos().get(0).microsPerQuarter());
    }

    @Test
    void shouldStartFromNothingInTheMeterAndWithTheInstrumentsAskedFor() throws Exception {
        Path output = folder.resolve("out.mid");
        succeed("generate", "-o", output, "--meter", "3/4", "--instruments", "piano,bass", "--bars", 6, "--seed", 2);

        MidiClip clip = ClipReader.read(output);

        assertEquals(6 * 3L * clip.resolution(), clip.endTick());
        assertEquals("3/4", clip.meters().get(0).meter().toString());
        Set<Instrument> heard = clip.notes().stream().map(ClipNote::instrument).collect(Collectors.toSet());
        assertFalse(heard.isEmpty());
        assertTrue(Set.of(Instrument.PIANO, Instrument.BASS).containsAll(heard), heard::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "jazz, 'PIANO,BASS,GUITAR,CLARINET,TRUMPET,DRUMS'",
        "rock, 'BASS,GUITAR,DRUMS'",
        "sor, GUITAR",
        "chopin, PIANO"
    })
    void shouldStartFromNothingWithThoseUsualInTheStyleWhereNobodyIsAskedFor(String style, String usual)
            throws Exception {
        Path output = folder.resolve("out.mid");
        succeed("generate", "-o", output, "--style", style, "--bars", 6, "--seed", 2);

        Set<String> heard = ClipReader.read(output).notes().stream()
                .map(note -> note.instrument().name())
                .collect(Collectors.toSet());
        assertEquals(Set.of(usual.split(",")), heard);
    }

    @Test
    void shouldMakeAsManyBarsAsItsHelpSaysWhereNobodyAsksForSome() throws Exception {
        Path output = folder.resolve("out.mid");
        CalledContinuo call = succeed("generate", "-o", output, "--candidates", 1, "--seed", 1, "--json");
        int bars = new ObjectMapper().readTree(call.out()).get("bars").asInt();

        String help = succeed("generate", "--help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("generate makes " + bars + ")"), help);
    }

    @Test
    void shouldNameTheResultAfterThePromptOrWithoutOneAfterTheStyle() {
        StartingPrompt nothing = StartingPrompt.nothing(Meter.COMMON, 120);

        assertEquals(
                Path.of("spring-generated.mid"), GenerateCommand.usualFile(StartingPrompt.named("spring"), "jazz"));
        assertEquals(Path.of("ragtime-generated.mid"), GenerateCommand.usualFile(nothing, "ragtime"));
        assertEquals(Path.of("music-generated.mid"), GenerateCommand.usualFile(nothing, null));
    }

    @Test
    void shouldWriteOverItsOwnResultWhateverThatIsCalled() throws Exception {
        // The name that the result is called after where none is given.
        Path output = Path.of("greensleeves.mid");
        Files.createFile(output);
        try {
            succeed("generate", "--prompt", "greensleeves", "-o", output, "--bars", 1, "--seed", 1);

            assertTrue(ClipReader.read(output).endTick() > 0);
        } finally {
            Files.delete(output);
        }
    }

    @Test
    void shouldMakeATakeOfManyAgainFromItsOwnSeed() throws Exception {
        Path output = folder.resolve("take.mid");
        Path picture = folder.resolve("take.png");
        CalledContinuo call = succeed(
                "generate",
                "--prompt",
                "rock-band",
                "-o",
                output,
                "--takes",
                2,
                "--bars",
                2,
                "--picture",
                picture,
                "--seed",
                3,
                "--json");

        JsonNode second =
                new ObjectMapper().readTree(call.out().lines().toList().get(1));
        Path again = folder.resolve("again.mid");
        succeed("generate", "--prompt", "rock-band", "-o", again, "--bars", 2, "--seed", second.get("seed"));

        assertArrayEquals(Files.readAllBytes(again), Files.readAllBytes(folder.resolve("take-2.mid")));
        assertEquals(1600, ImageIO.read(folder.resolve("take-2.png").toFile()).getWidth());
    }

    @Test
    void shouldListThePrompts() {
        List<String> lines =
                succeed("generate", "--prompt", "list").out().lines().toList();

        assertEquals(StartingPrompt.NAMES.size(), lines.size());
        for (int i = 0; i < lines.size(); i++) {
            assertTrue(lines.get(i).startsWith(StartingPrompt.NAMES.get(i) + " "), lines.get(i));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--prompt, polka",
        "--meter, 4/3",
        "--meter, four",
        "--tempo, 5",
        "--tempo, 1000",
        "--takes, 0",
        "--bars, 0",
        "--style, polka",
        "--instruments, kazoo"
    })
    void shouldRefuseValueThatMakesNoSenseAndNameIt(String option, String value) {
        CalledContinuo call = CalledContinuo.with("generate", option + "=" + value);

        assertEquals(2, call.code());
        assertTrue(call.err().contains(value), call.err());
        assertTrue(call.isPlain(), call.err());
    }

    @Test
    void shouldRefuseAMeterForAPromptThatHasOne() {
        CalledContinuo call = CalledContinuo.with("generate", "--prompt", "spring", "--meter", "3/4");

        assertEquals(2, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
    }

    private static CalledContinuo succeed(Object... arguments) {
        CalledContinuo call = CalledContinuo.with(arguments);
        assertEquals(0, call.code(), call::err);
        return call;
    }
}
