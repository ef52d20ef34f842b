package org.continuo.engine.midi;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Scores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files cut off or with flipped bits: each is a clip that can be played on from, or refused in one line. */
class HostileFileTest {
    private static final long MOST_MILLIS = 1_000;

    @Test
    void aFileCutOffAnywhereIsReadOrRefused() {
        cutOff(60);
    }

    @Tag("full")
    @Test
    void aFileCutOffAnywhereIsReadOrRefusedAThousandTimes() {
        cutOff(1_000);
    }

    @Test
    void aFileWithFlippedBitsIsReadOrRefused() {
        flipped(60);
    }

    @Tag("full")
    @Test
    void aFileWithFlippedBitsIsReadOrRefusedAThousandTimes() {
        flipped(1_000);
    }

    private static void cutOff(int count) {
        for (long seed = 0; seed < count; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] file = file(seed);
            read(seed, Arrays.copyOf(file, random.nextInt(file.length)));
        }
    }

    private static void flipped(int count) {
        for (long seed = 0; seed < count; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] file = file(seed);
            // Half of the flips go to the opening, where the lengths and the head of the first track are.
            for (int flips = 1 << random.nextInt(6); flips > 0; flips--) {
                int place = random.nextInt(random.nextBoolean() ? Math.min(100, file.length) : file.length);
                file[place] ^= (byte) (1 << random.nextInt(8));
            }
            read(seed, file);
        }
    }

    private static void read(long seed, byte[] bytes) {
        long begun = System.nanoTime();
        try {
            ReadOrRefused.read(bytes);
        } catch (RuntimeException | Error e) {
            fail("seed " + seed, e);
        }
        long millis = (System.nanoTime() - begun) / 1_000_000;
        assertTrue(millis < MOST_MILLIS, "seed " + seed + " took " + millis + " ms");
    }

    private static byte[] file(long seed) {
        Score score = Scores.random(seed);
        return MidiWriter.bytes(score, score.bars(), 500_000);
    }
}
