package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;

/** How packets follow one another on a stream: a length as a big-endian int32, then the packet. */
public final class Frames {
    /** The longest packet, on a stream and in a datagram. */
    public static final int LONGEST_PACKET = 8192;
    /** Bytes of the length before a packet. */
    public static final int HEADER = Integer.BYTES;
    /** No OSC packet is shorter: an address of four bytes, type tags of four. */
    static final int SHORTEST_PACKET = 8;

    private Frames() {}

    /**
     * Appends a packet with its length before it; neither blocks nor allocates while {@code out} has room.
     *
     * @param packet its readable bytes, 1 to {@link #LONGEST_PACKET}; its indices stay
     */
    public static void encode(ByteBuf packet, ByteBuf out) {
        int length = packet.readableBytes();
        if (length < 1 || length > LONGEST_PACKET) {
            throw new IllegalArgumentException(
                    "a packet of " + length + " bytes; 1.." + LONGEST_PACKET + " fit a frame");
        }
        out.writeInt(length).writeBytes(packet, packet.readerIndex(), length);
    }

    /** Whether a packet can begin with this byte: a message with '/', a bundle with '#'. */
    static boolean canBegin(int firstByte) {
        return firstByte == '/' || firstByte == '#';
    }
}
