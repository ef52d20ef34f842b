package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.continuo.protocol.message.Frames;
import org.continuo.protocol.message.ToEngineWriter;
import org.junit.jupiter.api.Test;

/** Clients that do not read, and clients that say too much. */
class BackPressureTest extends EngineFixture {
    @Test
    void aClientThatDoesNotReadIsDroppedAndTheOthersPlayOn() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket);
                SocketChannel hung = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuf query = Unpooled.buffer();
            new ToEngineWriter(packet -> Frames.write(packet, query)).query();
            long memory = used();
            boolean dropped = false;
            for (int i = 0; i < 200_000 && !dropped; i++) {
                try {
                    ByteBuffer bytes = query.nioBuffer();
                    while (bytes.hasRemaining()) {
                        hung.write(bytes);
                    }
                } catch (IOException e) {
                    dropped = true;
                }
            }
            assertTrue(dropped, "never dropped");
            assertEquals(1, client.counter("net_slow_readers"));
            assertTrue(used() - memory < 16 << 20, "kept " + (used() - memory) + " bytes");
            client.say().part(1, "bass", "model");
            client.play();
            client.playFor(1);
            client.await("a plan", () -> client.planCount() > 0);
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void whatDoesNotFitTheInboxIsRefusedAndTheEndsOfNotesAreKept() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            client.play();
            for (int i = 0; i < 20_000; i++) {
                client.say().noteOn(0, 0, i % 128, 1);
            }
            client.say().ping(9);
            client.await("the pong", () -> client.heard("pong 9"));
            long refused = client.counter("too_fast");
            long heard = client.words().stream()
                    .filter(w -> w.contains("more messages than can be taken in"))
                    .count();
            assertTrue(refused == 0 || heard > 0, refused + " refused, " + heard + " told");
        }
    }
}
