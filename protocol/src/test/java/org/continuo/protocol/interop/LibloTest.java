package org.continuo.protocol.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.continuo.protocol.message.GoldenFile;
import org.continuo.protocol.message.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** liblo's oscsend and oscdump (packages liblo-tools). */
@Timeout(60)
class LibloTest {
    @Test
    void whatOscsendSendsIsRead() throws IOException, InterruptedException {
        Tool.assumeInstalled("oscsend", "--help");
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(10_000);
            assertSent(socket, "hello 1 \"script\" \"a b\" \"\"", "hello", "isss", "1", "script", "a b", "");
            assertSent(socket, "noteOn 16.5 0 60 100", "note/on", "diii", "16.5", "0", "60", "100");
            assertSent(socket, "noteOn 16.5 0 60 100", "note/on", "fiii", "16.5", "0", "60", "100");
            assertSent(socket, "noteOff 17.0 0 60", "note/on", "dhhh", "17", "0", "60", "0");
            assertSent(socket, "set \"style\" \"ragtime\"", "set", "ss", "style", "ragtime");
            assertSent(socket, "set \"lookahead\" 1.5", "set", "sf", "lookahead", "1.5");
            assertSent(socket, "query", "query", "");
            assertSent(socket, "refused argument_type", "ping", "T");
        }
    }

    private static void assertSent(DatagramSocket socket, String expected, String name, String tags, String... values)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("oscsend", "127.0.0.1", "" + socket.getLocalPort(), "/continuo/" + name));
        if (!tags.isEmpty()) {
            command.add(tags);
        }
        command.addAll(List.of(values));
        Tool.run("", command.toArray(String[]::new));
        DatagramPacket packet = new DatagramPacket(new byte[9_000], 9_000);
        socket.receive(packet);
        assertEquals(
                List.of(expected),
                Reading.lines(Unpooled.wrappedBuffer(packet.getData(), 0, packet.getLength()), true));
    }

    @Test
    void oscdumpReadsEveryGoldenMessage() throws IOException, InterruptedException {
        Tool.assumeInstalled("oscdump", "--help");
        int port;
        try (DatagramSocket free = new DatagramSocket(0)) {
            port = free.getLocalPort();
        }
        Process dump = Tool.start("oscdump", "-L", "" + port);
        try (DatagramSocket socket = new DatagramSocket();
                BufferedReader lines = dump.inputReader(StandardCharsets.UTF_8)) {
            awaitListening(socket, port, lines);
            for (GoldenFile file : GoldenFile.sent().toList()) {
                send(socket, port, file.bytes());
                for (String expected : PlainOsc.of(file.packet())) {
                    assertEquals(expected, withoutTime(lines.readLine()), file.name());
                }
            }
        } finally {
            dump.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
    }

    /** It says nothing when it listens: send until the first line comes, then until the last of those. */
    private static void awaitListening(DatagramSocket socket, int port, BufferedReader lines)
            throws IOException, InterruptedException {
        byte[] knock = {'/', 'k', 0, 0, ',', 0, 0, 0};
        byte[] last = {'/', 'l', 0, 0, ',', 0, 0, 0};
        while (!lines.ready()) {
            send(socket, port, knock);
            Thread.sleep(50);
        }
        send(socket, port, last);
        while (!withoutTime(lines.readLine()).equals("/l")) {}
    }

    private static void send(DatagramSocket socket, int port, byte[] bytes) throws IOException {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        } catch (PortUnreachableException e) {
            // nobody listens yet
        }
    }

    private static String withoutTime(String line) {
        return line.substring(line.indexOf(' ') + 1).strip();
    }
}
