package org.continuo.bridge.net;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The one thread that serves every socket. Sleeps in the system while nothing comes. */
public final class IoThread implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 2000;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("continuo-io", true), NioIoHandler.newFactory());
    private final EventLoop loop = group.next();

    /** The thread itself, for work that belongs on it. */
    public EventLoop loop() {
        return loop;
    }

    EventLoopGroup group() {
        return group;
    }

    /** Closes every channel and ends the thread; blocks until it has. Not to be called on it. */
    @Override
    public void close() {
        group.shutdownGracefully(0, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}
