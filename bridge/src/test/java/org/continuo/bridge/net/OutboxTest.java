package org.continuo.bridge.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.continuo.protocol.message.Frames;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static ByteBuf packet(Random random, int longest) {
        byte[] bytes = new byte[1 + random.nextInt(longest)];
        random.nextBytes(bytes);
        return Unpooled.wrappedBuffer(bytes);
    }

    @Test
    void whatGoesInComesOutInOrderHoweverItIsDrained() {
        long seed = 20_261_124;
        Random random = new Random(seed);
        Outbox outbox = new Outbox(1 << 12);
        ByteBuf expected = Unpooled.buffer();
        ByteBuf seen = Unpooled.buffer();
        for (int step = 0; step < 20_000; step++) {
            if (random.nextBoolean()) {
                ByteBuf packet = packet(random, 200);
                if (outbox.offer(packet)) {
                    Frames.write(packet, expected);
                }
            } else {
                int room = 1 + random.nextInt(300);
                ByteBuf piece = Unpooled.buffer(room, room);
                outbox.drainTo(piece);
                seen.writeBytes(piece);
            }
        }
        ByteBuf rest = Unpooled.buffer(1 << 12, 1 << 12);
        outbox.drainTo(rest);
        seen.writeBytes(rest);
        assertEquals(expected, seen, "seed " + seed);
        assertTrue(outbox.isEmpty());
    }

    @Test
    void packetsComeOutWholeForDatagrams() {
        long seed = 4;
        Random random = new Random(seed);
        Outbox outbox = new Outbox(1 << 10);
        Deque<ByteBuf> expected = new ArrayDeque<>();
        for (int step = 0; step < 20_000; step++) {
            ByteBuf packet = packet(random, 200);
            if (outbox.offer(packet)) {
                expected.add(packet);
            } else {
                ByteBuf out = Unpooled.buffer(Frames.MAX_PACKET);
                assertTrue(outbox.pollPacket(out));
                assertEquals(expected.remove(), out, "seed " + seed);
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefusedWhole() {
        Outbox outbox = new Outbox(64);
        assertTrue(outbox.offer(Unpooled.buffer().writeZero(60)));
        assertFalse(outbox.offer(Unpooled.buffer().writeZero(1)));
        ByteBuf out = Unpooled.buffer(64, 64);
        assertEquals(64, outbox.drainTo(out));
        assertTrue(outbox.offer(Unpooled.buffer().writeZero(1)));
    }
}
