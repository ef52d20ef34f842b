package org.continuo.engine.perform;

import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Scale;

/**
 * What the musician holds the model to while it plays, beyond what it is asked for. Drums have no pitch and know neither
 * register, scale nor chords. SPEC.md section 6 says what each means. Immutable, thread-safe.
 *
 * @param tradeBars bars of a turn in mode trade, 1 to 32
 * @param lowest the lowest pitch, 0 to 127
 * @param highest the highest pitch, 0 to 127
 * @param scale a key, 0 to 23, whose scale is kept to; {@link Conditions#OPEN} for none
 * @param chords the chords kept to, bar by bar; null for none
 * @param follow how closely the musician's loudness and place beside the beat are kept to: 0 not at all, 1 to the nearest of
 *     eight steps of loudness, and as far behind the beat
 * @param fade quarter notes of the musician's silence after which mode accompany fades out; negative for never
 */
public record Controls(
        int tradeBars, int lowest, int highest, int scale, ChordChart chords, double follow, double fade) {
    /** Turns of four bars, everything else open. */
    public static final Controls OPEN = new Controls(4, 0, 127, Conditions.OPEN, null, 0, -1);

    public Controls {
        if (tradeBars < 1 || tradeBars > 32) {
            throw new IllegalArgumentException("a turn of " + tradeBars + " bars is not 1..32");
        }
        if (lowest < 0 || lowest > 127 || highest < 0 || highest > 127) {
            throw new IllegalArgumentException("a register from " + lowest + " to " + highest + " is not 0..127");
        }
        if (scale < Conditions.OPEN || scale > 23) {
            throw new IllegalArgumentException("scale " + scale + " is not 0..23");
        }
        // written so that NaN fails too
        if (!(follow >= 0 && follow <= 1)) {
            throw new IllegalArgumentException("follow " + follow + " is not 0 to 1");
        }
        if (!(fade < 1e6)) {
            throw new IllegalArgumentException("fade " + fade + " is not a number below a million");
        }
    }

    /** The pitch classes of the scale, or all. */
    int classes() {
        return scale < 0 ? Scale.ALL : Scale.of(scale);
    }

    public Controls withTradeBars(int value) {
        return new Controls(value, lowest, highest, scale, chords, follow, fade);
    }

    public Controls withLowest(int value) {
        return new Controls(tradeBars, value, highest, scale, chords, follow, fade);
    }

    public Controls withHighest(int value) {
        return new Controls(tradeBars, lowest, value, scale, chords, follow, fade);
    }

    public Controls withScale(int value) {
        return new Controls(tradeBars, lowest, highest, value, chords, follow, fade);
    }

    public Controls withChords(ChordChart value) {
        return new Controls(tradeBars, lowest, highest, scale, value, follow, fade);
    }

    public Controls withFollow(double value) {
        return new Controls(tradeBars, lowest, highest, scale, chords, value, fade);
    }

    public Controls withFade(double value) {
        return new Controls(tradeBars, lowest, highest, scale, chords, follow, value);
    }
}
