package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicBoolean;

/** What peers on streams, web sockets and datagrams have in common: an outbox, and the I/O thread that empties it. */
abstract class ChannelPeer implements Peer {
    /** Bytes handed to the channel at once. */
    static final int PIECE = 16 << 10;

    protected final Channel channel;
    protected final NetCounters counters;
    protected final Outbox outbox = new Outbox(Outbox.CAPACITY);
    private final String name;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Runnable drain = this::drain;
    private volatile boolean dropped;

    ChannelPeer(String name, Channel channel, NetCounters counters) {
        this.name = name;
        this.channel = channel;
        this.counters = counters;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean admits(CharSequence token) {
        return true;
    }

    @Override
    public boolean send(ByteBuf packet) {
        if (dropped || !channel.isActive()) {
            return false;
        }
        if (!outbox.offer(packet)) {
            dropped = true;
            counters.slowReaders.increment();
            execute(this::drop);
            return false;
        }
        counters.packetsOut.increment();
        if (draining.compareAndSet(false, true)) {
            execute(drain);
        }
        return true;
    }

    /** Before the loop looks into the outbox it says so: what is put there later asks again. */
    private void drain() {
        draining.set(false);
        drainOutbox();
    }

    private void execute(Runnable task) {
        EventLoop loop = channel.eventLoop();
        if (!loop.isShuttingDown()) {
            loop.execute(task);
        }
    }

    @Override
    public void close() {
        execute(() -> {
            drainOutbox();
            drop();
        });
    }

    /** Writes what waits while the channel takes it. I/O thread. */
    abstract void drainOutbox();

    /** Ends the connection at once. I/O thread. */
    abstract void drop();

    final boolean isDropped() {
        return dropped;
    }
}
