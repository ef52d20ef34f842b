package org.continuo.bridge.jam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.continuo.engine.perform.ChordChart;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Scale;

/**
 * A figure of what sounded in a jam. Bars are counted by performance time in the meter that the jam ends with. NaN where
 * there is nothing to tell it from.
 */
@FunctionalInterface
public interface Figure {
    double of(JamResult jam);

    /** Keys struck within so many quarter notes are one chord, as for the performer. */
    double ONE_CHORD = 0.125;

    /** Within so much of an eighth a note belongs to it. */
    double NEAR = 0.25;

    /** Reads a figure's arguments, and adds them to {@code what}. */
    static Figure of(String name, JamLine line, StringBuilder what) throws ScriptException {
        switch (name) {
            case "notes-a-bar":
                return jam -> jam.model().size() / (jam.length() / jam.barQuarters());
            case "in-scale": {
                String key = argument(line, what, "a key");
                int scale = FeatureLayout.keyValue(key);
                if (scale < 0) {
                    throw line.wrong("'" + key + "' is no key");
                }
                return jam -> share(jam.pitched(), note -> Scale.holds(Scale.of(scale), note.pitch()));
            }
            case "in-chords": {
                String text = argument(line, what, "chords with commas between");
                ChordChart chart = ChordChart.of(text.replace(',', ' '));
                if (chart == null) {
                    throw line.wrong("'" + text + "' are no chords");
                }
                return jam -> share(jam.pitched(), note -> {
                    long bar = (long) Math.floor(note.beat() / jam.barQuarters() + 1e-9);
                    return Scale.holds(chart.classes(bar), note.pitch());
                });
            }
            case "in-register": {
                int low = Integer.parseInt(wholeArgument(line, what));
                int high = Integer.parseInt(wholeArgument(line, what));
                return jam -> share(jam.pitched(), note -> note.pitch() >= low && note.pitch() <= high);
            }
            case "last-note":
                return jam ->
                        jam.model().stream().mapToDouble(Played::start).max().orElse(Double.NaN);
            case "last-end":
                return jam ->
                        jam.model().stream().mapToDouble(Played::end).max().orElse(Double.NaN);
            case "notes-between": {
                double from = Double.parseDouble(wholeArgument(line, what));
                double to = Double.parseDouble(wholeArgument(line, what));
                return jam -> jam.model().stream()
                        .filter(note -> note.start() >= from && note.start() < to)
                        .count();
            }
            case "own-turns": {
                int bars = Math.max(1, Integer.parseInt(wholeArgument(line, what)));
                return jam -> share(jam.model(), note -> jam.bar(note) / bars % 2 == 1);
            }
            case "loudness":
                return Figure::loudness;
            case "behind-ms":
                return Figure::behind;
            case "voices-a-chord":
                return jam -> mean(chords(jam), chord -> chord.answer.size());
            case "voice-delay-ms":
                return jam -> chords(jam).stream()
                        .flatMap(chord -> chord.answer.stream().map(note -> note.start() - chord.struck))
                        .mapToDouble(quarters -> quarters * 60_000 / jam.tempo())
                        .max()
                        .orElse(Double.NaN);
            default:
                throw line.wrong(
                        "'" + name + "' is no figure: notes-a-bar, in-scale, in-chords, in-register, last-note,"
                                + " last-end, notes-between, own-turns, loudness, behind-ms, voices-a-chord, voice-delay-ms");
        }
    }

    private static String argument(JamLine line, StringBuilder what, String kind) throws ScriptException {
        String word = line.word(kind);
        what.append(' ').append(word);
        return word;
    }

    private static String wholeArgument(JamLine line, StringBuilder what) throws ScriptException {
        String word = String.valueOf(line.whole("a whole number", 0, 20_000));
        what.append(' ').append(word);
        return word;
    }

    private static double share(List<Played> notes, Predicate<Played> which) {
        return notes.isEmpty()
                ? Double.NaN
                : (double) notes.stream().filter(which).count() / notes.size();
    }

    private static <T> double mean(List<T> things, ToDoubleFunction<T> of) {
        return things.stream().mapToDouble(of).average().orElse(Double.NaN);
    }

    /** The correlation (Pearson) of the mean velocities, bar by bar, of the model and the musician. */
    private static double loudness(JamResult jam) {
        Map<Integer, List<Played>> model = byBar(jam, jam.model());
        Map<Integer, List<Played>> musician = byBar(jam, jam.musician());
        model.keySet().retainAll(musician.keySet());
        List<double[]> pairs = new ArrayList<>();
        model.forEach((bar, notes) ->
                pairs.add(new double[] {mean(notes, Played::velocity), mean(musician.get(bar), Played::velocity)}));
        double x = mean(pairs, pair -> pair[0]);
        double y = mean(pairs, pair -> pair[1]);
        double xy = mean(pairs, pair -> (pair[0] - x) * (pair[1] - y));
        double xx = mean(pairs, pair -> (pair[0] - x) * (pair[0] - x));
        double yy = mean(pairs, pair -> (pair[1] - y) * (pair[1] - y));
        return xy / Math.sqrt(xx * yy);
    }

    /** How far behind the eighths the model's notes lie that belong to one: the mean in milliseconds. */
    private static double behind(JamResult jam) {
        double eighths = jam.model().stream()
                .mapToDouble(note -> note.beat() * 2 - Math.rint(note.beat() * 2))
                .filter(off -> Math.abs(off) <= NEAR)
                .average()
                .orElse(Double.NaN);
        return eighths * 30_000 / jam.tempo();
    }

    private static Map<Integer, List<Played>> byBar(JamResult jam, List<Played> notes) {
        Map<Integer, List<Played>> bars = new TreeMap<>();
        notes.forEach(note ->
                bars.computeIfAbsent(jam.bar(note), bar -> new ArrayList<>()).add(note));
        return bars;
    }

    /** What the musician struck at once, and the model's notes from then until the next. */
    record Chord(double struck, List<Played> answer) {}

    private static List<Chord> chords(JamResult jam) {
        List<Chord> chords = new ArrayList<>();
        for (Played note : jam.musician()) {
            if (chords.isEmpty() || note.start() - chords.get(chords.size() - 1).struck >= ONE_CHORD) {
                chords.add(new Chord(note.start(), new ArrayList<>()));
            }
        }
        int chord = -1;
        for (Played note : jam.model()) {
            while (chord + 1 < chords.size() && chords.get(chord + 1).struck <= note.start()) {
                chord++;
            }
            if (chord >= 0) {
                chords.get(chord).answer.add(note);
            }
        }
        return chords;
    }
}
