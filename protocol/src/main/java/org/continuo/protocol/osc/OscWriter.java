package org.continuo.protocol.osc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Writes OSC 1.0 messages and bundles, one packet at a time, into a buffer of its own. Allocates nothing once made.
 * Confined to one thread.
 */
public final class OscWriter {
    private final ByteBuf packet = Unpooled.buffer(OscReader.MAX_PACKET, OscReader.MAX_PACKET);

    /** Address and type tags as they stand on the wire, to be made once for each kind of message. */
    public static byte[] head(String address, String tags) {
        byte[] first = address.getBytes(StandardCharsets.US_ASCII);
        byte[] second = ("," + tags).getBytes(StandardCharsets.US_ASCII);
        int secondAt = first.length + 4 & ~3;
        byte[] head = new byte[secondAt + (second.length + 4 & ~3)];
        System.arraycopy(first, 0, head, 0, first.length);
        System.arraycopy(second, 0, head, secondAt, second.length);
        return head;
    }

    /** How many bytes {@code text} takes on the wire, with the zero and the padding. */
    public static int textSize(CharSequence text) {
        return ByteBufUtil.utf8Bytes(text) + 4 & ~3;
    }

    /** The packet as written so far; the same buffer for every packet. */
    public ByteBuf packet() {
        return packet;
    }

    /** How many more bytes the packet may take. */
    public int room() {
        return packet.writableBytes();
    }

    /** Begins a new packet; the last one's bytes are gone. */
    public OscWriter clear() {
        packet.clear();
        return this;
    }

    /** Begins a bundle that is to be acted on at once: time tag 1. */
    public OscWriter bundle() {
        packet.writeLong(OscReader.BUNDLE_WORD);
        packet.writeLong(1);
        return this;
    }

    /** Begins an element of a bundle; what this returns goes to {@link #elementEnd}. */
    public int elementStart() {
        packet.writeInt(0);
        return packet.writerIndex();
    }

    public void elementEnd(int started) {
        packet.setInt(started - 4, packet.writerIndex() - started);
    }

    /** Begins a message with what {@link #head} made. */
    public OscWriter message(byte[] head) {
        packet.writeBytes(head);
        return this;
    }

    public OscWriter int32(int value) {
        packet.writeInt(value);
        return this;
    }

    public OscWriter int64(long value) {
        packet.writeLong(value);
        return this;
    }

    public OscWriter float32(float value) {
        packet.writeFloat(value);
        return this;
    }

    public OscWriter float64(double value) {
        packet.writeDouble(value);
        return this;
    }

    /** Writes {@code text} as UTF-8; a surrogate without its other half becomes a question mark. */
    public OscWriter text(CharSequence text) {
        int bytes = ByteBufUtil.writeUtf8(packet, text);
        packet.writeZero(4 - (bytes & 3));
        return this;
    }
}
