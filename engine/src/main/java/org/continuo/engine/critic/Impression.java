package org.continuo.engine.critic;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * What strikes a listener about music that goes on from other music: what it is like ({@link Portrait}), how far that is from
 * what came before, what it takes up of it, and how it repeats itself. Named numbers, NaN where there is nothing to tell by.
 */
public final class Impression {
    /** Bars before the join that the music is held against. */
    private static final int BARS_BEFORE = 8;

    private static final int[] LAGS = {1, 2, 4};

    private Impression() {}

    /**
     * Of the bars from {@code join} up to {@code end}, both bar lines, the first not the score's first.
     *
     * @return the same names in the same order for every piece
     */
    public static Map<String, Double> of(Score score, int join, int end) {
        MeterMap meters = score.meters();
        int joinBar = meters.barAt(join);
        int endBar = meters.barAt(end - 1) + 1;
        int before = meters.barStart(Math.max(0, joinBar - BARS_BEFORE));
        Map<String, Double> now = Portrait.of(score, join, end);
        Map<String, Double> earlier = Portrait.of(score, before, join);
        Map<String, Double> numbers = new LinkedHashMap<>(now);
        now.forEach((name, value) -> numbers.put(name + "_moved", Math.abs(value - earlier.get(name))));
        BarPatterns bars = new BarPatterns(score, endBar);
        double length = endBar - joinBar;
        numbers.put("looping", bars.longestLoop(joinBar) / length);
        numbers.put("silent", bars.longestSilence(joinBar) / length);
        numbers.put("takes_up", bars.recall(joinBar, endBar, bars, joinBar));
        for (int lag : LAGS) {
            numbers.put("like_" + lag + "_before", bars.likeness(joinBar, endBar, lag));
        }
        numbers.put("instruments_lost", instrumentsLost(score, before, join, end));
        return numbers;
    }

    /** The share of starts before the join that were of instruments which do not start any more. */
    private static double instrumentsLost(Score score, int before, int join, int end) {
        double lost = 0;
        double all = 0;
        Set<Instrument> playing = EnumSet.noneOf(Instrument.class);
        for (Note note : score.notes()) {
            if (note.start() >= join && note.start() < end) {
                playing.add(note.instrument());
            }
        }
        for (Note note : score.notes()) {
            if (note.start() >= before && note.start() < join) {
                all++;
                lost += playing.contains(note.instrument()) ? 0 : 1;
            }
        }
        return lost / all;
    }
}
