package org.continuo.engine.evaluate;

import java.util.Arrays;

/**
 * The area that two distributions share, 0 to 1, each smoothed by a Gaussian kernel of Scott's width: a figure of Yang and
 * Lerch 2018, "On the evaluation of generative models in music", here on the values themselves.
 */
public final class Overlap {
    private static final int POINTS = 1000;
    private static final double MARGIN = 3;

    private Overlap() {}

    /** Of two samples; values that are no numbers are left out. NaN where fewer than two are left. */
    public static double area(double[] first, double[] second) {
        double[] a = numbers(first);
        double[] b = numbers(second);
        if (a.length < 2 || b.length < 2) {
            return Double.NaN;
        }
        double widthA = width(a);
        double widthB = width(b);
        double low = Math.min(a[0] - MARGIN * widthA, b[0] - MARGIN * widthB);
        double high = Math.max(a[a.length - 1] + MARGIN * widthA, b[b.length - 1] + MARGIN * widthB);
        double step = (high - low) / POINTS;
        double area = 0;
        for (int i = 0; i < POINTS; i++) {
            double x = low + (i + 0.5) * step;
            area += Math.min(density(a, widthA, x), density(b, widthB, x)) * step;
        }
        return Math.min(1, area);
    }

    private static double[] numbers(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    }

    private static double width(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
        return Math.max(1e-3, Math.sqrt(variance) * Math.pow(values.length, -0.2));
    }

    private static double density(double[] values, double width, double x) {
        double sum = 0;
        for (double value : values) {
            double z = (x - value) / width;
            sum += Math.exp(-0.5 * z * z);
        }
        return sum / (values.length * width * Math.sqrt(2 * Math.PI));
    }
}
