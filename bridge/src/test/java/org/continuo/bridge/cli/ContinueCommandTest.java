package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiClip;
import org.continuo.engine.token.Instrument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the model that is shipped. */
class ContinueCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldKeepTheGivenNotesAtTheirExactTimesAndGoOnWhereTheyEnd() throws Exception {
        Path clip = Clips.offTheGrid(folder);
        Path output = folder.resolve("out.mid");

        succeed("continue", clip, "-o", output, "--bars", 4, "--seed", 5);

        MidiClip before = ClipReader.read(clip);
        MidiClip after = ClipReader.read(output);
        int factor = after.resolution() / before.resolution();
        long join = 2L * 4 * before.resolution() * factor;
        List<ClipNote> given =
                after.notes().stream().filter(note -> note.start() < join).toList();
        assertEquals(before.notes().size(), given.size());
        for (int i = 0; i < given.size(); i++) {
            ClipNote was = before.notes().get(i);
            ClipNote is = given.get(i);
            assertEquals(was.start() * factor, is.start());
            assertEquals(was.end() * factor, is.end());
            assertEquals(was.pitch(), is.pitch());
            assertEquals(was.velocity(), is.velocity());
        }
        assertTrue(after.notes().size() > given.size(), "nothing was added");
        assertEquals(join * 3, after.endTick(), "two bars and four");
    }

    @Test
    void shouldLetNothingOverlapItselfOrRingOn() throws Exception {
        Path output = folder.resolve("out.mid");
        succeed("continue", Clips.duet(folder), "-o", output, "--bars", 8, "--seed", 2, "--temperature", 1.2);

        MidiClip clip = ClipReader.read(output);

        Map<Integer, Long> soundsUntil = new HashMap<>();
        for (ClipNote note : clip.notes()) {
            int key = note.channel() * 128 + note.pitch();
            assertTrue(soundsUntil.getOrDefault(key, 0L) <= note.start(), note::toString);
            assertTrue(note.end() <= clip.endTick(), note::toString);
            soundsUntil.put(key, note.end());
        }
        assertTrue(clip.remarks().isEmpty(), clip.remarks()::toString);
    }

    @Test
    void shouldPlayOnlyWhatWasAskedFor() throws Exception {
        Path output = folder.resolve("out.mid");
        succeed("continue", Clips.duet(folder), "-o", output, "--seed", 3, "--instruments", "flute,drums");

        Set<Instrument> added = EnumSet.noneOf(Instrument.class);
        MidiClip clip = ClipReader.read(output);
        clip.notes().stream()
                .filter(note -> note.start() >= 8L * clip.resolution())
                .forEach(note -> added.add(note.instrument()));

        assertFalse(added.isEmpty());
        assertTrue(EnumSet.of(Instrument.FLUTE, Instrument.DRUMS).containsAll(added), added::toString);
    }

    @Test
    void shouldMakeTheSameFileFromTheSameSeedAndAnotherFromAnother() throws Exception {
        Path clip = Clips.duet(folder);
        byte[] first = withSeed(clip, 7);

        assertArrayEquals(first, withSeed(clip, 7));
        assertFalse(Arrays.equals(first, withSeed(clip, 8)));
    }

    @Test
    void shouldPutTheTakeFirstThatTheCriticLikesBest() throws Exception {
        CalledContinuo call = succeed("continue", Clips.duet(folder), "--takes", 4, "--bars", 4, "--seed", 3, "--json");

        double before = Double.POSITIVE_INFINITY;
        for (String line : call.out().lines().toList()) {
            double judged = new ObjectMapper().readTree(line).get("critic").asDouble();
            assertTrue(judged <= before, call.out());
            before = judged;
        }
        assertTrue(before < Double.POSITIVE_INFINITY);
    }

    @Test
    void shouldMakeATakeOfManyAgainFromItsOwnSeed() throws Exception {
        Path clip = Clips.duet(folder);
        Path output = folder.resolve("take.mid");
        Path picture = folder.resolve("take.png");

        CalledContinuo call = succeed(
                "continue", clip, "-o", output, "--takes", 3, "--bars", 2, "--seed", 9, "--picture", picture, "--json");

        List<String> lines = call.out().lines().toList();
        assertEquals(3, lines.size());
        JsonNode third = new ObjectMapper().readTree(lines.get(2));
        byte[] again = withSeed(clip, third.get("seed").asLong());
        assertArrayEquals(again, Files.readAllBytes(folder.resolve("take-3.mid")));
        assertNotEquals(
                third.get("seed"), new ObjectMapper().readTree(lines.get(1)).get("seed"));
        assertEquals(1600, ImageIO.read(folder.resolve("take-3.png").toFile()).getWidth());
    }

    @Test
    void shouldReportItsFiguresForPeopleAndForPrograms() throws Exception {
        Path clip = Clips.duet(folder);

        String text = succeed("continue", clip, "--bars", 2, "--seed", 1).out();
        JsonNode json = new ObjectMapper()
                .readTree(succeed("continue", clip, "--bars", 2, "--seed", 1, "--json")
                        .out());

        assertEquals(1, text.lines().count());
        assertTrue(text.contains("duet-continued.mid: 2 bars, "), text);
        assertTrue(text.contains("seed 1, model "), text);
        assertEquals(2, json.get("bars").asInt());
        assertEquals(1, json.get("seed").asInt());
        for (String figure : List.of("notes", "tokens", "seconds", "tokens_per_second")) {
            assertTrue(json.get(figure).isNumber(), figure);
        }
        assertTrue(Files.exists(Path.of(json.get("file").asText())));
    }

    @Test
    void shouldEndAtABarLineAfterTheTokensAskedFor() throws Exception {
        Path output = folder.resolve("out.mid");

        CalledContinuo call =
                succeed("continue", Clips.duet(folder), "-o", output, "--tokens", 30, "--seed", 4, "--json");

        assertTrue(new ObjectMapper().readTree(call.out()).get("tokens").asInt() <= 30, call.out());
        MidiClip clip = ClipReader.read(output);
        assertEquals(0, clip.endTick() % (4L * clip.resolution()));
    }

    @Test
    void shouldPlayWithTheSmallModelUnlessTheLargerIsNamed() throws Exception {
        Path clip = Clips.duet(folder);

        for (String name : List.of("s", "m")) {
            Object[] named = name.equals("s") ? new Object[0] : new Object[] {"--model", name};
            Object[] words = Stream.concat(
                            Stream.of("continue", clip, "--bars", 1, "--candidates", 1), Stream.of(named))
                    .toArray();

            String text = succeed(words).out();

            assertTrue(text.stripTrailing().endsWith(", model " + name), text);
        }
    }

    private byte[] withSeed(Path clip, long seed) throws Exception {
        Path output = folder.resolve("seeded.mid");
        succeed("continue", clip, "-o", output, "--bars", 2, "--seed", seed);
        return Files.readAllBytes(output);
    }

    private static CalledContinuo succeed(Object... arguments) {
        CalledContinuo call = CalledContinuo.with(arguments);
        assertEquals(0, call.code(), call::err);
        return call;
    }
}
