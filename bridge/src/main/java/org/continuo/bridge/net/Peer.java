package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;

/** Someone who is connected, as the session behind it sees them. */
public interface Peer {
    /** Who it is, for messages: "local 3", "udp 127.0.0.1:5000". */
    String name();

    /** Whether this token opens a session: any does on a local socket. Takes as long for a wrong one as for a right one. */
    boolean admits(CharSequence token);

    /** Whether who is admitted here can be nobody but the engine's owner. */
    default boolean isOwner() {
        return false;
    }

    /**
     * Sends a packet, copied before this returns. Any thread; never blocks, never waits for the peer, allocates nothing when
     * warm. A peer that has let too much wait is dropped.
     *
     * @return false where it could not be taken: the peer is, or is about to be, gone
     */
    boolean send(ByteBuf packet);

    /** Whether all that was sent has been handed to the system. Any thread. */
    boolean drained();

    /** Closes after sending what waits, as far as the peer takes it at once. Any thread; returns at once. */
    void close();
}
