package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiClip;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code accompany} and {@code harmonize}, with the model that is shipped. */
class AddedPartsCommandTest {
    @TempDir
    private Path folder;

    @Test
    void accompanyShouldKeepTheGivenNotesAtTheirExactTimesAndAddTheNewParts() throws Exception {
        Path clip = Clips.offTheGrid(folder);
        Path output = folder.resolve("out.mid");

        succeed("accompany", clip, "--with", "bass,drums", "-o", output, "--seed", 1);

        List<ClipNote> added = addedNotes(clip, output);
        assertTrue(added.stream().anyMatch(note -> note.instrument() == Instrument.BASS), added::toString);
        assertTrue(added.stream().anyMatch(note -> note.instrument() == Instrument.DRUMS), added::toString);
        assertEquals(
                added.size(),
                added.stream()
                        .filter(note -> note.instrument() == Instrument.BASS || note.instrument() == Instrument.DRUMS)
                        .count());
    }

    @Test
    void harmonizeShouldKeepTheMelodyAndAddThreeVoicesInItsSound() throws Exception {
        Path clip = Clips.offTheGrid(folder);
        Path output = folder.resolve("out.mid");

        succeed("harmonize", clip, "-o", output, "--seed", 1);

        Map<Integer, Long> byChannel = new HashMap<>();
        for (ClipNote note : addedNotes(clip, output)) {
            byChannel.merge(note.channel(), 1L, Long::sum);
            assertEquals(ClipReader.read(clip).notes().get(0).program(), note.program());
        }
        assertEquals(3, byChannel.size(), byChannel::toString);
    }

    @Test
    void harmonizeShouldTakeSoundAndLoudnessFromTheLineThatIsHarmonized() throws Exception {
        Path clip = Clips.songOverALoudBass(folder);
        Path output = folder.resolve("out.mid");

        succeed("harmonize", clip, "-o", output, "--seed", 1);

        for (ClipNote note : addedNotes(clip, output)) {
            assertEquals(Instrument.FLUTE.program(), note.program(), note::toString);
            assertEquals(Note.midiVelocity(2), note.velocity(), note::toString);
        }
    }

    @Test
    void harmonizeShouldTakeEveryNoteOfALineUnderAPedalForMelody() throws Exception {
        Path clip = Clips.downUnderThePedal(folder);

        String said = succeed("harmonize", clip, "-o", folder.resolve("out.mid"), "--seed", 1)
                .err();

        assertFalse(said.contains("more than a melody"), said);
    }

    @Test
    void shouldMakeTheSameFileFromTheSameSeed() throws Exception {
        Path clip = Clips.offTheGrid(folder);
        for (List<Object> command : List.of(
                List.<Object>of("accompany", clip, "--with", "cello", "--candidates", 2),
                List.<Object>of("harmonize", clip, "--candidates", 2))) {
            List<byte[]> files = new ArrayList<>();
            for (String name : List.of("one.mid", "two.mid")) {
                List<Object> call = new ArrayList<>(command);
                call.addAll(List.of("--seed", 9, "-o", folder.resolve(name)));
                succeed(call.toArray());
                files.add(Files.readAllBytes(folder.resolve(name)));
            }

            assertArrayEquals(files.get(0), files.get(1), command::toString);
        }
    }

    @Test
    void shouldReportFiguresAndDrawThePicture() throws Exception {
        Path clip = Clips.duet(folder);
        Path picture = folder.resolve("roll.png");

        JsonNode json = new ObjectMapper()
                .readTree(succeed("accompany", clip, "--with", "drums", "--picture", picture, "--seed", 1, "--json")
                        .out());

        assertEquals(2, json.get("bars").asInt());
        assertTrue(Files.exists(picture));
        assertTrue(Files.exists(folder.resolve("duet-accompanied.mid")));
    }

    @ParameterizedTest
    @CsvSource({"accompany, --with, drums", "harmonize, --takes, 1"})
    void shouldTellTheTokensOfBarsThatWereNotKeptToo(String command, String option, String value) throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(succeed(command, Clips.duet(folder), option, value, "--candidates", 2, "--seed", 1, "--json")
                        .out());

        assertTrue(json.get("tokens_in_all").asInt() > json.get("tokens").asInt() * 3 / 2, json::toString);
    }

    @ParameterizedTest
    @CsvSource({"--with, kazoo", "--with, bass", "--with, piano", "--candidates, 0", "--candidates, 65"})
    void accompanyShouldRefuseWhatMakesNoSenseAndNameIt(String option, String value) throws Exception {
        List<Object> call = new ArrayList<>(List.of("accompany", Clips.duet(folder), option + "=" + value));
        if (!option.equals("--with")) {
            call.addAll(List.of("--with", "drums"));
        }

        CalledContinuo called = CalledContinuo.with(call.toArray());

        assertEquals(2, called.code());
        assertTrue(called.err().contains(value), called.err());
        assertTrue(called.isPlain(), called.err());
    }

    @Test
    void silenceCannotBeAccompaniedOrHarmonized() throws Exception {
        for (Object[] arguments : new Object[][] {
            {"accompany", Clips.silence(folder), "--with", "drums"}, {"harmonize", Clips.silence(folder)}
        }) {
            CalledContinuo call = CalledContinuo.with(arguments);

            assertEquals(1, call.code());
            assertTrue(call.complainsInOneLine(), call.err());
        }
    }

    /** What is in the output beyond the clip, every note of which must be there at its exact time. */
    private static List<ClipNote> addedNotes(Path clip, Path output) throws Exception {
        MidiClip before = ClipReader.read(clip);
        MidiClip after = ClipReader.read(output);
        int factor = after.resolution() / before.resolution();
        List<ClipNote> left = new ArrayList<>(after.notes());
        for (ClipNote note : before.notes()) {
            assertTrue(
                    left.removeIf(other -> other.start() == note.start() * factor
                            && other.end() == note.end() * factor
                            && other.pitch() == note.pitch()
                            && other.velocity() == note.velocity()
                            && other.channel() == note.channel()),
                    () -> "not kept: " + note);
        }
        Map<Integer, Long> soundsUntil = new HashMap<>();
        for (ClipNote note : left) {
            int key = note.channel() * 128 + note.pitch();
            assertTrue(soundsUntil.getOrDefault(key, 0L) <= note.start(), note::toString);
            assertTrue(note.end() <= after.endTick(), note::toString);
            soundsUntil.put(key, note.end());
        }
        return left;
    }

    private static CalledContinuo succeed(Object... arguments) {
        CalledContinuo call = CalledContinuo.with(arguments);
        assertEquals(0, call.code(), call::err);
        return call;
    }
}
