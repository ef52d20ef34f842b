package org.continuo.bridge.doctor;

import java.nio.file.Path;

/**
 * One thing that was looked at.
 *
 * @param check the check's name
 * @param found what there is, in one line
 * @param remedy what to do about it, in one line; null where there is nothing to do
 */
public record Finding(String check, State state, String found, String remedy) {
    /** How it stands. */
    public enum State {
        FINE,
        /** Works, but could be better. */
        NOTE,
        /** Must be mended. */
        WRONG
    }

    /** A path as a shell reads it. */
    static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    static Finding fine(String check, String found) {
        return new Finding(check, State.FINE, found, null);
    }

    static Finding note(String check, String found, String remedy) {
        return new Finding(check, State.NOTE, found, remedy);
    }

    static Finding wrong(String check, String found, String remedy) {
        return new Finding(check, State.WRONG, found, remedy);
    }
}
