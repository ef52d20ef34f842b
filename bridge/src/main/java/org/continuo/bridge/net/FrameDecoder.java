package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts a stream into packets, wherever the network has split it. Holds at most one frame, and never believes a length before
 * it is inside the limits.
 *
 * <ul>
 *   <li>A frame that is too long is refused ({@link BadFrame} as a user event), read past, and the next one decodes.
 *   <li>A length of nothing or less has no bytes to read past: it is refused and the next four bytes are a length again.
 *   <li>A frame so long that reading past it is waiting for ever, and the tenth refusal in a row, end the connection.
 *   <li>A peer that does not begin with a frame (a browser, say) is closed without a word.
 * </ul>
 *
 * <p>Confined to the I/O thread.
 */
final class FrameDecoder extends ByteToMessageDecoder {
    /** A refused frame. {@code last}: nothing more will be read. */
    record BadFrame(int length, boolean last) {}

    /** Beyond this a frame is not read past. */
    private static final int LONGEST_TO_SKIP = 1 << 20;

    private static final int MOST_REFUSALS = 10;

    private final NetCounters counters;
    private boolean begun;
    private boolean ended;
    private int toSkip;
    private int refusals;

    FrameDecoder(NetCounters counters) {
        this.counters = counters;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (ended) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (toSkip > 0) {
            int skipped = Math.min(toSkip, in.readableBytes());
            in.skipBytes(skipped);
            toSkip -= skipped;
            return;
        }
        if (in.readableBytes() < Frames.HEADER) {
            return;
        }
        int length = in.getInt(in.readerIndex());
        if (!begun && !begins(context, in, length)) {
            return;
        }
        if (length < 1 || length > Frames.LONGEST_PACKET) {
            in.skipBytes(Frames.HEADER);
            refuse(context, length);
            return;
        }
        if (in.readableBytes() >= Frames.HEADER + length) {
            in.skipBytes(Frames.HEADER);
            refusals = 0;
            counters.packetsIn.increment();
            out.add(in.readRetainedSlice(length));
        }
    }

    /** Whether the first bytes are those of a client of ours, as far as they are there. */
    private boolean begins(ChannelHandlerContext context, ByteBuf in, int length) {
        boolean sane = length >= Frames.SHORTEST_PACKET && length <= Frames.LONGEST_PACKET && length % 4 == 0;
        if (sane && in.readableBytes() == Frames.HEADER) {
            return false;
        }
        if (sane && Frames.canBegin(in.getByte(in.readerIndex() + Frames.HEADER))) {
            begun = true;
            return true;
        }
        counters.strangers.increment();
        ended = true;
        in.skipBytes(in.readableBytes());
        context.close();
        return false;
    }

    private void refuse(ChannelHandlerContext context, int length) {
        refusals++;
        ended = length > LONGEST_TO_SKIP || refusals >= MOST_REFUSALS;
        (length > 0 ? counters.longFrames : counters.badFrames).increment();
        if (!ended) {
            toSkip = Math.max(length, 0);
        }
        context.fireUserEventTriggered(new BadFrame(length, ended));
    }

    /** A frame cut off by the end of the connection is no message. */
    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
    }
}
