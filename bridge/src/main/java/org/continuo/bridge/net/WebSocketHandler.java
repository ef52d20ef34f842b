package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.continuo.protocol.message.Frames;

/**
 * Brings the packets of one web socket to its listener. The socket lives on the panel's thread and its session on the thread of
 * the other sockets: packets are handed over in their order, and where too many are under way no more are read.
 */
public final class WebSocketHandler extends ChannelInboundHandlerAdapter {
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 << 10, 32 << 10);
    private static final int MOST_UNDER_WAY = 256;

    private final WebSocketPeer peer;
    private final EventLoop sessions;
    private final NetCounters counters;
    private final AtomicInteger underWay = new AtomicInteger();
    /** On the sessions' thread only. */
    private Listener listener;

    /**
     * Opens the session of a socket whose handshake is done.
     *
     * @param name of the peer, for messages
     * @param key what a hello has to have for a token
     * @param io the thread that sessions live on
     */
    public WebSocketHandler(
            String name, Channel channel, Token key, IoThread io, NetCounters counters, Listener.Factory listeners) {
        this.peer = new WebSocketPeer(name, channel, counters, key);
        this.sessions = io.loop();
        this.counters = counters;
        channel.config().setWriteBufferWaterMark(WATER_MARK);
        counters.opened.increment();
        handOver(() -> listener = listeners.opened(peer));
    }

    private void handOver(Runnable task) {
        try {
            sessions.execute(task);
        } catch (RejectedExecutionException e) {
            peer.drop(); // the engine goes
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof BinaryWebSocketFrame frame) {
                packet(context, frame.content());
            } else if (message instanceof PingWebSocketFrame ping) {
                answer(context, new PongWebSocketFrame(ping.content().retain()));
            } else if (message instanceof CloseWebSocketFrame) {
                end(context, WebSocketCloseStatus.NORMAL_CLOSURE);
            } else if (message instanceof WebSocketFrame && !(message instanceof PongWebSocketFrame)) {
                counters.badFrames.increment();
                end(context, WebSocketCloseStatus.INVALID_MESSAGE_TYPE);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void packet(ChannelHandlerContext context, ByteBuf content) {
        int length = content.readableBytes();
        if (length < StreamHandler.SHORTEST_PACKET || length > Frames.MAX_PACKET) {
            counters.badFrames.increment();
            handOver(() -> listener.badFrame());
            return;
        }
        if (peer.isDropped()) {
            return;
        }
        counters.packetsIn.increment();
        if (underWay.incrementAndGet() == MOST_UNDER_WAY) {
            context.channel().config().setAutoRead(false);
        }
        content.retain();
        try {
            sessions.execute(() -> take(context, content));
        } catch (RejectedExecutionException e) {
            content.release();
            peer.drop();
        }
    }

    /** The sessions' thread. */
    private void take(ChannelHandlerContext context, ByteBuf content) {
        try {
            listener.packet(content);
        } finally {
            content.release();
            if (underWay.decrementAndGet() == MOST_UNDER_WAY / 2) {
                // On the socket's own thread, after it has stopped reading and not before.
                context.executor().execute(() -> context.channel().config().setAutoRead(true));
            }
        }
    }

    private void end(ChannelHandlerContext context, WebSocketCloseStatus status) {
        answer(context, new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
    }

    /** What goes past the outbox has no limit of its own: who asks for more of it and reads nothing is dropped. */
    private ChannelFuture answer(ChannelHandlerContext context, WebSocketFrame frame) {
        if (context.channel().isWritable()) {
            return context.writeAndFlush(frame);
        }
        frame.release();
        if (context.channel().isActive()) { // else it is closed already, and this came in before
            counters.slowReaders.increment();
        }
        return context.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        peer.drainOutbox();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        counters.closed.increment();
        handOver(() -> listener.closed());
    }

    /** A connection that was reset, a frame that is none, and a mistake of ours, end this connection and no other. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
