package org.continuo.engine.chorale;

/**
 * What a teacher of harmony would mark in a chorale, counted. Adds up over pieces. Immutable.
 *
 * @param steps in which all four voices sound
 * @param moves of two voices at once, over all six pairs
 * @param parallels of these from a fifth, octave or unison to the same again
 * @param outOfRange pitches beyond {@link Voice}'s ranges
 * @param crossings of neighbours, the lower above the higher
 * @param wide steps of neighbours above the bass that are more than an octave apart
 */
public record VoiceLeading(long steps, long moves, long parallels, long outOfRange, long crossings, long wide) {
    public static final VoiceLeading NONE = new VoiceLeading(0, 0, 0, 0, 0, 0);

    private static final int OCTAVE = 12;
    private static final int FIFTH = 7;

    public static VoiceLeading of(Chorale chorale) {
        VoiceLeading all = NONE;
        for (int step = 0; step < chorale.length(); step++) {
            if (isFull(chorale, step)) {
                all = all.plus(at(chorale, step));
            }
        }
        return all;
    }

    private static boolean isFull(Chorale chorale, int step) {
        for (int voice = 0; voice < Chorale.VOICES; voice++) {
            if (step < 0 || chorale.pitch(step, voice) == Chorale.REST) {
                return false;
            }
        }
        return true;
    }

    private static VoiceLeading at(Chorale chorale, int step) {
        long moves = 0;
        long parallels = 0;
        long outOfRange = 0;
        long crossings = 0;
        long wide = 0;
        for (int high = 0; high < Chorale.VOICES; high++) {
            int pitch = chorale.pitch(step, high);
            outOfRange += Voice.values()[high].reaches(pitch) ? 0 : 1;
            for (int low = high + 1; low < Chorale.VOICES; low++) {
                int apart = pitch - chorale.pitch(step, low);
                boolean neighbours = low == high + 1;
                crossings += neighbours && apart < 0 ? 1 : 0;
                wide += neighbours && low != Chorale.BASS && apart > OCTAVE ? 1 : 0;
                if (isFull(chorale, step - 1)
                        && chorale.pitch(step - 1, high) != pitch
                        && chorale.pitch(step - 1, low) != chorale.pitch(step, low)) {
                    moves++;
                    int was = Math.floorMod(chorale.pitch(step - 1, high) - chorale.pitch(step - 1, low), OCTAVE);
                    int is = Math.floorMod(apart, OCTAVE);
                    parallels += was == is && (is == 0 || is == FIFTH) ? 1 : 0;
                }
            }
        }
        return new VoiceLeading(1, moves, parallels, outOfRange, crossings, wide);
    }

    public VoiceLeading plus(VoiceLeading other) {
        return new VoiceLeading(
                steps + other.steps,
                moves + other.moves,
                parallels + other.parallels,
                outOfRange + other.outOfRange,
                crossings + other.crossings,
                wide + other.wide);
    }

    /** Of a thousand moves of two voices, how many are parallel fifths, octaves or unisons. */
    public double parallelsPerThousandMoves() {
        return 1000.0 * parallels / moves;
    }

    /** Of all pitches, the share out of range. */
    public double outOfRangeShare() {
        return (double) outOfRange / (Chorale.VOICES * steps);
    }

    /** Of all pairs of neighbours, the share that cross. */
    public double crossingShare() {
        return crossings / (3.0 * steps);
    }

    /** Of all pairs of neighbours above the bass, the share wider than an octave. */
    public double wideShare() {
        return wide / (2.0 * steps);
    }
}
