package org.continuo.engine.takes;

import java.io.IOException;

/** Something that cannot be done with a take; the message says what and why, in one line. */
public final class TakeException extends IOException {
    private static final long serialVersionUID = 1;

    TakeException(String message) {
        super(message);
    }
}
