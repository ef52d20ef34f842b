package org.continuo.engine.chorale;

import java.util.Locale;

/**
 * The four voices of a choir, highest first, with the ranges (MIDI pitches, inclusive) that hold 99 of 100 steps of Bach's
 * chorales.
 */
public enum Voice {
    SOPRANO(60, 81),
    ALTO(55, 74),
    TENOR(48, 69),
    BASS(36, 64);

    private final int lowest;
    private final int highest;

    Voice(int lowest, int highest) {
        this.lowest = lowest;
        this.highest = highest;
    }

    public int lowest() {
        return lowest;
    }

    public int highest() {
        return highest;
    }

    public boolean reaches(int pitch) {
        return pitch >= lowest && pitch <= highest;
    }

    /** "Alto". */
    public String title() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
