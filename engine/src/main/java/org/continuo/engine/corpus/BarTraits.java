package org.continuo.engine.corpus;

import java.util.Arrays;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * What each bar of a score is like, as the model may be asked for it: its key, and how dense the music is.
 *
 * <p>The key is that of the eight bars around it, by correlation of sounding pitch classes with the key profiles of
 * Krumhansl and Kessler (1982). The density counts the note starts of the bar and the three after it. Immutable.
 */
public final class BarTraits {
    public static final int UNKNOWN = 255;

    private static final int FEWEST_NOTES_FOR_A_KEY = 8;
    private static final int BARS_AROUND = 4;
    private static final double[] MAJOR = {6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
    private static final double[] MINOR = {6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17};

    private final int[] keys;
    private final int[] densities;

    private BarTraits(int[] keys, int[] densities) {
        this.keys = keys;
        this.densities = densities;
    }

    public static BarTraits of(Score score) {
        int bars = score.bars();
        MeterMap meters = score.meters();
        double[][] classWeight = new double[bars][12];
        int[] pitched = new int[bars];
        int[] starts = new int[bars];
        int[] lengths = new int[bars];
        for (int bar = 0; bar < bars; bar++) {
            lengths[bar] = meters.barLength(bar);
        }
        for (Note note : score.notes()) {
            int bar = meters.barAt(note.start());
            starts[bar]++;
            if (note.instrument() != Instrument.DRUMS) {
                pitched[bar]++;
                classWeight[bar][note.pitch() % 12] += Math.min(note.end() - note.start(), 2 * Score.TICKS_PER_QUARTER);
            }
        }
        int[] keys = new int[bars];
        int[] densities = new int[bars];
        double[] window = new double[12];
        for (int bar = 0; bar < bars; bar++) {
            Arrays.fill(window, 0);
            int notes = 0;
            for (int near = Math.max(0, bar - BARS_AROUND); near < Math.min(bars, bar + BARS_AROUND); near++) {
                notes += pitched[near];
                for (int pitchClass = 0; pitchClass < 12; pitchClass++) {
                    window[pitchClass] += classWeight[near][pitchClass];
                }
            }
            keys[bar] = notes < FEWEST_NOTES_FOR_A_KEY ? UNKNOWN : key(window);
            densities[bar] = density(bar, starts, lengths);
        }
        return new BarTraits(keys, densities);
    }

    private static int density(int bar, int[] starts, int[] lengths) {
        int notes = 0;
        int ticks = 0;
        for (int ahead = bar; ahead < Math.min(starts.length, bar + BARS_AROUND); ahead++) {
            notes += starts[ahead];
            ticks += lengths[ahead];
        }
        return FeatureLayout.densityValue((double) notes * Score.TICKS_PER_QUARTER / ticks);
    }

    /** The key (0-11 major on C..B, 12-23 minor) whose profile fits twelve pitch-class weights best. */
    static int key(double[] classWeight) {
        return key(classWeight, UNKNOWN, 0);
    }

    /**
     * The same, where one pitch class is known to be the tonic with some likelihood.
     *
     * @param advantage added to the correlation, -1 to 1, of the two keys on {@code tonic}
     */
    public static int key(double[] classWeight, int tonic, double advantage) {
        int best = 0;
        double bestFit = Double.NEGATIVE_INFINITY;
        for (int key = 0; key < 24; key++) {
            double fit =
                    correlation(classWeight, key < 12 ? MAJOR : MINOR, key % 12) + (key % 12 == tonic ? advantage : 0);
            if (fit > bestFit) {
                bestFit = fit;
                best = key;
            }
        }
        return best;
    }

    private static double correlation(double[] weight, double[] profile, int tonic) {
        double meanWeight = Arrays.stream(weight).average().orElse(0);
        double meanProfile = Arrays.stream(profile).average().orElse(0);
        double product = 0;
        double profileSquare = 0;
        double weightSquare = 0;
        for (int i = 0; i < 12; i++) {
            weightSquare += (weight[i] - meanWeight) * (weight[i] - meanWeight);
            double p = profile[(i - tonic + 12) % 12] - meanProfile;
            product += (weight[i] - meanWeight) * p;
            profileSquare += p * p;
        }
        return weightSquare == 0 ? 0 : product / Math.sqrt(profileSquare * weightSquare);
    }

    /** The key of a bar, or {@link #UNKNOWN} where there are too few notes to tell. */
    public int key(int bar) {
        return keys[bar];
    }

    /** The density value of a bar, an index into {@link FeatureLayout#DENSITIES}. */
    public int density(int bar) {
        return densities[bar];
    }
}
