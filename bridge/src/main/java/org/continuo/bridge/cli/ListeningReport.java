package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.continuo.engine.evaluate.Agreement;
import org.continuo.engine.evaluate.Listening;
import org.continuo.engine.evaluate.MeanInterval;

/** Means and 95 % intervals of {@link Listening}, as lines or as one JSON object. */
final class ListeningReport {
    private static final Map<String, ToDoubleFunction<Agreement>> MEASURES = new LinkedHashMap<>();

    static {
        MEASURES.put("consonance", Agreement::consonance);
        MEASURES.put("key", Agreement::key);
        MEASURES.put("metre", Agreement::metre);
        MEASURES.put("starts", Agreement::starts);
    }

    private ListeningReport() {}

    static void print(PrintWriter out, List<Listening.Pair> pairs, boolean json) throws IOException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("clips", pairs.size());
        MEASURES.forEach((name, measure) -> {
            MeanInterval heard = mean(pairs, pair -> measure.applyAsDouble(pair.heard()));
            MeanInterval control = mean(pairs, pair -> measure.applyAsDouble(pair.control()));
            MeanInterval gain =
                    mean(pairs, pair -> measure.applyAsDouble(pair.heard()) - measure.applyAsDouble(pair.control()));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("heard", numbers(heard));
            row.put("control", numbers(control));
            row.put("difference", numbers(gain));
            figures.put(name, row);
            if (!json) {
                out.println(String.format(Locale.ROOT, "%-11s", name) + " heard " + text(heard) + "  control "
                        + text(control) + "  difference " + text(gain));
            }
        });
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(figures));
        }
    }

    private static MeanInterval mean(List<Listening.Pair> pairs, ToDoubleFunction<Listening.Pair> value) {
        return MeanInterval.of(Means.values(pairs, value));
    }

    private static String text(MeanInterval mean) {
        return String.format(
                Locale.ROOT, "%.3f [%.3f, %.3f] of %d", mean.mean(), mean.low(), mean.high(), mean.count());
    }

    private static Map<String, Object> numbers(MeanInterval mean) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("mean", Means.number(mean.mean()));
        numbers.put("low", Means.number(mean.low()));
        numbers.put("high", Means.number(mean.high()));
        numbers.put("clips", mean.count());
        return numbers;
    }
}
