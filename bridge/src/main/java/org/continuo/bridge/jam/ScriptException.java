package org.continuo.bridge.jam;

import java.io.IOException;

/** A script that cannot be played; the message says where and why, in one line. */
public final class ScriptException extends IOException {
    private static final long serialVersionUID = 1;

    ScriptException(String message) {
        super(message);
    }
}
