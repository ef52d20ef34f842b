package org.continuo.engine.midi;

/**
 * A tempo from a tick on.
 *
 * @param tick place in ticks of the clip's resolution
 * @param microsPerQuarter microseconds per quarter note, 1 to 16,777,215
 */
public record TempoChange(long tick, int microsPerQuarter) {
    /** The tempo of a file that names none: 120 quarter notes to the minute. */
    public static final int DEFAULT = 500_000;

    /** Quarter notes per minute. */
    public double beatsPerMinute() {
        return 60e6 / microsPerQuarter;
    }
}
