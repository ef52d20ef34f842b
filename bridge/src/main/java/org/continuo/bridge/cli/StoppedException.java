package org.continuo.bridge.cli;

/** The user had the work stopped before it was done. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped; nothing unfinished was written");
    }
}
