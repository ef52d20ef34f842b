package org.continuo.protocol.message;

import org.continuo.protocol.time.TransportCheck;

/** The figures of SPEC.md that belong to no single argument. */
public final class Limits {
    /** What {@code /continuo/hello} and {@code /continuo/welcome} call this dialect. */
    public static final int VERSION = 1;

    /** The latest performance time, in quarter notes: 15,000 years at 120 beats a minute. */
    public static final double LAST_MOMENT = TransportCheck.FARTHEST;

    /** Sessions that an engine holds at once. */
    public static final int SESSIONS = 64;

    /** Parts in a band, one for each MIDI channel. */
    public static final int PARTS = 16;

    /** How often a client pings, in milliseconds. */
    public static final int PING_MILLIS = 1_000;

    /** After how much silence the engine closes a session, in milliseconds. */
    public static final int SILENCE_MILLIS = 10_000;

    /** Where scripts reach the engine over UDP unless told otherwise. */
    public static final int UDP_PORT = 9330;

    private Limits() {}
}
