package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer on a stream socket. */
final class StreamPeer extends ChannelPeer {
    private final Token token;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ChannelFutureListener arrived = future -> underWay.decrementAndGet();

    /** @param token what the peer has to know; null where the socket itself keeps others out */
    StreamPeer(String name, Channel channel, NetCounters counters, Token token) {
        super(name, channel, counters);
        this.token = token;
    }

    @Override
    public boolean admits(CharSequence given) {
        return token == null || token.equalTo(given);
    }

    /** The socket, or else the token, is its owner's alone. */
    @Override
    public boolean isOwner() {
        return true;
    }

    @Override
    void drainOutbox() {
        boolean written = false;
        while (channel.isActive() && channel.isWritable() && !outbox.isEmpty()) {
            ByteBuf piece = channel.alloc().ioBuffer(PIECE, PIECE);
            // Counted before it leaves the outbox: drained() must not look in between.
            underWay.incrementAndGet();
            outbox.drainTo(piece);
            channel.write(piece).addListener(arrived);
            written = true;
        }
        if (written) {
            channel.flush();
        }
    }

    @Override
    void drop() {
        channel.close();
    }

    @Override
    public boolean drained() {
        return !channel.isActive() || outbox.isEmpty() && underWay.get() == 0;
    }
}
