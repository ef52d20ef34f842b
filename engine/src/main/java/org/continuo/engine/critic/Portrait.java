package org.continuo.engine.critic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * A stretch of music in numbers: how it moves, how it sounds together, how it is spread over time. Numbers that a stretch has
 * nothing to tell by are NaN. Confined to its maker.
 */
final class Portrait {
    private static final int QUARTER = Score.TICKS_PER_QUARTER;
    private static final int VERY_SHORT = QUARTER / 8;
    private static final int VERY_LONG = 8 * QUARTER - 1;
    /** Semitones apart, octaves aside, that rub: seconds, tritone, major seventh. */
    private static final int DISSONANT = 1 << 1 | 1 << 6 | 1 << 11;

    private final Map<String, Double> numbers = new LinkedHashMap<>();
    private final Score score;
    private final int from;
    private final int to;
    private final List<Note> notes = new ArrayList<>();
    private final List<Note> pitched = new ArrayList<>();

    private Portrait(Score score, int from, int to) {
        this.score = score;
        this.from = from;
        this.to = to;
        for (Note note : score.notes()) {
            if (note.start() >= from && note.start() < to) {
                notes.add(note);
                if (note.instrument() != Instrument.DRUMS) {
                    pitched.add(note);
                }
            }
        }
    }

    /** Of the notes that start from {@code from} up to {@code to}; the same names in the same order for every stretch. */
    static Map<String, Double> of(Score score, int from, int to) {
        Portrait portrait = new Portrait(score, from, to);
        portrait.traits();
        portrait.rhythm();
        portrait.loudness();
        portrait.lengths();
        portrait.lines();
        portrait.harmony();
        return portrait.numbers;
    }

    private void traits() {
        Traits traits = Traits.of(score, from, to);
        numbers.put("in_key", traits.key());
        numbers.put("density", Math.log(traits.density()));
        numbers.put("polyphony", Math.log(traits.polyphony()));
        numbers.put("pitch", traits.pitch() / 12);
        numbers.put("spread", traits.spread() / 12);
        numbers.put("length", Math.log(traits.length()));
    }

    private void rhythm() {
        int[] onGrid = new int[4];
        Set<Integer> moments = new HashSet<>();
        for (Note note : notes) {
            int inBeat = beatOf(note) % QUARTER;
            int grid = inBeat == 0 ? 0 : inBeat % (QUARTER / 2) == 0 ? 1 : inBeat % (QUARTER / 4) == 0 ? 2 : 3;
            onGrid[grid]++;
            moments.add(note.start());
        }
        numbers.put("on_quarters", share(onGrid[0], notes.size()));
        numbers.put("on_eighths", share(onGrid[1], notes.size()));
        numbers.put("on_sixteenths", share(onGrid[2], notes.size()));
        numbers.put("off_the_grid", share(onGrid[3], notes.size()));
        numbers.put("notes_at_once", Math.log(share(notes.size(), moments.size())));
        int first = score.meters().barAt(from);
        int last = score.meters().barAt(Math.max(from, to - 1));
        double[] starts = new double[last - first + 1];
        notes.forEach(note -> starts[score.meters().barAt(note.start()) - first]++);
        double mean = share(notes.size(), starts.length);
        double squares = 0;
        for (double one : starts) {
            squares += (one - mean) * (one - mean);
        }
        numbers.put("density_varies", Math.sqrt(squares / starts.length) / mean);
    }

    private int beatOf(Note note) {
        return note.start() - score.meters().barStart(score.meters().barAt(note.start()));
    }

    private void loudness() {
        double sum = 0;
        double squares = 0;
        for (Note note : notes) {
            sum += note.velocity();
            squares += note.velocity() * note.velocity();
        }
        double mean = sum / notes.size();
        numbers.put("loudness", mean);
        numbers.put("loudness_varies", Math.sqrt(Math.max(0, squares / notes.size() - mean * mean)));
    }

    private void lengths() {
        int veryShort = 0;
        int veryLong = 0;
        for (Note note : pitched) {
            veryShort += note.end() - note.start() <= VERY_SHORT ? 1 : 0;
            veryLong += note.end() - note.start() >= VERY_LONG ? 1 : 0;
        }
        numbers.put("very_short", share(veryShort, pitched.size()));
        numbers.put("very_long", share(veryLong, pitched.size()));
    }

    /** The highest line of each instrument: steps, leaps, repeated notes. */
    private void lines() {
        int moves = 0;
        int steps = 0;
        int repeated = 0;
        int wide = 0;
        double distance = 0;
        for (Instrument instrument : Instrument.values()) {
            Note before = null;
            for (Note note : topLine(instrument)) {
                if (before != null) {
                    int interval = Math.abs(note.pitch() - before.pitch());
                    moves++;
                    distance += interval;
                    steps += interval == 1 || interval == 2 ? 1 : 0;
                    repeated += interval == 0 ? 1 : 0;
                    wide += interval > 12 ? 1 : 0;
                }
                before = note;
            }
        }
        numbers.put("interval", distance / moves);
        numbers.put("steps", share(steps, moves));
        numbers.put("repeated_notes", share(repeated, moves));
        numbers.put("wide_leaps", share(wide, moves));
    }

    private List<Note> topLine(Instrument instrument) {
        List<Note> line = new ArrayList<>();
        for (Note note : pitched) {
            if (note.instrument() != instrument) {
                continue;
            }
            Note last = line.isEmpty() ? null : line.get(line.size() - 1);
            if (last != null && last.start() == note.start()) {
                line.set(line.size() - 1, last.pitch() >= note.pitch() ? last : note);
            } else {
                line.add(note);
            }
        }
        return line;
    }

    private void harmony() {
        int pairs = 0;
        int rubs = 0;
        double[] classes = new double[12];
        for (int i = 0; i < pitched.size(); i++) {
            Note note = pitched.get(i);
            classes[note.pitch() % 12]++;
            for (int j = i - 1; j >= 0 && pitched.get(j).start() > note.start() - 2 * QUARTER; j--) {
                if (pitched.get(j).end() > note.start()) {
                    pairs++;
                    rubs += DISSONANT
                                    >> Math.floorMod(
                                            note.pitch() - pitched.get(j).pitch(), 12)
                            & 1;
                }
            }
        }
        numbers.put("dissonance", share(rubs, pairs));
        double entropy = 0;
        for (double one : classes) {
            double share = one / pitched.size();
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        numbers.put("pitch_classes", pitched.isEmpty() ? Double.NaN : entropy);
    }

    private static double share(double part, double whole) {
        return whole == 0 ? Double.NaN : part / whole;
    }
}
