package org.continuo.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.continuo.engine.token.TokenMask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final int SIZE = 300;

    @Test
    void shouldDrawFromTheDistributionThatEachTruncationDefines() {
        draws(12, 40_000);
    }

    @Tag("full")
    @Test
    void shouldDrawFromManyDistributionsThatEachTruncationDefines() {
        draws(200, 40_000);
    }

    private static void draws(int seeds, int draws) {
        Sampling[] samplings = {
            Sampling.PLAIN,
            Sampling.PLAIN.withTemperature(0.7),
            Sampling.PLAIN.withTemperature(1.6),
            Sampling.PLAIN.withTopK(1),
            Sampling.PLAIN.withTopK(17),
            Sampling.PLAIN.withTopP(0.9),
            Sampling.PLAIN.withTopP(0.1).withTemperature(1.2),
            Sampling.PLAIN.withMinP(0.05),
            new Sampling(0.9, 40, 0.95, 0.02),
        };
        Sampler sampler = new Sampler(SIZE);
        int refused = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            float[] logits = logits(random);
            TokenMask mask = mask(random);
            Sampling sampling = samplings[seed % samplings.length];
            double[] expected = expected(logits, mask, sampling);
            int[] seen = new int[SIZE];
            for (int place = 0; place < draws; place++) {
                int token = sampler.sample(logits, mask, sampling, seed, place);
                assertTrue(expected[token] > 0, "seed " + seed + ": token " + token + " should have been left out");
                seen[token]++;
            }
            refused += chiSquareRefuses(expected, seen, draws) ? 1 : 0;
        }
        // each test refuses a true distribution once in 1,000 times
        assertTrue(refused <= 1 + seeds / 200, refused + " of " + seeds + " seeds do not fit their distribution");
    }

    /** The distribution by its definition: sort, then cut. */
    private static double[] expected(float[] logits, TokenMask mask, Sampling sampling) {
        double[] p = new double[SIZE];
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            p[i] = mask.allows(i) ? Math.exp(logits[i] / sampling.temperature()) : 0;
            sum += p[i];
        }
        Integer[] order = IntStream.range(0, SIZE).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -p[i]).thenComparing(i -> i));
        int keep = sampling.topK() > 0 ? sampling.topK() : SIZE;
        double inTopK = 0;
        for (int i = 0; i < keep; i++) {
            inTopK += p[order[i]];
        }
        double reached = 0;
        for (int i = 0; i < SIZE; i++) {
            boolean kept = i < keep && reached < sampling.topP() * inTopK * (1 - 1e-9);
            reached += p[order[i]];
            if (!kept || p[order[i]] < sampling.minP() * p[order[0]]) {
                p[order[i]] = 0;
            }
        }
        double left = Arrays.stream(p).sum();
        return Arrays.stream(p).map(value -> value / left).toArray();
    }

    /** Pearson's test at one in a thousand, with rare tokens put together; quantile by Wilson and Hilferty 1931. */
    private static boolean chiSquareRefuses(double[] expected, int[] seen, int draws) {
        double statistic = 0;
        double rareExpected = 0;
        double rareSeen = 0;
        int bins = 0;
        for (int i = 0; i < SIZE; i++) {
            double wanted = expected[i] * draws;
            if (wanted < 10) {
                rareExpected += wanted;
                rareSeen += seen[i];
            } else {
                statistic += (seen[i] - wanted) * (seen[i] - wanted) / wanted;
                bins++;
            }
        }
        if (rareExpected >= 10) {
            statistic += (rareSeen - rareExpected) * (rareSeen - rareExpected) / rareExpected;
            bins++;
        }
        double degrees = bins - 1.0;
        if (degrees == 0) {
            return false;
        }
        double quantile = degrees * Math.pow(1 - 2 / (9 * degrees) + 3.09 * Math.sqrt(2 / (9 * degrees)), 3);
        return statistic > quantile;
    }

    @Test
    void shouldKeepExactlyTheTokensThatSortingWouldKeep() {
        Sampler sampler = new Sampler(SIZE);
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            float[] logits = logits(random);
            for (int i = 0; i < SIZE; i++) {
                logits[i] = Math.round(logits[i] * 4) / 4f; // many equals
            }
            TokenMask mask = mask(random);
            int topK = 1 + random.nextInt(mask.count());
            double[] expected = expected(logits, mask, Sampling.PLAIN.withTopK(topK));
            Sampling one = Sampling.PLAIN.withTopK(topK).withTemperature(Sampling.HIGHEST_TEMPERATURE);
            for (int place = 0; place < 200; place++) {
                int token = sampler.sample(logits, mask, one, seed, place);
                assertTrue(expected[token] > 0, "seed " + seed + ", top-k " + topK + ": picked " + token);
            }
        }
    }

    @Test
    void shouldPickTheSameTokenAtTheSamePlaceWhateverWasPickedBefore() {
        Random random = new Random(3);
        float[] logits = logits(random);
        float[] other = logits(random);
        Sampling sampling = new Sampling(1, 50, 0.95, 0.01);
        Sampler straight = new Sampler(SIZE);
        Sampler wavering = new Sampler(SIZE);
        for (int place = 0; place < 1_000; place++) {
            for (int i = random.nextInt(3); i > 0; i--) {
                wavering.sample(other, null, Sampling.PLAIN, random.nextLong(), random.nextLong());
            }
            assertEquals(
                    straight.sample(logits, null, sampling, 7, place),
                    wavering.sample(logits, null, sampling, 7, place),
                    "place " + place);
        }
    }

    @Test
    void shouldPickTheMostProbableAllowedTokenAtTemperatureZero() {
        float[] logits = {1, 5, 9, 5, 0};
        TokenMask mask = new TokenMask(5);
        mask.allowAll();
        mask.forbid(2);
        Sampler sampler = new Sampler(5);
        assertEquals(2, sampler.sample(logits, null, Sampling.GREEDY, 1, 1));
        assertEquals(1, sampler.sample(logits, mask, Sampling.GREEDY, 1, 1), "of equals the lower id");
    }

    @Test
    void shouldPickAsAtZeroWhereTheTemperatureIsNextToIt() {
        float[] logits = {1, 5, 9, 9, 0};
        Sampler sampler = new Sampler(5);
        for (double next : new double[] {Double.MIN_VALUE, 5e-309, 1e-300, 1e-40, 1e-10}) {
            for (Sampling sampling : new Sampling[] {new Sampling(next, 0, 1, 0), new Sampling(next, 2, 0.9, 0.1)}) {
                for (int place = 0; place < 100; place++) {
                    assertEquals(2, sampler.sample(logits, null, sampling, 1, place), sampling + ", place " + place);
                }
            }
        }
    }

    @Test
    void shouldPickAnAllowedTokenAtEveryTemperature() {
        Sampler sampler = new Sampler(SIZE);
        for (int seed = 0; seed < 700; seed++) {
            Random random = new Random(seed);
            TokenMask mask = mask(random);
            Sampling sampling = Sampling.PLAIN.withTemperature(100 * Math.pow(10, -seed / 2.0));
            int token = sampler.sample(logits(random), mask, sampling, seed, 1);
            assertTrue(token >= 0 && mask.allows(token), "seed " + seed + ", " + sampling + ": " + token);
        }
    }

    @Test
    void shouldPickNothingWhereTheMaskForbidsAll() {
        TokenMask none = new TokenMask(SIZE);
        Sampler sampler = new Sampler(SIZE);
        assertEquals(Sampler.NOTHING, sampler.sample(logits(new Random(1)), none, Sampling.PLAIN, 1, 1));
        assertEquals(Sampler.NOTHING, sampler.sample(logits(new Random(1)), none, Sampling.GREEDY, 1, 1));
    }

    @Test
    void shouldPickTheOnlyAllowedTokenHoweverImprobable() {
        float[] logits = new float[SIZE];
        Arrays.fill(logits, 1e30f);
        logits[123] = -3e38f;
        TokenMask one = new TokenMask(SIZE);
        one.allow(123);
        for (Sampling sampling : new Sampling[] {Sampling.PLAIN, new Sampling(0.01, 1, 1e-9, 1)}) {
            assertEquals(123, new Sampler(SIZE).sample(logits, one, sampling, 1, 1));
        }
    }

    @Test
    void shouldRefuseLogitsThatAreNotFiniteEvenWhereMasked() {
        Sampler sampler = new Sampler(SIZE);
        TokenMask mask = new TokenMask(SIZE);
        mask.allow(0, 10);
        for (float poison : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] logits = logits(new Random(1));
            logits[200] = poison;
            NotFiniteException e =
                    assertThrows(NotFiniteException.class, () -> sampler.sample(logits, mask, Sampling.PLAIN, 1, 1));
            assertTrue(e.getMessage().contains("token 200 is " + poison), e.getMessage());
            assertThrows(NotFiniteException.class, () -> LogProbability.of(logits, 0));
        }
    }

    @Test
    void shouldRefuseSettingsOutOfRange() {
        for (double bad : new double[] {-0.1, 101, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> Sampling.PLAIN.withTemperature(bad));
        }
        for (double bad : new double[] {0, 1.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> Sampling.PLAIN.withTopP(bad));
        }
        for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> Sampling.PLAIN.withMinP(bad));
        }
        assertThrows(IllegalArgumentException.class, () -> Sampling.PLAIN.withTopK(-1));
    }

    @Test
    void shouldAllocateNothingWhenWarm() {
        Sampler sampler = new Sampler(SIZE);
        float[] logits = logits(new Random(1));
        TokenMask mask = mask(new Random(2));
        Sampling sampling = new Sampling(0.9, 40, 0.95, 0.02);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long picked = 0;
        long before = 0;
        for (int place = 0; place < 120_000; place++) {
            if (place == 20_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            picked += sampler.sample(logits, mask, sampling, 1, place);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 1_000, allocated + " bytes in 100,000 picks, sum " + picked);
    }

    @Test
    void shouldComputeTheExponentialToNineDigits() {
        for (double x = -40; x <= 0; x += 1e-3) {
            assertEquals(1, Sampler.exp(x) / Math.exp(x), 1e-9, "x " + x);
        }
        assertEquals(1, Sampler.exp(0));
    }

    @Test
    void shouldGiveLogProbabilitiesThatAddUpToOne() {
        float[] logits = logits(new Random(5));
        double sum = IntStream.range(0, SIZE)
                .mapToDouble(token -> Math.exp(LogProbability.of(logits, token)))
                .sum();
        assertEquals(1, sum, 1e-8);
        assertEquals(-Math.log(4), LogProbability.of(new float[] {2, 2, 2, 2}, 3), 1e-9);
    }

    private static float[] logits(Random random) {
        float[] logits = new float[SIZE];
        double spread = 0.1 + 4 * random.nextDouble();
        for (int i = 0; i < SIZE; i++) {
            logits[i] = (float) (random.nextGaussian() * spread);
        }
        return logits;
    }

    private static TokenMask mask(Random random) {
        TokenMask mask = new TokenMask(SIZE);
        int from = random.nextInt(SIZE - 60);
        mask.allow(from, from + 60);
        for (int i = 0; i < SIZE; i++) {
            if (random.nextInt(3) == 0) {
                mask.forbid(i);
            } else if (random.nextBoolean()) {
                mask.allow(i);
            }
        }
        mask.allow(random.nextInt(SIZE));
        return mask;
    }
}
