package org.continuo.engine.midi;

import java.io.IOException;

/**
 * A MIDI file that cannot be read or written. The message is one line for the user: the file, what is wrong with it, and
 * what to do where something can be done.
 */
public final class MidiFileException extends IOException {
    private static final long serialVersionUID = 1L;

    MidiFileException(String file, String problem) {
        super(file + ": " + problem);
    }

    MidiFileException(String file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
