package org.continuo.bridge.daw;

import java.util.List;
import java.util.Map;
import org.continuo.protocol.time.Tempo;

/**
 * A clip as a workstation has it.
 *
 * @param length quarter notes, above 0
 * @param tempo quarter notes a minute
 * @param numerator of its meter
 * @param denominator of its meter: 1, 2, 4 .. 64
 * @param programs General MIDI programs by channel; a channel that is missing is a piano, the tenth is drums always
 */
public record Clip(
        double length,
        double tempo,
        int numerator,
        int denominator,
        Map<Integer, Integer> programs,
        List<DawNote> notes) {
    private static final double LONGEST = 100_000;
    /** So many are read of a script or of Live. */
    public static final int MOST_NOTES = 100_000;

    public Clip {
        if (!(length > 0 && length <= LONGEST)) {
            throw new IllegalArgumentException("a clip of length " + length + " is not above 0");
        }
        if (!Tempo.isPlayed(tempo)) {
            throw new IllegalArgumentException("tempo " + tempo + " is not 5..999");
        }
        DawNote.check("meter's numerator", numerator, 1, 255);
        if (Integer.bitCount(denominator) != 1 || denominator > 64) {
            throw new IllegalArgumentException("meter's denominator " + denominator + " is not 1, 2, 4 .. 64");
        }
        programs = Map.copyOf(programs);
        notes = List.copyOf(notes);
    }
}
