package org.continuo.engine.token;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the model is asked for, beside the notes. Every part may be left open ({@link #OPEN}, or null for instruments), and
 * each may change while the music plays.
 *
 * <p>Immutable, thread-safe.
 *
 * @param style index into {@link Style#NAMES}
 * @param instruments the ones that play, no others; null leaves it open
 * @param kind what sort of playing, see {@link Kind}
 * @param barsLeft bars still to come after the current one
 * @param key 0-11 major on C..B, 12-23 minor
 * @param density index into {@link FeatureLayout#DENSITIES}
 */
public record Conditions(int style, Set<Instrument> instruments, Kind kind, int barsLeft, int key, int density) {
    public static final int OPEN = -1;

    /** Nothing asked for. */
    public static final Conditions NONE = new Conditions(OPEN, null, null, OPEN, OPEN, OPEN);

    /** Where the music came from, as the model tells it apart: played by a human, set from a score, made by a program. */
    public enum Kind {
        PERFORMED,
        SCORE,
        SYNTHETIC
    }

    public Conditions {
        if (instruments != null) {
            instruments = instruments.isEmpty() ? EnumSet.noneOf(Instrument.class) : EnumSet.copyOf(instruments);
        }
    }

    public Conditions withStyle(int value) {
        return new Conditions(value, instruments, kind, barsLeft, key, density);
    }

    public Conditions withInstruments(Set<Instrument> value) {
        return new Conditions(style, value, kind, barsLeft, key, density);
    }

    public Conditions withKind(Kind value) {
        return new Conditions(style, instruments, value, barsLeft, key, density);
    }

    public Conditions withBarsLeft(int value) {
        return new Conditions(style, instruments, kind, value, key, density);
    }

    public Conditions withKey(int value) {
        return new Conditions(style, instruments, kind, barsLeft, value, density);
    }

    public Conditions withDensity(int value) {
        return new Conditions(style, instruments, kind, barsLeft, key, value);
    }
}
