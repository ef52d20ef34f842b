package org.continuo.engine.critic;

import org.continuo.engine.corpus.BarTraits;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Scale;
import org.continuo.engine.token.Score;

/**
 * What a stretch of music is like, in a few numbers. NaN where it has nothing to tell by. Immutable.
 *
 * @param key the share of pitched starts in the scale of the key of the eight bars around (both minor scales)
 * @param density starts a quarter, drums too
 * @param polyphony pitched notes sounding at once, over the time in which any does
 * @param pitch the mean pitch of starts
 * @param spread the standard deviation of those pitches
 * @param length the mean length of pitched notes in quarters
 */
public record Traits(double key, double density, double polyphony, double pitch, double spread, double length) {
    /** Of the notes that start from {@code from} up to {@code to}. */
    public static Traits of(Score score, int from, int to) {
        BarTraits bars = BarTraits.of(score);
        int starts = 0;
        int pitched = 0;
        int inKey = 0;
        int keyed = 0;
        double pitches = 0;
        double squares = 0;
        long ticks = 0;
        int[] sounding = new int[Math.max(0, to - from)];
        for (Note note : score.notes()) {
            if (note.start() < from || note.start() >= to) {
                continue;
            }
            starts++;
            if (note.instrument() == Instrument.DRUMS) {
                continue;
            }
            pitched++;
            pitches += note.pitch();
            squares += (double) note.pitch() * note.pitch();
            ticks += note.end() - note.start();
            for (int tick = note.start(); tick < Math.min(note.end(), to); tick++) {
                sounding[tick - from]++;
            }
            int key = bars.key(Math.min(score.meters().barAt(note.start()), score.bars() - 1));
            if (key != BarTraits.UNKNOWN) {
                keyed++;
                inKey += Scale.holds(Scale.of(key), note.pitch()) ? 1 : 0;
            }
        }
        int filled = 0;
        for (int count : sounding) {
            filled += count > 0 ? 1 : 0;
        }
        double mean = pitches / pitched;
        return new Traits(
                (double) inKey / keyed,
                (double) starts * Score.TICKS_PER_QUARTER / (to - from),
                (double) ticks / filled,
                mean,
                Math.sqrt(Math.max(0, squares / pitched - mean * mean)),
                (double) ticks / pitched / Score.TICKS_PER_QUARTER);
    }
}
