package org.continuo.bridge.panel;

import io.netty.handler.codec.http.HttpResponseStatus;

/** A request that is not answered as it wished; the message is one line for the user. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 500;

    private final transient HttpResponseStatus status;

    Refusal(HttpResponseStatus status, String message) {
        super(oneLine(message), null, false, false);
        this.status = status;
    }

    /** For what a request says: 400. */
    Refusal(String message) {
        this(HttpResponseStatus.BAD_REQUEST, message);
    }

    HttpResponseStatus status() {
        return status;
    }

    /** Text that a request may have put into a message: no control characters, not too long. */
    private static String oneLine(String message) {
        String line = message.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line;
    }
}
