package org.continuo.bridge.daw;

/**
 * A note of a clip.
 *
 * @param channel 0 to 15
 * @param pitch 0 to 127
 * @param velocity 1 to 127
 * @param at quarter notes since the clip's beginning, 0 or more
 * @param length quarter notes, above 0
 */
public record DawNote(int channel, int pitch, int velocity, double at, double length) {
    private static final double LONGEST = 100_000;

    public DawNote {
        check("channel", channel, 0, 15);
        check("pitch", pitch, 0, 127);
        check("velocity", velocity, 1, 127);
        if (!(at >= 0 && at <= LONGEST)) {
            throw new IllegalArgumentException("a note at " + at + " is not in 0.." + LONGEST);
        }
        if (!(length > 0 && length <= LONGEST)) {
            throw new IllegalArgumentException("a note of length " + length + " is not above 0");
        }
    }

    static int check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " " + value + " is not " + least + ".." + most);
        }
        return value;
    }
}
