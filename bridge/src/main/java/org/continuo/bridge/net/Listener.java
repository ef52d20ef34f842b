package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;

/** The session behind a {@link Peer}. Called on the I/O thread only; must not block. */
public interface Listener {
    /** A packet, valid until this returns; not yet looked into. */
    void packet(ByteBuf packet);

    /** A frame was refused for its length; the connection goes on unless {@link #closed} follows. */
    void badFrame();

    /** The peer is gone; nothing comes after this. Called once. */
    void closed();

    /** Makes the listener of a new peer. */
    @FunctionalInterface
    interface Factory {
        Listener opened(Peer peer);
    }
}
