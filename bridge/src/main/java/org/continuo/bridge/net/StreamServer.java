package org.continuo.bridge.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Predicate;

/** Accepts stream connections and puts a frame decoder, a peer and its listener behind each. */
final class StreamServer {
    /** Sessions and some more, so that one too many is told so in words. */
    static final int MOST_CONNECTIONS = 80;

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 << 10, 32 << 10);

    private final String kind;
    private final IoThread io;
    private final NetCounters counters;
    private final Listener.Factory listeners;
    private final Token token;
    private final Predicate<Channel> admitted;
    private int open;
    private int number;

    /**
     * @param kind for the names of peers
     * @param token what peers have to know; null for none
     * @param admitted asked of each new connection
     */
    StreamServer(
            String kind,
            IoThread io,
            NetCounters counters,
            Listener.Factory listeners,
            Token token,
            Predicate<Channel> admitted) {
        this.kind = kind;
        this.io = io;
        this.counters = counters;
        this.listeners = listeners;
        this.token = token;
        this.admitted = admitted;
    }

    /** Binds and listens; blocks until it does. */
    Channel bind(Class<? extends ServerChannel> type, SocketAddress address) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(io.group())
                .channel(type)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                // Who can be told nothing more may have said something before, which is still to be read.
                .childOption(ChannelOption.AUTO_CLOSE, false)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen at " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    /** On the I/O thread. */
    private void accept(Channel channel) {
        if (open >= MOST_CONNECTIONS) {
            counters.turnedAway.increment();
            channel.close();
            return;
        }
        if (!admitted.test(channel)) {
            counters.otherUsers.increment();
            channel.close();
            return;
        }
        open++;
        channel.closeFuture().addListener(future -> open--);
        counters.opened.increment();
        StreamPeer peer = new StreamPeer(kind + " " + ++number, channel, counters, token);
        channel.pipeline().addLast(new StreamHandler(peer, counters, listeners.opened(peer)));
    }
}
