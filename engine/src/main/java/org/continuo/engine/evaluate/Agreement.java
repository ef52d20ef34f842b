package org.continuo.engine.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.continuo.engine.corpus.BarTraits;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * How well an answer agrees with what the musician played, counted by the answer's note starts. Each figure is a share of
 * those starts for which it is defined, or NaN where there is none.
 *
 * <p>Immutable, thread-safe.
 *
 * @param consonance how many of the musician's notes sounding at a start lie a unison, third, fourth, fifth or sixth from
 *     it, octaves aside
 * @param key how many starts belong to the scale of the musician's key (of the eight bars around; harmonic and natural
 *     minor both)
 * @param metre how many starts fall on a place of the bar, to a tick, where the musician starts a note in this bar or the
 *     two on either side
 * @param starts of the answer, drums too
 */
public record Agreement(double consonance, double key, double metre, int starts) {
    private static final int CONSONANT = classes(0, 3, 4, 5, 7, 8, 9);
    private static final int MAJOR = classes(0, 2, 4, 5, 7, 9, 11);
    private static final int MINOR = classes(0, 2, 3, 5, 7, 8, 10, 11);
    private static final int BARS_AROUND = 2;

    private static int classes(int... pitchClasses) {
        int set = 0;
        for (int one : pitchClasses) {
            set |= 1 << one;
        }
        return set;
    }

    /** Compares. Ticks of both count from the same first bar line. */
    public static Agreement of(Score musician, List<Note> answer) {
        Share consonance = new Share();
        Share key = new Share();
        Share metre = new Share();
        BarTraits traits = BarTraits.of(musician);
        List<List<Integer>> places = placesByBar(musician);
        for (Note note : answer) {
            int bar = musician.meters().barAt(note.start());
            metre.add(isPlace(places, bar, note.start() - musician.meters().barStart(bar)) ? 1 : 0);
            if (note.instrument() == Instrument.DRUMS) {
                continue;
            }
            double consonant = consonantShare(musician, note);
            if (!Double.isNaN(consonant)) {
                consonance.add(consonant);
            }
            int tonality = traits.key(Math.min(bar, musician.bars() - 1));
            if (tonality != BarTraits.UNKNOWN) {
                key.add(isInScale(tonality, note.pitch()) ? 1 : 0);
            }
        }
        return new Agreement(consonance.mean(), key.mean(), metre.mean(), answer.size());
    }

    /** Whether a pitch belongs to the scale of a key (0-11 major on C..B, 12-23 minor: natural and harmonic both). */
    static boolean isInScale(int key, int pitch) {
        return ((key < 12 ? MAJOR : MINOR) >> Math.floorMod(pitch - key, 12) & 1) != 0;
    }

    private static double consonantShare(Score musician, Note note) {
        Share share = new Share();
        for (Note other : musician.notes()) {
            if (other.start() > note.start()) {
                break;
            }
            if (other.end() > note.start() && other.instrument() != Instrument.DRUMS) {
                share.add(CONSONANT >> Math.floorMod(note.pitch() - other.pitch(), 12) & 1);
            }
        }
        return share.mean();
    }

    /** For each bar the ticks in the bar at which the musician starts notes. */
    private static List<List<Integer>> placesByBar(Score musician) {
        MeterMap meters = musician.meters();
        List<List<Integer>> places = new ArrayList<>();
        for (int bar = 0; bar < musician.bars(); bar++) {
            places.add(new ArrayList<>());
        }
        for (Note note : musician.notes()) {
            int bar = meters.barAt(note.start());
            places.get(bar).add(note.start() - meters.barStart(bar));
        }
        return places;
    }

    private static boolean isPlace(List<List<Integer>> places, int bar, int tick) {
        for (int near = Math.max(0, bar - BARS_AROUND); near <= bar + BARS_AROUND && near < places.size(); near++) {
            for (int place : places.get(near)) {
                if (Math.abs(place - tick) <= 1) {
                    return true;
                }
            }
        }
        return false;
    }

    private static final class Share {
        private double sum;
        private int count;

        void add(double value) {
            sum += value;
            count++;
        }

        double mean() {
            return count == 0 ? Double.NaN : sum / count;
        }
    }
}
