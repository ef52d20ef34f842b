package org.continuo.engine.midi;

/**
 * A key signature from a tick on.
 *
 * @param tick place in ticks of the clip's resolution
 * @param sharps sharps, or flats where negative: -7 to 7
 * @param minor whether the key is minor
 */
public record KeyChange(long tick, int sharps, boolean minor) {
    /** The key's tonic as a pitch class: 0 for C to 11 for B. */
    public int tonic() {
        return Math.floorMod(sharps * 7 + (minor ? 9 : 0), 12);
    }
}
