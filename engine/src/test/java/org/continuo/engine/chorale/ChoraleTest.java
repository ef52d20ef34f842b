package org.continuo.engine.chorale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoraleTest {
    @TempDir
    private Path folder;

    @Test
    void voicesComeBackFromTheScoreAsTheyWere() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int[][] steps = new int[8 + random.nextInt(40)][];
            for (int step = 0; step < steps.length; step++) {
                steps[step] = step > 0 && random.nextInt(3) > 0
                        ? steps[step - 1].clone()
                        : new int[] {67 + random.nextInt(9), 60 + random.nextInt(9), random.nextBoolean() ? -1 : 55, 45
                        };
            }
            Chorale chorale = new Chorale(steps);
            Score score = chorale.score(Meter.COMMON, 4, Chorale.VOICES, Chorale.SINGERS);

            Chorale back = Chorale.of(score.notes(), 0, steps.length, Chorale.SINGERS);

            for (int step = 0; step < steps.length; step++) {
                for (int voice = 0; voice < Chorale.VOICES; voice++) {
                    assertEquals(steps[step][voice], back.pitch(step, voice), "seed " + seed + ", step " + step);
                }
            }
        }
    }

    @Test
    void unisonsOfTwoVoicesStayTwoNotes() {
        Chorale chorale = new Chorale(new int[][] {{64, 60, 60, 48}, {64, 60, 60, 48}});

        assertEquals(
                4,
                chorale.score(Meter.COMMON, 0, Chorale.VOICES, Chorale.SINGERS)
                        .notes()
                        .size());
    }

    @Test
    void parallelFifthsAndOctavesAreCountedAndContraryMotionIsNot() {
        // The outer voices move from octave to octave, bass and tenor from fifth to fifth, the alto stays.
        VoiceLeading parallel = VoiceLeading.of(new Chorale(new int[][] {{72, 64, 55, 48}, {74, 64, 57, 50}}));
        VoiceLeading contrary = VoiceLeading.of(new Chorale(new int[][] {{72, 64, 55, 48}, {71, 62, 55, 55}}));

        assertEquals(2, parallel.parallels());
        assertEquals(3, parallel.moves());
        assertEquals(0, contrary.parallels());
    }

    @Test
    void crossingsRangesAndWideSpacesAreCounted() {
        VoiceLeading leading = VoiceLeading.of(new Chorale(new int[][] {{84, 60, 62, 48}}));

        assertEquals(1, leading.crossings());
        assertEquals(1, leading.outOfRange());
        assertEquals(1, leading.wide());
    }

    @Test
    void resemblanceCountsPitchesAndPitchClassesByVoice() {
        Chorale one = new Chorale(new int[][] {{72, 64, 55, 48}, {72, 64, 55, -1}});
        Chorale two = new Chorale(new int[][] {{72, 64, 67, 36}, {72, 62, 55, 48}});

        Resemblance resemblance = Resemblance.of(one, two);

        assertEquals(0.5, resemblance.pitchShare(1));
        assertEquals(0.5, resemblance.pitchShare(2));
        assertEquals(1, resemblance.classShare(2));
        assertEquals(0, resemblance.pitchShare(Chorale.BASS));
        assertEquals(2 / 5.0, resemblance.pitchShare(), 1e-9);
    }

    @Test
    void aFileGivesThePiecesOfOneSplit() throws Exception {
        Path file = write("{\"test\": [[[72, 64, 55, 48], [72, 64, 55, -1]]], \"train\": []}");

        List<Chorale> chorales = ChoraleFile.read(file, "test");

        assertEquals(1, chorales.size());
        assertEquals(-1, chorales.get(0).pitch(1, Chorale.BASS));
    }

    @Test
    void aFileOfAnotherKindIsRefusedWithWhatIsWrong() throws Exception {
        for (String text : List.of(
                "no json",
                "[]",
                "{\"valid\": [[[1, 2, 3, 4]]]}",
                "{\"test\": [[[1, 2, 3]]]}",
                "{\"test\": [[[1, 2, 3, 200]]]}",
                "{\"test\": [[[1, 2, 3, \"x\"]]]}",
                "{\"test\": [[]]}",
                "{\"test\": [{\"steps\": [[1, 2, 3, 4]]}]}",
                "{\"test\": [[{\"soprano\": 1}]]}")) {
            Path file = write(text);

            Exception e = assertThrows(IOException.class, () -> ChoraleFile.read(file, "test"), text);

            assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("chorales.json"), text);
    }
}
