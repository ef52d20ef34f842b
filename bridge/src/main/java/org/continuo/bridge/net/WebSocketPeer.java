package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.concurrent.atomic.AtomicInteger;
import org.continuo.protocol.message.Frames;

/** A page's web socket: a binary message is a packet. */
final class WebSocketPeer extends ChannelPeer {
    private final Token key;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ChannelFutureListener arrived = future -> underWay.decrementAndGet();

    /** @param key what the page has to know */
    WebSocketPeer(String name, Channel channel, NetCounters counters, Token key) {
        super(name, channel, counters);
        this.key = key;
    }

    @Override
    public boolean admits(CharSequence given) {
        return key.equalTo(given);
    }

    /** The key is its owner's alone. */
    @Override
    public boolean isOwner() {
        return true;
    }

    @Override
    void drainOutbox() {
        boolean written = false;
        while (channel.isActive() && channel.isWritable() && !outbox.isEmpty()) {
            ByteBuf packet = channel.alloc().ioBuffer(Frames.MAX_PACKET, Frames.MAX_PACKET);
            // Counted before it leaves the outbox: drained() must not look in between.
            underWay.incrementAndGet();
            outbox.pollPacket(packet);
            channel.write(new BinaryWebSocketFrame(packet)).addListener(arrived);
            written = true;
        }
        if (written) {
            channel.flush();
        }
    }

    /** Says so, to who still reads. */
    @Override
    void drop() {
        if (channel.isWritable()) {
            channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            channel.close();
        }
    }

    @Override
    public boolean drained() {
        return !channel.isActive() || outbox.isEmpty() && underWay.get() == 0;
    }
}
