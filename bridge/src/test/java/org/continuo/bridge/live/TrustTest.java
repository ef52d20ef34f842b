package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.continuo.protocol.message.Frames;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.Reason;
import org.continuo.protocol.message.ToEngineWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may not play along: browsers, other programs' bytes, whoever does not know the token. */
class TrustTest extends EngineFixture {
    /** What arrives where somebody takes us for a server of another kind. */
    private static List<byte[]> openings() {
        List<byte[]> openings = new ArrayList<>();
        for (String text : List.of(
                "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "POST /continuo HTTP/1.1\r\nOrigin: https://example.org\r\nContent-Length: 24\r\n\r\n/continuo/ping\0\0,i\0\0\0\0\0\7",
                "PUT / HTTP/1.1\r\n\r\n",
                "HEAD / HTTP/1.0\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nAccess-Control-Request-Private-Network: true\r\n\r\n",
                "CONNECT example.org:443 HTTP/1.1\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "EHLO example.org\r\n",
                "*1\r\n$4\r\nPING\r\n",
                "{\"jsonrpc\":\"2.0\",\"method\":\"ping\"}\n",
                "\r\n\r\n\r\n",
                "/continuo/ping\0\0,i\0\0\0\0\0\7",
                "#bundle\0\0\0\0\0\0\0\0\1")) {
            openings.add(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        // TLS 1.0 and 1.3, SOCKS 4 and 5, a WebSocket's frame.
        openings.add(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
        openings.add(new byte[] {0x16, 3, 3, 0, (byte) 0xf1, 1, 0, 0, (byte) 0xed, 3, 3});
        openings.add(new byte[] {4, 1, 0, 80, 127, 0, 0, 1, 0});
        openings.add(new byte[] {5, 1, 0, 0, 0, 0, 0, 0});
        openings.add(new byte[] {(byte) 0x81, (byte) 0x85, 0x37, (byte) 0xfa, 0x21, 0x3d, 0x7f});
        return openings;
    }

    private void assertClosedWithoutAReply(SocketAddress address) throws IOException {
        List<byte[]> openings = openings();
        assertEquals(20, openings.size());
        for (byte[] opening : openings) {
            try (SocketChannel browser = SocketChannel.open(address)) {
                browser.write(ByteBuffer.wrap(opening));
                assertEquals(
                        -1, read(browser, ByteBuffer.allocate(1000)), new String(opening, StandardCharsets.US_ASCII));
            }
        }
    }

    /** As read; a connection reset is an end like another. */
    private static int read(SocketChannel channel, ByteBuffer buffer) {
        try {
            return channel.read(buffer);
        } catch (IOException e) {
            return -1;
        }
    }

    private record Tcp(SocketAddress address, String token) {}

    private Tcp listenOverTcp() throws IOException {
        Path file = folder.resolve("run").resolve("engine.tcp");
        engine.listenOverTcp(0, file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        List<String> lines = Files.readAllLines(file);
        assertEquals(engine.tcpPort(), Integer.parseInt(lines.get(0)));
        return new Tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), engine.tcpPort()), lines.get(1));
    }

    @Test
    void aBrowserIsClosedWithoutAReply() throws Exception {
        assertClosedWithoutAReply(UnixDomainSocketAddress.of(socket));
        assertClosedWithoutAReply(listenOverTcp().address);
        assertEquals(40, engine.counters().strangers.sum());
        assertEquals(0, engine.counters().packetsIn.sum());
        assertEquals(0, engine.counters().packetsOut.sum());
        try (ScriptedClient client = ScriptedClient.in("song", socket)) {
            assertEquals(0, client.counter("frame"));
        }
    }

    /** Says hello over TCP; what comes back, until the engine closes or has answered. */
    private static String hello(Tcp tcp, String token) throws IOException {
        ByteBuf bytes = Unpooled.buffer();
        new ToEngineWriter(packet -> Frames.write(packet, bytes)).hello(Limits.VERSION, "test", "song", token);
        try (SocketChannel client = SocketChannel.open(tcp.address)) {
            client.write(bytes.nioBuffer());
            ByteBuffer answer = ByteBuffer.allocate(1000);
            while (read(client, answer) >= 0) {
                if (new String(answer.array(), StandardCharsets.US_ASCII).contains("/continuo/welcome")) {
                    return "welcome";
                }
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
    }

    private void guess(int count) throws IOException {
        Tcp tcp = listenOverTcp();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            StringBuilder token = new StringBuilder(tcp.token);
            switch (i % 4) {
                case 0 -> token.setCharAt(random.nextInt(token.length()), 'x');
                case 1 -> token.setLength(random.nextInt(token.length()));
                case 2 -> token.append((char) ('0' + random.nextInt(10)));
                default -> token.replace(0, token.length(), Long.toHexString(random.nextLong()));
            }
            String answer = hello(tcp, token.toString());
            assertTrue(answer.contains(Reason.BAD_TOKEN.text()) && !answer.contains("welcome"), "seed " + seed);
        }
        assertEquals(count, engine.stage().refused(Reason.BAD_TOKEN));
        assertEquals(0, engine.stage().sessions());
        assertEquals("welcome", hello(tcp, tcp.token));
    }

    @Test
    void aWrongTokenIsRefusedTwoHundredTimes() throws Exception {
        guess(200);
    }

    @Test
    @Tag("full")
    void aWrongTokenIsRefusedTenThousandTimes() throws Exception {
        guess(10_000);
    }

    @Test
    void theTokensFileGoesWithTheEngine() throws Exception {
        listenOverTcp();
        engine.end();
        assertTrue(Files.notExists(folder.resolve("run").resolve("engine.tcp")));
        assertTrue(Files.notExists(socket));
    }
}
