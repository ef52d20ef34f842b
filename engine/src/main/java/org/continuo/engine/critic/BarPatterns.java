package org.continuo.engine.critic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * The bars of a score as sets of what starts in them, to find bars that come back. Immutable.
 *
 * <p>Two bars are the same if the same notes of the same instruments start at the same ticks. They resemble one another by
 * the share of their starts, as sixteenth and pitch class (drums: and drum), that both have: Jaccard's index.
 */
public final class BarPatterns {
    private static final int SIXTEENTH = Score.TICKS_PER_QUARTER / 4;

    private final List<Set<Integer>> exact = new ArrayList<>();
    private final List<Set<Integer>> rough = new ArrayList<>();

    /** @param bars how many, from the first */
    public BarPatterns(Score score, int bars) {
        for (int bar = 0; bar < bars; bar++) {
            exact.add(new HashSet<>());
            rough.add(new HashSet<>());
        }
        MeterMap meters = score.meters();
        for (Note note : score.notes()) {
            int bar = meters.barAt(note.start());
            if (bar < bars) {
                int tick = note.start() - meters.barStart(bar);
                int instrument = note.instrument().ordinal();
                boolean drum = note.instrument() == Instrument.DRUMS;
                exact.get(bar).add((tick * Instrument.COUNT + instrument) * 128 + note.pitch());
                int pitch = drum ? 12 + note.pitch() : note.pitch() % 12;
                rough.get(bar).add((tick + SIXTEENTH / 2) / SIXTEENTH * 256 + pitch);
            }
        }
    }

    /** The most bars in a row, from {@code from} on, that are the same and not empty. */
    public int longestLoop(int from) {
        int longest = 0;
        int run = 0;
        for (int bar = from; bar < exact.size(); bar++) {
            boolean same =
                    bar > from && !exact.get(bar).isEmpty() && exact.get(bar).equals(exact.get(bar - 1));
            run = exact.get(bar).isEmpty() ? 0 : same ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** The most bars in a row, from {@code from} on, in which nothing starts. */
    public int longestSilence(int from) {
        int longest = 0;
        int run = 0;
        for (int bar = from; bar < exact.size(); bar++) {
            run = exact.get(bar).isEmpty() ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /**
     * How much bars bring back of others: the mean over bars {@code from} to {@code to - 1} of the resemblance to the likest
     * of the first {@code bars} of {@code theme}. Empty bars are left out; NaN where there is no other.
     */
    public double recall(int from, int to, BarPatterns theme, int bars) {
        double sum = 0;
        int count = 0;
        for (int bar = from; bar < Math.min(to, rough.size()); bar++) {
            if (!rough.get(bar).isEmpty()) {
                double most = 0;
                for (int other = 0; other < Math.min(bars, theme.rough.size()); other++) {
                    most = Math.max(most, resemblance(rough.get(bar), theme.rough.get(other)));
                }
                sum += most;
                count++;
            }
        }
        return sum / count;
    }

    /** The mean resemblance of bars {@code from} to {@code to - 1} to the bar {@code lag} bars before; NaN where all are empty. */
    public double likeness(int from, int to, int lag) {
        double sum = 0;
        int count = 0;
        for (int bar = Math.max(from, lag); bar < Math.min(to, rough.size()); bar++) {
            if (!rough.get(bar).isEmpty()) {
                sum += resemblance(rough.get(bar), rough.get(bar - lag));
                count++;
            }
        }
        return sum / count;
    }

    private static double resemblance(Set<Integer> one, Set<Integer> two) {
        Set<Integer> both = new HashSet<>(one);
        both.retainAll(two);
        int all = one.size() + two.size() - both.size();
        return all == 0 ? 0 : (double) both.size() / all;
    }
}
