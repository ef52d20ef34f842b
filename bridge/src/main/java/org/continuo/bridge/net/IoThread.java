package org.continuo.bridge.net;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** A thread that serves sockets: one those that bands play by, another the panel's. Sleeps in the system while nothing comes. */
public final class IoThread implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 2000;

    private final EventLoopGroup group;
    private final EventLoop loop;

    /** The one of the sockets that bands play by. */
    public IoThread() {
        this("continuo-io");
    }

    /** @param name of the thread */
    public IoThread(String name) {
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
        loop = group.next();
    }

    /** The thread itself, for work that belongs on it. */
    public EventLoop loop() {
        return loop;
    }

    /** The same as a group, for servers. */
    public EventLoopGroup group() {
        return group;
    }

    /** Closes every channel and ends the thread; blocks until it has. Not to be called on it. */
    @Override
    public void close() {
        group.shutdownGracefully(0, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}
