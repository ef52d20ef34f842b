package org.continuo.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads bytes that came from anyone, by the readers of both sides: alone, beside another message in a bundle, and in a
 * stream. What is delivered is inside the limits, what is not is counted, and the message after it arrives.
 */
final class EveryWay {
    /** More does not fit a bundle beside another message, nor one frame. */
    private static final int MOST_BESIDE = 8000;

    final InsideLimits told = new InsideLimits();
    private final ToEngineReader toEngine = new ToEngineReader();
    private final FromEngineReader fromEngine = new FromEngineReader();
    private final Frames frames = new Frames(
            packet -> {
                toEngine.read(packet, told, told);
                fromEngine.read(packet, told, told);
            },
            told);
    private final ByteBuf buffer = Unpooled.buffer();

    /** @param number 0 or more, of the ping that follows */
    void read(byte[] bytes, int number) {
        alone(bytes);
        if (bytes.length <= MOST_BESIDE) {
            besideAnother(bytes, buffer.clear(), number);
            inAStream(bytes, buffer.clear(), -1 - number);
        }
    }

    private void alone(byte[] bytes) {
        ByteBuf packet = Unpooled.wrappedBuffer(bytes);
        long before = told.refused + told.delivered;
        toEngine.read(packet, told, told);
        fromEngine.read(packet, told, told);
        boolean bundle = bytes.length >= 16 && bytes[0] == '#';
        assertTrue(bundle || told.refused + told.delivered >= before + 2, "neither delivered nor counted");
        assertEquals(bytes.length, packet.readableBytes());
    }

    private void besideAnother(byte[] bytes, ByteBuf packet, int number) {
        packet.writeBytes(new byte[] {'#', 'b', 'u', 'n', 'd', 'l', 'e', 0, 0, 0, 0, 0, 0, 0, 0, 1});
        int padding = -bytes.length & 3; // else it is the whole packet that has no right size
        packet.writeInt(bytes.length + padding).writeBytes(bytes).writeZero(padding);
        packet.writeInt(24).writeBytes(Address.PING.head()).writeInt(number);
        packet.writeInt(24).writeBytes(Address.PONG.head()).writeInt(number);
        told.lastPing = number + 1;
        toEngine.read(packet, told, told);
        assertEquals(number, told.lastPing, "the ping beside it");
        told.lastPing = number + 1;
        fromEngine.read(packet, told, told);
        assertEquals(number, told.lastPing, "the pong beside it");
    }

    private void inAStream(byte[] bytes, ByteBuf stream, int number) {
        stream.writeInt(bytes.length).writeBytes(bytes);
        stream.writeInt(24).writeBytes(Address.PING.head()).writeInt(number);
        told.lastPing = number + 1;
        assertTrue(frames.read(stream));
        assertEquals(number, told.lastPing, "the ping after it");
    }
}
