package org.continuo.bridge.live;

import org.continuo.engine.token.Instrument;

/** Instruments by the names that the wire gives them. Stateless, allocates nothing. */
public final class Names {
    private static final Instrument[] INSTRUMENTS = Instrument.values();

    private Names() {}

    /** The instrument of this name, or null. */
    public static Instrument instrument(CharSequence name) {
        for (Instrument instrument : INSTRUMENTS) {
            if (CharSequence.compare(instrument.label(), name) == 0) {
                return instrument;
            }
        }
        return null;
    }
}
