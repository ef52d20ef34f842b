package org.continuo.bridge.panel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.continuo.bridge.net.Token;

/**
 * Addresses that open the panel once each. Who starts a browser names the address in a command line, which every user of the
 * machine can read: so it does not hold the key, and is worth nothing once the browser has been there. Thread-safe.
 */
final class Ticket {
    /** What the addresses begin with. */
    static final String PATH = "/open/";

    /** So many hold at once; a new one voids the oldest. */
    private static final int MOST = 8;

    private final Deque<Token> valid = new ArrayDeque<>();

    /** The path of a new one. */
    synchronized String draw() {
        Token ticket = Token.draw();
        valid.addLast(ticket);
        if (valid.size() > MOST) {
            valid.removeFirst();
        }
        return PATH + ticket.text();
    }

    /** Whether this is the path of one that holds; from then on it does not. */
    synchronized boolean take(String path) {
        String text = path.substring(PATH.length());
        for (Iterator<Token> tickets = valid.iterator(); tickets.hasNext(); ) {
            if (tickets.next().equalTo(text)) {
                tickets.remove();
                return true;
            }
        }
        return false;
    }
}
