package org.continuo.bridge.cli;

/** The call is wrong: an option's value does not fit. The message is one line: what, with the value, and what to do. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
