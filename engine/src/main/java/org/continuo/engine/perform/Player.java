package org.continuo.engine.perform;

import java.util.Locale;

/** Who plays a part. */
public enum Player {
    MUSICIAN,
    MODEL,
    NOBODY;

    /** The lower-case name used on the wire. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The player of a name, or null. */
    public static Player ofLabel(CharSequence label) {
        for (Player player : values()) {
            if (player.label().contentEquals(label)) {
                return player;
            }
        }
        return null;
    }
}
