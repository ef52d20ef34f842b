package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** A peer on a stream socket. */
final class StreamPeer extends ConnectedPeer {
    private final Token token;

    /** @param token what the peer has to know; null where the socket itself keeps others out */
    StreamPeer(String name, Channel channel, NetCounters counters, Token token) {
        super(name, channel, counters, PIECE);
        this.token = token;
    }

    @Override
    public boolean admits(CharSequence given) {
        return token == null || token.equalTo(given);
    }

    @Override
    Object next(ByteBuf piece) {
        outbox.drainTo(piece);
        return piece;
    }

    @Override
    void drop() {
        channel.close();
    }
}
