package org.continuo.engine.token;

import java.util.Comparator;

/**
 * One note on the grid. Ticks count from the score's first bar line, {@link Score#TICKS_PER_QUARTER} to the quarter note;
 * {@code end} is exclusive. A drum stroke has no length of its own and ends one tick after it starts.
 *
 * @param velocity loudness in eight steps of 16 MIDI velocities, 0-7
 */
public record Note(Instrument instrument, int pitch, int velocity, int start, int end) {
    public static final int VELOCITIES = 8;

    /** Score order: by start, then instrument, then pitch. */
    public static final Comparator<Note> ORDER = Comparator.comparingInt(Note::start)
            .thenComparing(Note::instrument)
            .thenComparingInt(Note::pitch)
            .thenComparingInt(Note::end)
            .thenComparingInt(Note::velocity);

    public Note {
        if (!instrument.reaches(pitch)) {
            throw new IllegalArgumentException("pitch " + pitch + " is out of the " + instrument.label() + "'s range "
                    + instrument.lowestPitch() + ".." + instrument.highestPitch());
        }
        if (velocity < 0 || velocity >= VELOCITIES) {
            throw new IllegalArgumentException("velocity step " + velocity + " is not 0..7");
        }
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("note from tick " + start + " to " + end + " has no length");
        }
        if (!instrument.sustains() && end != start + 1) {
            throw new IllegalArgumentException(
                    "drum stroke at tick " + start + " ends at " + end + ", not one tick later");
        }
    }

    /** The step (0-7) of a MIDI velocity (1-127). */
    public static int velocityStep(int midiVelocity) {
        return midiVelocity >> 4;
    }

    /** The MIDI velocity (1-127) in the middle of a step. */
    public static int midiVelocity(int velocityStep) {
        return velocityStep * 16 + 8;
    }
}
