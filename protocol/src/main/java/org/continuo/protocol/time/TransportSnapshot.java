package org.continuo.protocol.time;

/**
 * What a host says of its transport at one moment, and what it leaves unsaid. Every figure that a host may withhold has a
 * flag in {@link #flags}; a figure without its flag means nothing, whatever stands in it.
 *
 * <p>Mutable so that the event path copies and never allocates. Confined to one thread at a time.
 */
public final class TransportSnapshot {
    /** The host plays; without it time stands still. */
    public static final int PLAYING = 1;
    /** The host records what the musician plays. */
    public static final int RECORDING = 1 << 1;
    /** {@link #loopStart} and {@link #loopEnd} hold and the host will jump from one to the other. */
    public static final int LOOPING = 1 << 2;
    /** {@link #tempo} is known. */
    public static final int HAS_TEMPO = 1 << 3;
    /** {@link #numerator} and {@link #denominator} are known. */
    public static final int HAS_METER = 1 << 4;
    /** {@link #beat} is known; without it the host has no timeline and only performance time counts. */
    public static final int HAS_BEAT = 1 << 5;
    /** {@link #barStart} is known. */
    public static final int HAS_BAR_START = 1 << 6;

    /** The bits above. */
    public int flags;
    /** Counts the breaks of the host's timeline: seek, start, stop, new meter. A loop's wrap is no break. Rises only. */
    public int epoch;
    /** Quarter notes played since the session began, across loops, seeks and stops. Rises only. */
    public double performance;
    /** Position on the host's timeline in quarter notes; negative before bar one. */
    public double beat;
    /** Quarter notes a minute. */
    public double tempo;

    public int numerator;
    public int denominator;
    /** Host beat of the bar line at or before {@link #beat}. */
    public double barStart;
    /** Host beats; the end is not played. */
    public double loopStart;

    public double loopEnd;

    /** Whether all of {@code flags} are set. */
    public boolean has(int wanted) {
        return (flags & wanted) == wanted;
    }

    /** Becomes a copy of {@code other}. */
    public void copyFrom(TransportSnapshot other) {
        flags = other.flags;
        epoch = other.epoch;
        performance = other.performance;
        beat = other.beat;
        tempo = other.tempo;
        numerator = other.numerator;
        denominator = other.denominator;
        barStart = other.barStart;
        loopStart = other.loopStart;
        loopEnd = other.loopEnd;
    }
}
