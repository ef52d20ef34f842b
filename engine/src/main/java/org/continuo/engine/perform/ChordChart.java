package org.continuo.engine.perform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.continuo.engine.token.Scale;

/**
 * A chord progression as players write it down, a chord a bar: "C Am F G". After the last bar comes the first again. The
 * grammar stands in SPEC.md section 6.7.
 *
 * <p>Immutable, thread-safe.
 */
public final class ChordChart {
    /** The most bars of a chart. */
    public static final int MOST_BARS = 64;

    private static final Pattern CHORD = Pattern.compile("([A-G])([#b]?)([a-z0-9]*)(?:/([A-G])([#b]?))?");
    private static final String REPEAT = "%";
    private static final String NO_CHORD = "N.C.";
    private static final int[] NATURALS = {9, 11, 0, 2, 4, 5, 7};

    /** Semitones above the root. */
    private static final Map<String, int[]> KINDS = Map.ofEntries(
            Map.entry("", new int[] {0, 4, 7}),
            Map.entry("m", new int[] {0, 3, 7}),
            Map.entry("7", new int[] {0, 4, 7, 10}),
            Map.entry("maj7", new int[] {0, 4, 7, 11}),
            Map.entry("m7", new int[] {0, 3, 7, 10}),
            Map.entry("dim", new int[] {0, 3, 6}),
            Map.entry("dim7", new int[] {0, 3, 6, 9}),
            Map.entry("m7b5", new int[] {0, 3, 6, 10}),
            Map.entry("aug", new int[] {0, 4, 8}),
            Map.entry("sus2", new int[] {0, 2, 7}),
            Map.entry("sus4", new int[] {0, 5, 7}),
            Map.entry("6", new int[] {0, 4, 7, 9}),
            Map.entry("m6", new int[] {0, 3, 7, 9}),
            Map.entry("9", new int[] {0, 4, 7, 10, 2}),
            Map.entry("maj9", new int[] {0, 4, 7, 11, 2}),
            Map.entry("m9", new int[] {0, 3, 7, 10, 2}),
            Map.entry("add9", new int[] {0, 4, 7, 2}));

    private final String text;
    private final int[] classes;

    private ChordChart(String text, int[] classes) {
        this.text = text;
        this.classes = classes;
    }

    /** Reads a chart; null where it is none: an unknown chord, nothing at all, or more than {@value #MOST_BARS} bars. */
    public static ChordChart of(String text) {
        List<Integer> bars = new ArrayList<>();
        for (String name : text.strip().split(" +")) {
            int set = name.equals(REPEAT) && !bars.isEmpty() ? bars.get(bars.size() - 1) : classes(name);
            if (set == 0 || bars.size() == MOST_BARS) {
                return null;
            }
            bars.add(set);
        }
        return new ChordChart(
                text.strip(), bars.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The pitch classes of one chord, or 0 if there is no such chord. */
    private static int classes(String name) {
        if (name.equals(NO_CHORD)) {
            return Scale.ALL;
        }
        Matcher chord = CHORD.matcher(name);
        int[] kind = chord.matches() ? KINDS.get(chord.group(3)) : null;
        if (kind == null) {
            return 0;
        }
        int root = pitchClass(chord.group(1), chord.group(2));
        int set = 0;
        for (int semitones : kind) {
            set |= 1 << (root + semitones) % 12;
        }
        return chord.group(4) == null ? set : set | 1 << pitchClass(chord.group(4), chord.group(5));
    }

    private static int pitchClass(String letter, String accidental) {
        int natural = NATURALS[letter.charAt(0) - 'A'];
        int shift = accidental.isEmpty() ? 0 : accidental.equals("#") ? 1 : 11;
        return (natural + shift) % 12;
    }

    /** The pitch classes of a bar, counted from the bar at host beat 0; see {@link Scale}. Allocates nothing. */
    public int classes(long bar) {
        return classes[(int) Math.floorMod(bar, (long) classes.length)];
    }

    public int bars() {
        return classes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChordChart chart && chart.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The chart as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
