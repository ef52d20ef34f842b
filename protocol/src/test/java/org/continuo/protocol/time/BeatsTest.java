package org.continuo.protocol.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BeatsTest {
    @Test
    void aPlaceLiesInTheTickAtOrBeforeItBeforeBarOneToo() {
        assertEquals(0, Beats.tick(0, 24));
        assertEquals(2, Beats.tick(0.1, 24));
        assertEquals(-3, Beats.tick(-0.1, 24));
        assertEquals(-24, Beats.tick(-1, 24));
        assertEquals(new Beats(-0.125), new Beats(-0.1).floorToTick(24));
    }

    @Test
    void nothingMirrorsTimeBeforeBarOne() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            int resolution = 1 + random.nextInt(960);
            // whole multiples of the grid shift without rounding
            double at = random.nextInt(-8_192, 8_192) / 64.0;
            int bars = random.nextInt(-50, 50) * 4;
            assertEquals(
                    Beats.tick(at, resolution) + (long) bars * resolution,
                    Beats.tick(at + bars, resolution),
                    "seed " + seed + ", " + at + " + " + bars + " at " + resolution);
            assertEquals(
                    Beats.nearestTick(at, resolution) + (long) bars * resolution,
                    Beats.nearestTick(at + bars, resolution),
                    "seed " + seed);
        }
    }

    @Test
    void everyTickIsItsOwnFloor() {
        for (int resolution : new int[] {24, 96, 480, 960}) {
            for (int tick = -2_000; tick <= 2_000; tick++) {
                assertEquals(
                        tick, Beats.ofTick(tick, resolution).tick(resolution), "tick " + tick + " of " + resolution);
            }
        }
    }

    @Test
    void placesAddAndCompare() {
        Beats a = new Beats(-1.5);
        Beats b = new Beats(2);
        assertEquals(b, a.plus(b.minus(a)));
        assertTrue(a.compareTo(Beats.ZERO) < 0 && Beats.ZERO.compareTo(b) < 0);
        assertEquals(Beats.ZERO, new Beats(-0.0));
    }

    @Test
    void aPlaceThatIsNoneIsRefused() {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new Beats(wrong));
        }
    }
}
