package org.continuo.engine.takes;

import org.continuo.engine.token.Instrument;

/**
 * A note of a take, as it was played. Immutable, thread-safe.
 *
 * @param model played by the model, else by the musician
 * @param channel 0-15
 * @param start quarter notes from the beginning of the tree's music, 0 to a million
 * @param end after the start
 */
public record TakeNote(
        boolean model, int channel, Instrument instrument, int pitch, int velocity, double start, double end) {
    static final int CHANNELS = 16;

    /** No note ends after this. */
    public static final double LAST = 1e6;

    public TakeNote {
        boolean isNote =
                channel >= 0 && channel < CHANNELS && pitch >= 0 && pitch <= 127 && velocity >= 1 && velocity <= 127;
        // written so that NaN fails too
        if (!isNote || instrument == null || !(start >= 0 && end > start && end <= LAST)) {
            throw new IllegalArgumentException("no note: channel " + channel + ", pitch " + pitch + ", velocity "
                    + velocity + ", " + instrument + ", from " + start + " to " + end);
        }
    }

    TakeNote endingBy(double moment) {
        return end <= moment ? this : new TakeNote(model, channel, instrument, pitch, velocity, start, moment);
    }
}
