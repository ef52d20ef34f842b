package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import org.continuo.protocol.message.Frames;

/** A page's web socket: a binary message is a packet. */
final class WebSocketPeer extends ConnectedPeer {
    private final Token key;

    /** @param key what the page has to know */
    WebSocketPeer(String name, Channel channel, NetCounters counters, Token key) {
        super(name, channel, counters, Frames.MAX_PACKET);
        this.key = key;
    }

    @Override
    public boolean admits(CharSequence given) {
        return key.equalTo(given);
    }

    @Override
    Object next(ByteBuf piece) {
        outbox.pollPacket(piece);
        return new BinaryWebSocketFrame(piece);
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
}
