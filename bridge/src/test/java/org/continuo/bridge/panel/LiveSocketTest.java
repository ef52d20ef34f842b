package org.continuo.bridge.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.Reason;
import org.continuo.protocol.message.ToEngineWriter;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Test;

/** The page's web socket: a session like any other, for who has the key. SPEC.md section 4.3. */
class LiveSocketTest extends PanelFixture {
    private PageClient open() {
        return new PageClient(client, panel);
    }

    private PageClient in(String band) throws Exception {
        PageClient page = open();
        page.say().hello(Limits.VERSION, "panel", band, key.text());
        page.await("welcome");
        return page;
    }

    /** A web socket whose client has read the first byte of the handshake, and reads nothing more. */
    private Socket upgraded() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), panel.port());
        socket.getOutputStream()
                .write(("GET /live HTTP/1.1\r\n" + host() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertEquals('H', socket.getInputStream().read());
        return socket;
    }

    private static TransportSnapshot playing(double performance) {
        TransportSnapshot transport = new TransportSnapshot();
        transport.flags = TransportSnapshot.PLAYING
                | TransportSnapshot.HAS_TEMPO
                | TransportSnapshot.HAS_METER
                | TransportSnapshot.HAS_BEAT
                | TransportSnapshot.HAS_BAR_START;
        transport.epoch = 1;
        transport.performance = performance;
        transport.beat = performance;
        transport.barStart = Math.floor(performance / 4) * 4;
        transport.tempo = 120;
        transport.numerator = 4;
        transport.denominator = 4;
        return transport;
    }

    @Test
    void aPagePlaysInABandAndIsToldThePlan() throws Exception {
        try (PageClient page = in("song")) {
            page.say().part(0, "piano", "musician");
            page.say().part(1, "bass", "model");
            long begun = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                page.say().transport(playing((System.nanoTime() - begun) * 2e-9));
                Thread.sleep(20);
            }
            page.await("plan 1");
            assertEquals(1, engine.stage().sessions());
        }
        await("the session to be over", () -> engine.stage().sessions() == 0);
    }

    @Test
    void withoutTheKeyThereIsNoSession() throws Exception {
        for (String token : List.of("", "0".repeat(64))) {
            try (PageClient page = open()) {
                page.say().hello(Limits.VERSION, "panel", "song", token);
                page.await("refused /continuo/hello " + Reason.BAD_TOKEN.text());
                await("the end", () -> page.closeCode() != 0);
            }
        }
        await("both to be counted", () -> engine.counters().closed.sum() == 2); // a page hears of its end before
        assertEquals(0, engine.stage().sessions());
        try (PageClient page = in("song")) {
            page.say().ping(4);
            page.await("pong 4");
        }
    }

    @Test
    void aPageOfAnotherOriginGetsNoWebSocket() {
        CompletionException refused = assertThrows(CompletionException.class, () -> client.newWebSocketBuilder()
                .header("Origin", "http://evil.example")
                .buildAsync(URI.create(panel.address().replace("http", "ws") + "live"), new WebSocket.Listener() {})
                .join());
        assertTrue(refused.getCause().toString().contains("403")
                || refused.getCause() instanceof java.net.http.WebSocketHandshakeException handshake
                        && handshake.getResponse().statusCode() == 403);
    }

    @Test
    void whatIsNoPacketIsRefusedAndTheNextOneArrives() throws Exception {
        try (PageClient page = in("song")) {
            page.sendBytes(3);
            page.await("refused  " + Reason.FRAME.text());
            page.sendBytes(60_000);
            page.sendBytes(64);
            page.await("refused  " + Reason.MALFORMED.text());
            page.say().ping(5);
            page.await("pong 5");
            page.sendText("hello");
            await("the end", () -> page.closeCode() != 0);
            assertEquals(1003, page.closeCode());
        }
        try (PageClient page = in("song")) {
            try {
                page.sendBytes(100_000);
            } catch (CompletionException e) {
                // Closed while it was still on its way.
            }
            await("the end", () -> page.closeCode() != 0);
        }
        assertEquals(3, engine.counters().badFrames.sum());
    }

    @Test
    void aPageThatDoesNotReadIsDroppedAndTheOthersPlayOn() throws Exception {
        try (Socket hung = upgraded();
                PageClient other = in("song")) {
            OutputStream out = hung.getOutputStream();
            byte[][] query = new byte[1][];
            new ToEngineWriter(packet -> query[0] = ByteBufUtil.getBytes(packet)).query();
            byte[] frame = new byte[6 + query[0].length]; // masked with zeros
            frame[0] = (byte) 0x82;
            frame[1] = (byte) (0x80 | query[0].length);
            System.arraycopy(query[0], 0, frame, 6, query[0].length);
            boolean dropped = false;
            for (int i = 0; i < 200_000 && !dropped; i++) {
                try {
                    out.write(frame);
                } catch (IOException e) {
                    dropped = true;
                }
            }
            await("it to be dropped", () -> engine.counters().slowReaders.sum() == 1);
            other.say().ping(6);
            other.await("pong 6");
        }
    }

    @Test
    void aPageThatPingsAndReadsNoPongIsDropped() throws Exception {
        try (Socket hung = upgraded()) {
            byte[] ping = new byte[6 + 125]; // masked with zeros
            ping[0] = (byte) 0x89;
            ping[1] = (byte) (0x80 | 125);
            byte[] many = new byte[ping.length << 10];
            for (int i = 0; i < many.length; i += ping.length) {
                System.arraycopy(ping, 0, many, i, ping.length);
            }
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 1000; i++) {
                    hung.getOutputStream().write(many);
                }
            });
            await("it to be counted", () -> engine.counters().slowReaders.sum() == 1);
        }
    }

    @Test
    void theEnginesOwnerIsToldAnAddressThatOpensThePanelOnce() throws Exception {
        try (PageClient page = open()) {
            page.say().query();
            assertEquals("capability panel " + panel.address(), page.await("capability panel"));
        }
        try (PageClient page = in("song")) {
            page.say().query();
            String address = page.await("capability panel").substring("capability panel ".length());
            HttpClient browser = HttpClient.newHttpClient();
            HttpRequest visit = to(URI.create(address)).build();
            HttpResponse<Void> first = browser.send(visit, HttpResponse.BodyHandlers.discarding());
            String key = panel.addressWithKey().substring(panel.address().length());
            assertEquals("/" + key, first.headers().firstValue("location").orElse("nowhere"));
            assertEquals(
                    403,
                    browser.send(visit, HttpResponse.BodyHandlers.discarding()).statusCode());
            page.say().counters();
            page.await("counter panel_requests 4");
        }
    }

    @Test
    void aPageWatchesABandOfOthers() throws Exception {
        try (PageClient player = in("their song")) {
            player.say().part(0, "piano", "musician");
            player.say().part(1, "bass", "model");
            player.say().set("temperature", 0.5);
            try (PageClient page = in("mine")) {
                page.say().bands();
                page.await("band mine 1");
                page.await("band their song 1");
            }
            try (PageClient page = in("their song")) {
                page.say().watch();
                page.await("heardPart 0 piano musician");
                page.await("heardSet temperature 0.5");
                player.say().transport(playing(0));
                page.await("heardTransport playing 121 120.0");
                player.say().noteOn(0.5, 0, 64, 90);
                page.await("heardOn 0 64 90");
                page.await("plan 0");
            }
        }
    }
}
