package org.continuo.engine.chorale;

/**
 * How far two settings of one melody agree, by voice and step. Adds up over pieces. Immutable.
 *
 * @param steps in which the first setting's voice sounds, by voice
 * @param samePitch of these, how many have the second's pitch
 * @param sameClass of these, how many have it in some octave
 */
public record Resemblance(long[] steps, long[] samePitch, long[] sameClass) {
    public static Resemblance none() {
        return new Resemblance(new long[Chorale.VOICES], new long[Chorale.VOICES], new long[Chorale.VOICES]);
    }

    /** @param two as long as {@code one} */
    public static Resemblance of(Chorale one, Chorale two) {
        Resemblance found = none();
        for (int step = 0; step < one.length(); step++) {
            for (int voice = 0; voice < Chorale.VOICES; voice++) {
                int pitch = one.pitch(step, voice);
                int other = two.pitch(step, voice);
                if (pitch != Chorale.REST) {
                    found.steps[voice]++;
                    found.samePitch[voice] += pitch == other ? 1 : 0;
                    found.sameClass[voice] += other != Chorale.REST && (pitch - other) % 12 == 0 ? 1 : 0;
                }
            }
        }
        return found;
    }

    public Resemblance plus(Resemblance other) {
        Resemblance sum = none();
        for (int voice = 0; voice < Chorale.VOICES; voice++) {
            sum.steps[voice] = steps[voice] + other.steps[voice];
            sum.samePitch[voice] = samePitch[voice] + other.samePitch[voice];
            sum.sameClass[voice] = sameClass[voice] + other.sameClass[voice];
        }
        return sum;
    }

    public double pitchShare(int voice) {
        return (double) samePitch[voice] / steps[voice];
    }

    public double classShare(int voice) {
        return (double) sameClass[voice] / steps[voice];
    }

    /** Over the three voices that are not given. */
    public double pitchShare() {
        return share(samePitch);
    }

    public double classShare() {
        return share(sameClass);
    }

    private double share(long[] same) {
        long found = 0;
        long all = 0;
        for (int voice = Chorale.SOPRANO + 1; voice < Chorale.VOICES; voice++) {
            found += same[voice];
            all += steps[voice];
        }
        return (double) found / all;
    }
}
