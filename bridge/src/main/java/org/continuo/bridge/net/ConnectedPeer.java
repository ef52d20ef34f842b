package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.atomic.AtomicInteger;

/** What peers with a connection of their own have in common: what is handed to it is on its way until it has been written. */
abstract class ConnectedPeer extends ChannelPeer {
    private final int room;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ChannelFutureListener arrived = future -> underWay.decrementAndGet();

    /** @param room bytes handed to the connection at once, at most */
    ConnectedPeer(String name, Channel channel, NetCounters counters, int room) {
        super(name, channel, counters);
        this.room = room;
    }

    /** Moves what comes next from the outbox into {@code piece}; what the connection is to write. I/O thread. */
    abstract Object next(ByteBuf piece);

    /** The socket, or else the token or the key, is its owner's alone. */
    @Override
    public final boolean isOwner() {
        return true;
    }

    @Override
    final void drainOutbox() {
        boolean written = false;
        while (channel.isActive() && channel.isWritable() && !outbox.isEmpty()) {
            ByteBuf piece = channel.alloc().ioBuffer(room, room);
            // Counted before it leaves the outbox: drained() must not look in between.
            underWay.incrementAndGet();
            channel.write(next(piece)).addListener(arrived);
            written = true;
        }
        if (written) {
            channel.flush();
        }
    }

    @Override
    public final boolean drained() {
        return !channel.isActive() || outbox.isEmpty() && underWay.get() == 0;
    }
}
