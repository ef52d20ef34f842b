package org.continuo.engine.midi;

/**
 * What is accepted from a file, so that no file takes memory or time without bound. Far beyond any music that can be
 * continued, and checked before anything is allocated from a size that the file claims.
 */
public final class MidiLimits {
    /** Bytes of a file: 16 MiB. A symphony's movement takes about 300 kB. */
    public static final int BYTES = 16 << 20;

    /** Events of all tracks together; a long movement for orchestra has about 100,000. */
    public static final int EVENTS = 400_000;

    /** Tracks. */
    public static final int TRACKS = 1_024;

    /** Length in quarter notes: nine hours at 120 to the minute. */
    public static final int QUARTERS = 65_536;

    /** Meter changes that are heeded; later ones are left out of the bar lines, though kept in the file. */
    public static final int METERS = 4_096;

    private MidiLimits() {}
}
