package org.continuo.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlaceRandomTest {
    @Test
    void shouldSpreadEvenlyOverPlacesAndOverSeeds() {
        int[] overPlaces = new int[64];
        int[] overSeeds = new int[64];
        int draws = 640_000;
        for (int i = 0; i < draws; i++) {
            overPlaces[(int) (PlaceRandom.uniform(42, i) * 64)]++;
            overSeeds[(int) (PlaceRandom.uniform(i, 42) * 64)]++;
        }
        for (int[] bins : new int[][] {overPlaces, overSeeds}) {
            double statistic = 0;
            for (int seen : bins) {
                statistic += (seen - 10_000.0) * (seen - 10_000.0) / 10_000;
            }
            assertTrue(statistic < 104, "chi-square of 63 degrees is " + statistic); // one in a thousand is over it
        }
    }

    @Test
    void shouldNotCarryFromOnePlaceToTheNext() {
        double sum = 0;
        int draws = 100_000;
        for (int i = 0; i < draws; i++) {
            sum += (PlaceRandom.uniform(1, i) - 0.5) * (PlaceRandom.uniform(1, i + 1) - 0.5) * 12;
        }
        assertEquals(0, sum / draws, 4 / Math.sqrt(draws));
    }

    @Test
    void shouldGiveEveryStreamASeedOfItsOwn() {
        assertNotEquals(PlaceRandom.derive(1, 0), PlaceRandom.derive(1, 1));
        assertNotEquals(PlaceRandom.derive(1, 0), PlaceRandom.derive(2, 0));
    }

    @Test
    void shouldStayTheSameForever() {
        assertEquals(-3643555306577080979L, PlaceRandom.bits(1, 2), "the numbers are part of what a seed means");
    }
}
