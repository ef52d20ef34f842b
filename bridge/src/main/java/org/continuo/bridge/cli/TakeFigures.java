package org.continuo.bridge.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.continuo.engine.critic.Traits;
import org.continuo.engine.evaluate.Overlap;
import org.continuo.engine.evaluate.TakeStudy;

/** What a study of takes found, beside the pieces themselves, as figures by name. */
final class TakeFigures {
    private static final int MOST_BARS_ALIKE = 8;
    private static final int MOST_SILENT_BARS = 4;

    private static final Map<String, ToDoubleFunction<Traits>> TRAITS = new LinkedHashMap<>();

    static {
        TRAITS.put("in_key", Traits::key);
        TRAITS.put("density", Traits::density);
        TRAITS.put("polyphony", Traits::polyphony);
        TRAITS.put("pitch", Traits::pitch);
        TRAITS.put("pitch_spread", Traits::spread);
        TRAITS.put("length", Traits::length);
    }

    private TakeFigures() {}

    /** @param candidates tries of which each take was the best */
    static Map<String, Object> of(List<TakeStudy.Pair> pairs, int candidates) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("takes", pairs.size());
        figures.put("candidates", candidates);
        figures.put(
                "styles", pairs.stream().map(TakeStudy.Pair::style).distinct().count());
        figures.put("asked_instruments", sum(pairs, TakeStudy.Heard::instruments));
        figures.put("asked_instruments_that_play", sum(pairs, TakeStudy.Heard::played));
        figures.put("asked_instruments_new_after_prompt", sum(pairs, TakeStudy.Heard::asked));
        figures.put("of_these_that_play", sum(pairs, TakeStudy.Heard::came));
        figures.put("takes_with_a_bar_more_than_8_times", stuck(pairs));
        figures.put(
                "pieces_with_a_bar_more_than_8_times",
                count(pairs, pair -> pair.real().loop() > MOST_BARS_ALIKE));
        figures.put(
                "takes_with_more_than_4_silent_bars",
                count(pairs, pair -> pair.take().silence() > MOST_SILENT_BARS));
        figures.put(
                "pieces_with_more_than_4_silent_bars",
                count(pairs, pair -> pair.real().silence() > MOST_SILENT_BARS));
        TRAITS.forEach((name, trait) -> {
            double[] take =
                    Means.values(pairs, pair -> trait.applyAsDouble(pair.take().traits()));
            double[] real =
                    Means.values(pairs, pair -> trait.applyAsDouble(pair.real().traits()));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("takes", Means.of(take));
            row.put("pieces", Means.of(real));
            row.put("overlap", Means.number(Overlap.area(take, real)));
            figures.put(name, row);
        });
        for (int minute = 0; minute < 2; minute++) {
            int index = minute;
            // Of pieces that are over by then nothing can be said, nor beside them.
            List<TakeStudy.Pair> longEnough = pairs.stream()
                    .filter(pair -> !Double.isNaN(pair.real().recall()[index]))
                    .toList();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("pairs", longEnough.size());
            row.put("takes", Means.of(longEnough, pair -> pair.take().recall()[index]));
            row.put("takes_of_another_prompt", Means.of(longEnough, pair -> pair.take()
                    .control()[index]));
            row.put("pieces", Means.of(longEnough, pair -> pair.real().recall()[index]));
            row.put("pieces_of_another_prompt", Means.of(longEnough, pair -> pair.real()
                    .control()[index]));
            figures.put("recall_after_" + (minute + 1) + "_min", row);
        }
        return figures;
    }

    private static int sum(List<TakeStudy.Pair> pairs, ToIntFunction<TakeStudy.Heard> count) {
        return pairs.stream().mapToInt(pair -> count.applyAsInt(pair.take())).sum();
    }

    private static long count(List<TakeStudy.Pair> pairs, Predicate<TakeStudy.Pair> test) {
        return pairs.stream().filter(test).count();
    }

    /** Loops of the model's own: where the piece itself goes round and round, so may the take. */
    private static long stuck(List<TakeStudy.Pair> pairs) {
        return count(
                pairs,
                pair -> pair.take().loop() > MOST_BARS_ALIKE && pair.real().loop() <= MOST_BARS_ALIKE);
    }
}
