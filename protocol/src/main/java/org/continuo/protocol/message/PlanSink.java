package org.continuo.protocol.message;

/**
 * Takes a plan: first its range, then the events within it in rising order of time, then {@link #planEnd}.
 *
 * <p>A revision above the last one voids every event of older revisions at or after {@code from}; the same revision goes
 * on where it ended. A note that sounds when its end is voided keeps sounding until the new revision ends it.
 */
public interface PlanSink {
    /**
     * @param epoch of the transport that the plan was made for; a receiver in another epoch drops the plan
     * @param revision rises with every change of mind
     * @param from performance time in quarter notes, the first moment the plan speaks of
     * @param to the first moment it does not speak of
     */
    void plan(int epoch, int revision, double from, double to);

    /**
     * A note to sound.
     *
     * @param note a number of its own, never used twice in a session
     * @param velocity 1-127
     */
    void planOn(int note, double at, int channel, int pitch, int velocity);

    /** The end of a note told earlier, in this plan or a former one. */
    void planOff(int note, double at);

    /** The plan is whole. */
    void planEnd();
}
