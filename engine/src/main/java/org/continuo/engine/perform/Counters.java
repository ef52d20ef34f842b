package org.continuo.engine.perform;

/** What a performer has done so far. Written by the performer's thread; others read an approximate state. */
public final class Counters {
    /** Tokens that went into the stream, those taken back included. */
    public long tokens;
    /** Times the model was read to pick a token or to catch up. */
    public long reads;
    /** Chunks read ahead for the context's coming window. */
    public long ahead;
    /** Changes of mind told to the host. */
    public long revisions;
    /** Breaks of the host's timeline. */
    public long breaks;
    /** Planned notes taken back before they sounded. */
    public long voided;
    /** Planned note starts told to the host; those told and taken back included. */
    public long notes;
    /** The musician's notes taken into the stream. */
    public long heard;
    /** The musician's events that found no room and were dropped. */
    public long dropped;
    /** Times the plan fell behind the commit line and time was skipped. */
    public long skipped;
    /** Ticks left before the model had said all that it would, because they were about to sound. */
    public long thinned;
    /** Notes that the host says sounded. */
    public long sounded;
    /** Notes that the host says came too late. */
    public long late;
}
