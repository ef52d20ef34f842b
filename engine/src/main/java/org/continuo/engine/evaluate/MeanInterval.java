package org.continuo.engine.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A mean with its 95 % confidence interval, by the bootstrap percentile method (Efron 1979) over 2,000 draws from a fixed
 * seed. Immutable.
 *
 * @param count of the values that are numbers; the others are left out
 */
public record MeanInterval(double mean, double low, double high, int count) {
    private static final int DRAWS = 2_000;
    private static final long SEED = 1979;

    public static MeanInterval of(double[] values) {
        double[] known =
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        if (known.length == 0) {
            return new MeanInterval(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] means = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (int i = 0; i < known.length; i++) {
                sum += known[random.nextInt(known.length)];
            }
            means[draw] = sum / known.length;
        }
        Arrays.sort(means);
        return new MeanInterval(
                Arrays.stream(known).average().orElseThrow(),
                means[(int) (0.025 * DRAWS)],
                means[(int) (0.975 * DRAWS)],
                known.length);
    }
}
