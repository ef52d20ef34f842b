package org.continuo.bridge.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.continuo.engine.evaluate.MeanInterval;

/** Means of what a study measured, as JSON takes them: without NaN. */
final class Means {
    private Means() {}

    /** The mean over those that have a value; null where none has. */
    static <T> Double of(List<T> all, ToDoubleFunction<T> value) {
        return of(values(all, value));
    }

    static Double of(double[] values) {
        return number(MeanInterval.of(values).mean());
    }

    /** The share of pairs in which {@code margin} is greater than zero, with its 95 % interval; a draw is half right. */
    static <T> Map<String, Object> interval(List<T> pairs, ToDoubleFunction<T> margin) {
        MeanInterval interval =
                MeanInterval.of(values(pairs, pair -> (1 + Math.signum(margin.applyAsDouble(pair))) / 2));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("share", interval.mean());
        figures.put("low", interval.low());
        figures.put("high", interval.high());
        return figures;
    }

    static <T> double[] values(List<T> all, ToDoubleFunction<T> value) {
        return all.stream().mapToDouble(value).toArray();
    }

    /** null for NaN, which JSON does not have. */
    static Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
