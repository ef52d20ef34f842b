package org.continuo.engine.perform;

import java.util.Locale;

/** When the model plays. */
public enum Mode {
    /** The model plays its parts all the time, with the musician. */
    ACCOMPANY,
    /** The model listens; when the musician has been silent for a while it goes on in their place until they play again. */
    CONTINUE,
    /** The model listens and never plays. */
    LISTEN;

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
