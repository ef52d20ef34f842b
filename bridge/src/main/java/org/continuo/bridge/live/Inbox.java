package org.continuo.bridge.live;

import java.util.concurrent.atomic.AtomicLong;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * What the sessions of a band say, on the way from the I/O thread to the band's. A ring of slots that are made once: one
 * thread fills, one empties, neither waits for the other, nothing is allocated. When it fills up, the last slots are kept for
 * what must not be lost (ends of notes, transport, comings and goings); the rest is refused.
 */
final class Inbox {
    /** What a slot holds. */
    enum Kind {
        JOIN,
        TRANSPORT,
        NOTE_ON,
        NOTE_OFF,
        CONTROL,
        SOUNDED,
        MISSED,
        PART,
        /** A part that stays its member's though nobody plays it. */
        HOLD,
        REGISTER,
        SETTINGS,
        END,
        PANIC,
        KEEP,
        DISCARD,
        KEEP_UNTIL,
        DISCARD_FROM,
        WATCH,
        CAPTURE
    }

    /** One event; what its numbers mean depends on its kind. */
    static final class Event {
        Kind kind;
        Member member;
        /** When it arrived. */
        long nanos;

        double at;
        int a;
        int b;
        int c;
        final TransportSnapshot transport = new TransportSnapshot();
    }

    static final int CAPACITY = 2048;
    private static final int KEPT = CAPACITY / 4;

    private final Event[] slots = new Event[CAPACITY];
    private final AtomicLong filled = new AtomicLong();
    private final AtomicLong emptied = new AtomicLong();

    Inbox() {
        for (int i = 0; i < CAPACITY; i++) {
            slots[i] = new Event();
        }
    }

    /**
     * The next free slot, to be filled and then {@link #publish}ed; I/O thread.
     *
     * @param precious whether the kept slots may be used
     * @return null when there is no room
     */
    Event claim(boolean precious) {
        long next = filled.getPlain();
        long room = CAPACITY - (next - emptied.getAcquire());
        return room > (precious ? 0 : KEPT) ? slots[(int) (next & (CAPACITY - 1))] : null;
    }

    /** Hands over the slot claimed last; I/O thread. */
    void publish() {
        // Ordered before the look at whether the reader sleeps.
        filled.set(filled.getPlain() + 1);
    }

    /** How many events have been handed over so far; I/O thread. */
    long filled() {
        return filled.getPlain();
    }

    /** How many events have been given back so far; the band's thread. */
    long emptied() {
        return emptied.getPlain();
    }

    /** The oldest event, or null; the band's thread. It holds until {@link #release}. */
    Event peek() {
        long next = emptied.getPlain();
        return next < filled.get() ? slots[(int) (next & (CAPACITY - 1))] : null;
    }

    /** Gives the slot back; the band's thread. */
    void release() {
        emptied.setRelease(emptied.getPlain() + 1);
    }
}
