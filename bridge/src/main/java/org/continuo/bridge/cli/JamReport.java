package org.continuo.bridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.continuo.bridge.jam.Expectation;
import org.continuo.bridge.jam.JamCounts;
import org.continuo.bridge.jam.JamResult;

/**
 * What happened in a jam, for people or programs.
 *
 * @param file where it was written, or null
 */
record JamReport(JamResult result, List<Expectation> expectations, Path file, String model) {
    /** Those that are not met. */
    List<Expectation> unmet() {
        return expectations.stream()
                .filter(expected -> !expected.isMet(expected.figure().of(result)))
                .toList();
    }

    String json() throws JsonProcessingException {
        JamCounts counts = result.counts();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("jam", result.name());
        all.put("model", model);
        all.put("seed", result.seed());
        all.put("quarters", rounded(result.length()));
        all.put("seconds", rounded(result.seconds()));
        all.put("struck", counts.struck);
        all.put("planned", counts.planned);
        all.put("sounded", counts.sounded);
        all.put("withdrawn", counts.withdrawn);
        all.put("late", counts.late);
        all.put("late_at", counts.lateAt().stream().map(JamReport::rounded).toList());
        all.put("stuck", counts.stuck);
        all.put("doubled", counts.doubled);
        all.put("plans", counts.plans);
        all.put("revisions", counts.revisions);
        all.put("answered", counts.answered());
        Map<String, Object> reaction = new LinkedHashMap<>();
        reaction.put("p50", rounded(counts.reactionMillis(0.5)));
        reaction.put("p90", rounded(counts.reactionMillis(0.9)));
        reaction.put("p99", rounded(counts.reactionMillis(0.99)));
        reaction.put("max", rounded(counts.reactionMillis(1)));
        all.put("reaction_ms", reaction);
        List<Object> figures = new ArrayList<>();
        for (Expectation expected : expectations) {
            double value = expected.figure().of(result);
            Map<String, Object> figure = new LinkedHashMap<>();
            figure.put("figure", expected.what());
            figure.put("value", rounded(value));
            figure.put("expected", expected.bounds());
            figure.put("met", expected.isMet(value));
            figures.add(figure);
        }
        all.put("figures", figures);
        if (file != null) {
            all.put("file", file.toString());
        }
        return new ObjectMapper().writeValueAsString(all);
    }

    /** Null for what is not known: JSON has no NaN. */
    private static Double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * 1000) / 1000.0 : null;
    }

    static String heading() {
        return String.format(Locale.ROOT, "%-20s %-28s %10s  %s", "jam", "figure", "is", "expected");
    }

    /** A row for each figure that is expected. */
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (Expectation expected : expectations) {
            double value = expected.figure().of(result);
            rows.add(String.format(
                    Locale.ROOT,
                    "%-20s %-28s %10.3f  %s%s",
                    result.name(),
                    expected.what(),
                    value,
                    expected.bounds(),
                    expected.isMet(value) ? "" : "  NOT MET"));
        }
        return rows;
    }

    /** What happened, in two lines. */
    String lines() {
        JamCounts counts = result.counts();
        return String.format(
                Locale.ROOT,
                "%s: %.0f quarters, %d notes of the musician, %d of Continuo; %d planned, %d withdrawn, %d late, %d stuck, %d"
                        + " doubled%n%d of %d notes answered by a plan%s; seed %d, model %s",
                result.name(),
                result.length(),
                counts.struck,
                counts.sounded,
                counts.planned,
                counts.withdrawn,
                counts.late,
                counts.stuck,
                counts.doubled,
                counts.answered(),
                counts.struck,
                reactions(counts),
                result.seed(),
                model);
    }

    private static String reactions(JamCounts counts) {
        return counts.answered() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", p50 %.2f ms, p99 %.2f ms, most %.2f ms",
                        counts.reactionMillis(0.5),
                        counts.reactionMillis(0.99),
                        counts.reactionMillis(1));
    }
}
