package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.Reason;
import org.junit.jupiter.api.Test;

/** What a session takes, refuses and tells: SPEC.md sections 5 and 6. */
class SessionTest extends EngineFixture {
    private static void refused(ScriptedClient client, String address, Reason reason) {
        client.await(reason.text(), () -> client.heard("refused " + address + " " + reason.text()));
    }

    @Test
    void beforeHelloOnlyHelloPingAndQueryAreTaken() throws Exception {
        try (ScriptedClient client = new ScriptedClient(socket)) {
            client.say().ping(5);
            client.say().query();
            client.say().noteOn(0, 0, 60, 1);
            client.say().counters();
            client.say().goodbye();
            client.say().hello(Limits.VERSION, "test", "song", "any token does here");
            client.await("a welcome", () -> client.heard("welcome 1 "));
            assertEquals("pong 5", client.words().get(0));
            for (String name : List.of("version 1", "engine continuo test", "model s", "sessions 64", "parts 16")) {
                assertTrue(client.heard("capability " + name), name);
            }
            refused(client, "/continuo/note/on", Reason.HELLO_FIRST);
            refused(client, "/continuo/counters", Reason.HELLO_FIRST);
            refused(client, "/continuo/goodbye", Reason.HELLO_FIRST);
            assertEquals(3, client.counter("hello_first"));
        }
    }

    @Test
    void anotherVersionIsRefusedAndClosed() throws Exception {
        try (ScriptedClient client = new ScriptedClient(socket)) {
            client.say().hello(2, "test", "song", "");
            refused(client, "/continuo/hello", Reason.WRONG_VERSION);
            client.await("the end", client::isClosed);
        }
        assertEquals(0, engine.stage().sessions());
    }

    @Test
    void whatIsOutOfOrderIsRefusedAndTheNextMessageStillArrives() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            client.say().hello(Limits.VERSION, "test", "song", "");
            refused(client, "/continuo/hello", Reason.HELLO_AGAIN);
            client.say().part(0, "kazoo", "model");
            client.say().part(0, "piano", "ghost");
            client.say().set("style", "no such style");
            client.say().set("mode", "sing");
            client.say().set("key", "H");
            client.say().set("volume", 3);
            client.transport.performance = 5;
            client.say().transport(client.transport);
            client.transport.performance = 4;
            client.say().transport(client.transport);
            refused(client, "/continuo/transport", Reason.OUT_OF_RANGE);
            assertEquals(6, client.counter("unknown_name"));
            for (Object[] good : new Object[][] {
                {"style", "bach"}, {"key", "F#m"}, {"mode", "continue"}, {"style", "open"}, {"key", "open"},
                {"temperature", 1.2}, {"top-p", 0.9}, {"seed", 7.0}, {"lookahead", 4.0}, {"density", 3.0},
                {"density", -1.0}, {"polyphony", 3.0}, {"patience", -1.0}
            }) {
                if (good[1] instanceof String text) {
                    client.say().set(good[0].toString(), text);
                } else {
                    client.say().set(good[0].toString(), (double) good[1]);
                }
            }
            assertEquals(6, client.counter("unknown_name"));
            client.say().goodbye();
            client.await("the end", client::isClosed);
        }
    }

    @Test
    void aSessionTooManyIsToldSo() throws Exception {
        List<ScriptedClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < Limits.SESSIONS; i++) {
                clients.add(ScriptedClient.in("band " + i % Band.MOST, socket));
            }
            try (ScriptedClient more = new ScriptedClient(socket)) {
                more.say().hello(Limits.VERSION, "test", "band 0", "");
                refused(more, "/continuo/hello", Reason.FULL);
                more.await("the end", more::isClosed);
            }
            clients.remove(0).close();
            clients.get(0).await("room", () -> engine.stage().sessions() == Limits.SESSIONS - 1);
            try (ScriptedClient more = new ScriptedClient(socket)) {
                more.say().hello(Limits.VERSION, "test", "a ninth band", "");
                refused(more, "/continuo/hello", Reason.FULL);
            }
            ScriptedClient.in("band 0", socket).close();
        } finally {
            for (ScriptedClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aFrameThatIsRefusedIsAnsweredAndCounted() throws Exception {
        try (ScriptedClient client = ScriptedClient.in("song", socket);
                SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            byte[] ping = "/continuo/ping\0\0,i\0\0\0\0\0\7".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            bytes.putInt(ping.length).put(ping).putInt(0).putInt(ping.length).put(ping);
            raw.write(bytes.flip());
            ByteBuffer answer = ByteBuffer.allocate(1000);
            int pongs = 0;
            while (pongs < 2) {
                assertTrue(raw.read(answer) > 0);
                String said =
                        new String(answer.array(), 0, answer.position(), java.nio.charset.StandardCharsets.ISO_8859_1);
                pongs = said.split("/continuo/pong", -1).length - 1;
                assertFalse(said.length() > 900);
            }
            assertEquals(1, client.counter("frame"));
            assertEquals(1, client.counter("net_bad_frames"));
        }
    }
}
