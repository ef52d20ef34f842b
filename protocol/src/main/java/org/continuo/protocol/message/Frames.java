package org.continuo.protocol.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.continuo.protocol.osc.OscReader;

/**
 * Cuts a byte stream into packets: four bytes of length, big-endian, then the packet. The stream may arrive in any
 * pieces. Room is taken once, for the largest packet there may be, never for the length that somebody claims.
 *
 * <p>A length of 0, or one that is too large but up to {@link #MAX_SKIPPED}, is refused and its bytes are passed over, so
 * the next packet arrives. Any other length, such as the first four letters of a browser's request, means that this is
 * no stream of packets: it is refused, and the stream is at its end.
 *
 * <p>Confined to one thread; one object for each stream.
 */
public final class Frames {
    /** Bytes of the length. */
    public static final int PREFIX = 4;

    /** The most bytes of one packet. */
    public static final int MAX_PACKET = OscReader.MAX_PACKET;

    /** The longest claimed length that is passed over. */
    public static final int MAX_SKIPPED = 1 << 16;

    private final ByteBuf packet = Unpooled.buffer(MAX_PACKET, MAX_PACKET);
    private final PacketSink sink;
    private final Refusals refusals;
    private int prefixBytes;
    private int length;
    private int missing;
    private boolean skipping;
    private boolean broken;

    /**
     * @param sink takes each packet
     * @param refusals told with an empty address and {@link Reason#FRAME}
     */
    public Frames(PacketSink sink, Refusals refusals) {
        this.sink = sink;
        this.refusals = refusals;
    }

    /** Appends {@code packet}'s readable bytes, with their length before them, to {@code out}; moves its reader index. */
    public static void write(ByteBuf packet, ByteBuf out) {
        out.writeInt(packet.readableBytes());
        out.writeBytes(packet);
    }

    /**
     * Takes the next bytes of the stream, as many as there are, and hands on each packet that they complete.
     *
     * @return false once the stream is beyond repair: close it without an answer
     */
    public boolean read(ByteBuf in) {
        while (!broken && in.isReadable()) {
            if (missing > 0) {
                body(in);
            } else {
                prefix(in);
            }
        }
        return !broken;
    }

    private void prefix(ByteBuf in) {
        length = length << 8 | in.readByte() & 0xff;
        if (++prefixBytes < PREFIX) {
            return;
        }
        int claimed = length;
        prefixBytes = 0;
        length = 0;
        if (claimed > 0 && claimed <= MAX_PACKET) {
            missing = claimed;
            skipping = false;
            packet.clear();
            return;
        }
        refusals.refuse("", Reason.FRAME, "a length is 1 to 8192");
        if (claimed < 0 || claimed > MAX_SKIPPED) {
            broken = true;
        } else {
            missing = claimed;
            skipping = true;
        }
    }

    private void body(ByteBuf in) {
        int bytes = Math.min(missing, in.readableBytes());
        if (skipping) {
            in.skipBytes(bytes);
        } else {
            in.readBytes(packet, bytes);
        }
        missing -= bytes;
        if (missing == 0 && !skipping) {
            sink.packet(packet);
        }
    }
}
