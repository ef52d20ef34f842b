package org.continuo.bridge.panel;

import java.util.concurrent.atomic.AtomicReference;
import org.continuo.bridge.net.Token;

/**
 * An address that opens the panel once. Who starts a browser names the address in a command line, which every user of the
 * machine can read: so it does not hold the key, and is worth nothing once the browser has been there. Thread-safe.
 */
final class Ticket {
    /** What the address begins with. */
    static final String PATH = "/open/";

    private final AtomicReference<Token> current = new AtomicReference<>();

    /** The path of a new one; a former one is worth nothing any more. */
    String draw() {
        Token ticket = Token.draw();
        current.set(ticket);
        return PATH + ticket.text();
    }

    /** Whether this is the path of the ticket; from then on it is not. */
    boolean take(String path) {
        Token ticket = current.get();
        return ticket != null && ticket.equalTo(path.substring(PATH.length())) && current.compareAndSet(ticket, null);
    }
}
