package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.continuo.protocol.message.Frames;

/**
 * Brings the packets of one stream connection to its listener, wherever the network has split it. A peer that does not begin
 * with a frame (a browser, say) is closed without a word; one that later sends a length that cannot be is told so, and
 * closed where the next frame cannot be found. Confined to the I/O thread.
 */
final class StreamHandler extends ChannelInboundHandlerAdapter {
    /** A length, and the first byte of a packet. */
    private static final int OPENING = Frames.PREFIX + 1;

    /** No OSC packet is shorter: an address of four bytes, type tags of four. */
    static final int SHORTEST_PACKET = 8;

    private final StreamPeer peer;
    private final NetCounters counters;
    private final Listener listener;
    private final Frames frames;
    private final ByteBuf opening = Unpooled.buffer(OPENING, OPENING);
    private boolean over;

    StreamHandler(StreamPeer peer, NetCounters counters, Listener listener) {
        this.peer = peer;
        this.counters = counters;
        this.listener = listener;
        this.frames = new Frames(this::packet, (address, reason, detail) -> badFrame());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (!over && begins(in) && !frames.read(in)) {
                end(context);
            }
        } finally {
            in.release();
        }
    }

    /** Whether the first bytes are those of a client of ours; holds them back until they are all there. */
    private boolean begins(ByteBuf in) {
        if (!opening.isWritable()) {
            return true;
        }
        in.readBytes(opening, Math.min(opening.writableBytes(), in.readableBytes()));
        if (opening.isWritable()) {
            return false;
        }
        int length = opening.getInt(0);
        if (length < SHORTEST_PACKET || length > Frames.MAX_PACKET || !canBegin(opening.getByte(Frames.PREFIX))) {
            counters.strangers.increment();
            over = true;
            peer.drop();
            return false;
        }
        return frames.read(opening);
    }

    /** Whether a packet can begin with this byte: a message with '/', a bundle with '#'. */
    static boolean canBegin(int firstByte) {
        return firstByte == '/' || firstByte == '#';
    }

    private void packet(ByteBuf packet) {
        if (!over && !peer.isDropped()) {
            counters.packetsIn.increment();
            listener.packet(packet);
        }
    }

    private void badFrame() {
        counters.badFrames.increment();
        if (!over) {
            listener.badFrame();
        }
    }

    private void end(ChannelHandlerContext context) {
        over = true;
        peer.drainOutbox();
        context.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        peer.drainOutbox();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        over = true;
        counters.closed.increment();
        listener.closed();
    }

    /** A connection that was reset, and a mistake of ours, end this connection and no other. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        over = true;
        context.close();
    }
}
