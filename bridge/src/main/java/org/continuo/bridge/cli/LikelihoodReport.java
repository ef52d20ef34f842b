package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.continuo.engine.evaluate.Evaluation;
import org.continuo.engine.evaluate.Likelihood;

/**
 * Nats a note and a token of {@link Evaluation}, as lines or as one JSON object.
 *
 * @param model the model's name
 * @param context tokens of a window
 * @param told the style that the model was told
 */
record LikelihoodReport(String model, int context, Evaluation.Told told) {
    void print(PrintWriter out, Evaluation.Result result, boolean json) throws IOException {
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(figures(result)));
            return;
        }
        out.printf("model %s, context %d, stride %d, style told: %s%n", model, context, stride(), toldName());
        row(out, "all", result.all());
        result.byStyle().forEach((name, sum) -> row(out, name, sum));
        if (result.refused() > 0) {
            out.println(result.refused() + " files could not be read");
        }
    }

    private Map<String, Object> figures(Evaluation.Result result) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("model", model);
        figures.put("context", context);
        figures.put("stride", stride());
        figures.put("told", toldName());
        figures.put("all", figures(result.all()));
        figures.put("by_source", figures(result.bySource()));
        figures.put("by_style", figures(result.byStyle()));
        figures.put("refused", result.refused());
        return figures;
    }

    /** Tokens by which a window lies after the one before. */
    private int stride() {
        return context - context / 4;
    }

    private String toldName() {
        return told.name().toLowerCase(Locale.ROOT);
    }

    private static void row(PrintWriter out, String name, Likelihood.Sum sum) {
        out.printf(
                Locale.ROOT,
                "%-14s %5d pieces %8d notes %7.3f nats a note %6.3f a token%n",
                name,
                sum.pieces(),
                sum.notes(),
                sum.natsPerNote(),
                sum.natsPerToken());
    }

    private static Map<String, Object> figures(Map<String, Likelihood.Sum> sums) {
        Map<String, Object> all = new LinkedHashMap<>();
        sums.forEach((name, sum) -> all.put(name, figures(sum)));
        return all;
    }

    static Map<String, Object> figures(Likelihood.Sum sum) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("pieces", sum.pieces());
        figures.put("notes", sum.notes());
        figures.put("tokens", sum.tokens());
        figures.put("nats_per_note", sum.natsPerNote());
        figures.put("nats_per_token", sum.natsPerToken());
        return figures;
    }
}
