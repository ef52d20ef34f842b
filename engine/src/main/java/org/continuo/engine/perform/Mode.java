package org.continuo.engine.perform;

import java.util.Locale;

/** When the model plays. */
public enum Mode {
    /** The model plays its parts all the time, with the musician. */
    ACCOMPANY(true),
    /** The model listens; when the musician has been silent for a while it goes on in their place until they play again. */
    CONTINUE(false),
    /** The model listens and never plays. */
    LISTEN(false),
    /** The musician plays some bars, the model answers with as many. */
    TRADE(true),
    /** The model adds a voice for each of its parts to what the musician strikes. */
    HARMONIZE(true);

    private final boolean ownParts;

    Mode(boolean ownParts) {
        this.ownParts = ownParts;
    }

    /** Whether the model plays the parts that are its own. */
    boolean playsOwnParts() {
        return ownParts;
    }

    /** The lower-case name used on the wire. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of a name, or null. */
    public static Mode ofLabel(CharSequence label) {
        for (Mode mode : values()) {
            if (mode.label().contentEquals(label)) {
                return mode;
            }
        }
        return null;
    }
}
