package org.continuo.engine.token;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.continuo.protocol.time.Meter;

/**
 * How conditions and musical time reach the model: beside its id, each token carries {@link #SLOTS} rows of one feature
 * table, and the model adds them to the token's own embedding. Row 0 is all zeros and stands for "open". The layout is
 * frozen with the vocabulary's version; an instrument that is {@code ahead} comes four beats early in the stream.
 */
public final class FeatureLayout {
    /** One kind of feature: its name, the row of its first value, and its values' names. */
    public record Slot(String name, int base, List<String> values) {}

    /** Beats in a bar that are told apart; later ones share the last value. */
    public static final int BEATS = 16;

    private static final List<String> METERS = List.of(
            "4/4", "3/4", "2/4", "2/2", "6/8", "3/8", "9/8", "12/8", "3/2", "4/2", "5/4", "6/4", "7/4", "5/8", "7/8",
            "1/4", "2/1", "other");

    /** Least bars left for each value: exact up to 16, then coarser. */
    private static final int[] BARS_LEFT = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 24, 32, 48, 64, 128
    };

    /** Note starts a quarter note, all parts together, for each density value. */
    public static final List<Double> DENSITIES = List.of(0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0);

    private static final List<String> KEYS = Stream.concat(
                    Stream.of("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"),
                    Stream.of("Cm", "C#m", "Dm", "Ebm", "Em", "Fm", "F#m", "Gm", "G#m", "Am", "Bbm", "Bm"))
            .toList();

    private static final int STYLE = 0;
    private static final int METER = 1;
    private static final int BARS_LEFT_SLOT = 2;
    private static final int KIND = 3;
    private static final int KEY = 4;
    private static final int DENSITY = 5;
    private static final int BEAT = 6;
    private static final int TICK = 7;
    private static final int FIRST_INSTRUMENT = 8;

    /** Features a token carries. */
    public static final int SLOTS = FIRST_INSTRUMENT + Instrument.COUNT;

    /** The layout, in slot order. */
    public static final List<Slot> LAYOUT = layout();

    /** Rows of the feature table, row 0 included. */
    public static final int ROWS =
            LAYOUT.get(SLOTS - 1).base + LAYOUT.get(SLOTS - 1).values.size();

    private static final int[] BASE = LAYOUT.stream().mapToInt(Slot::base).toArray();

    private FeatureLayout() {}

    private static List<Slot> layout() {
        List<Slot> slots = new ArrayList<>();
        add(slots, "style", Style.NAMES);
        add(slots, "metre", METERS);
        add(
                slots,
                "bars_left",
                IntStream.of(BARS_LEFT).mapToObj(Integer::toString).toList());
        add(slots, "kind", List.of("performed", "score", "synthetic"));
        add(slots, "key", KEYS);
        add(slots, "density", DENSITIES.stream().map(String::valueOf).toList());
        add(slots, "beat", numbers(BEATS));
        add(slots, "tick", numbers(Score.TICKS_PER_QUARTER));
        for (Instrument instrument : Instrument.values()) {
            add(slots, "inst_" + instrument.label(), List.of("absent", "present", "ahead"));
        }
        return List.copyOf(slots);
    }

    private static void add(List<Slot> slots, String name, List<String> values) {
        Slot last = slots.isEmpty() ? null : slots.get(slots.size() - 1);
        slots.add(new Slot(name, last == null ? 1 : last.base + last.values.size(), values));
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    /** The value of a meter; those without one of their own share the last. */
    public static int meterValue(Meter meter) {
        int index = METERS.indexOf(meter.toString());
        return index < 0 ? METERS.size() - 1 : index;
    }

    /** The value of a number of bars still to come (0 or more). */
    public static int barsLeftValue(int bars) {
        int value = BARS_LEFT.length - 1;
        while (BARS_LEFT[value] > bars) {
            value--;
        }
        return value;
    }

    /** The number of bars from which on {@link #barsLeftValue} no longer changes. */
    public static int barsLeftLimit() {
        return BARS_LEFT[BARS_LEFT.length - 1];
    }

    /** The density value nearest, in ratio, to so many note starts a quarter note. */
    public static int densityValue(double notesPerQuarter) {
        int nearest = 0;
        for (int i = 1; i < DENSITIES.size(); i++) {
            if (notesPerQuarter * notesPerQuarter > DENSITIES.get(i) * DENSITIES.get(i - 1)) {
                nearest = i;
            }
        }
        return nearest;
    }

    /** The value of a key's name ("C", "F#m"), or -1. */
    public static int keyValue(String name) {
        return KEYS.indexOf(name);
    }

    /**
     * Writes the rows of one token into {@code rows[offset .. offset + SLOTS)}. Allocates nothing.
     *
     * @param meterValue see {@link #meterValue}
     * @param beat after the token, 0-15
     * @param tick in the beat after the token, 0-23
     */
    public static void fill(Conditions conditions, int meterValue, int beat, int tick, int[] rows, int offset) {
        fill(conditions, conditions.barsLeft(), meterValue, beat, tick, rows, offset);
    }

    /** As the other, with the bars that are left, or {@link Conditions#OPEN}, apart from the conditions. */
    public static void fill(
            Conditions conditions, int barsLeft, int meterValue, int beat, int tick, int[] rows, int offset) {
        rows[offset + STYLE] = row(STYLE, conditions.style());
        rows[offset + METER] = row(METER, meterValue);
        rows[offset + BARS_LEFT_SLOT] = barsLeft < 0 ? 0 : row(BARS_LEFT_SLOT, barsLeftValue(barsLeft));
        rows[offset + KIND] =
                conditions.kind() == null ? 0 : row(KIND, conditions.kind().ordinal());
        rows[offset + KEY] = row(KEY, conditions.key());
        rows[offset + DENSITY] = row(DENSITY, conditions.density());
        rows[offset + BEAT] = row(BEAT, beat);
        rows[offset + TICK] = row(TICK, tick);
        for (int i = 0; i < Instrument.COUNT; i++) {
            int slot = FIRST_INSTRUMENT + i;
            rows[offset + slot] = conditions.instruments() == null
                    ? 0
                    : row(slot, conditions.instruments().contains(Instrument.ofIndex(i)) ? 1 : 0);
        }
    }

    private static int row(int slot, int value) {
        return value < 0 ? 0 : BASE[slot] + value;
    }
}
