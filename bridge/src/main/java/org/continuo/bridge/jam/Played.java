package org.continuo.bridge.jam;

import org.continuo.engine.token.Instrument;

/**
 * A note as it sounded in a jam.
 *
 * @param model played by the model, else by the musician
 * @param channel 0-15
 * @param start performance time in quarter notes
 * @param end after the start
 * @param beat the host's beat at its start
 */
public record Played(
        boolean model,
        int channel,
        Instrument instrument,
        int pitch,
        int velocity,
        double start,
        double end,
        double beat) {
    boolean isPitched() {
        return instrument.sustains();
    }
}
