package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A peer whose socket takes everything. */
public final class OutboxPeer implements Peer {
    private final Outbox outbox = new Outbox(Outbox.CAPACITY);
    private final ByteBuf piece = Unpooled.buffer(ChannelPeer.PIECE, ChannelPeer.PIECE);
    private long bytes;

    @Override
    public String name() {
        return "test";
    }

    @Override
    public boolean admits(CharSequence token) {
        return true;
    }

    @Override
    public boolean send(ByteBuf packet) {
        return outbox.offer(packet);
    }

    @Override
    public boolean drained() {
        return outbox.isEmpty();
    }

    @Override
    public void close() {}

    /** Takes what waits, as the I/O thread does. */
    public void drain() {
        while (!outbox.isEmpty()) {
            piece.clear();
            bytes += outbox.drainTo(piece);
        }
    }

    /** Bytes taken so far. */
    public long bytes() {
        return bytes;
    }
}
