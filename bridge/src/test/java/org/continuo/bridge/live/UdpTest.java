package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ObjLongConsumer;
import org.continuo.bridge.net.GoldenPackets;
import org.continuo.protocol.message.FromEngineReader;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.ToEngine;
import org.continuo.protocol.message.ToEngineWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OSC over UDP: one packet a datagram, a session a sender. */
class UdpTest extends EngineFixture {
    private static final byte[] NOTHING = {};

    @BeforeEach
    void listenForOsc() throws IOException {
        engine.listenForOsc(0);
    }

    /** A sender of datagrams that reads what comes back as text. */
    private final class Sender implements AutoCloseable {
        private final DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final ToEngine words = new ToEngineWriter(this::send);

        Sender() throws IOException {
            udp.setSoTimeout(3000);
            udp.setReceiveBufferSize(1 << 20);
        }

        void send(ByteBuf packet) {
            byte[] bytes = new byte[packet.readableBytes()];
            packet.getBytes(packet.readerIndex(), bytes);
            send(bytes);
        }

        void send(byte[] bytes) {
            try {
                udp.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), engine.oscPort()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** The next datagram; empty after three seconds of silence. */
        byte[] next() throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[9000], 9000);
            try {
                udp.receive(packet);
            } catch (SocketTimeoutException e) {
                return NOTHING;
            }
            return Arrays.copyOf(packet.getData(), packet.getLength());
        }

        /** Whether something that begins so comes, whatever comes before. */
        boolean hears(String address) throws IOException {
            byte[] answer = next();
            while (answer.length > 0 && !new String(answer, StandardCharsets.ISO_8859_1).startsWith(address + "\0")) {
                answer = next();
            }
            return answer.length > 0;
        }

        @Override
        public void close() {
            udp.close();
        }
    }

    @Test
    void eachSenderIsASessionOfItsOwn() throws Exception {
        try (Sender one = new Sender();
                Sender two = new Sender()) {
            one.words.hello(Limits.VERSION, "script", "song", "");
            assertTrue(one.hears("/continuo/welcome"));
            two.words.noteOn(0, 0, 60, 90);
            assertTrue(two.hears("/continuo/refused"));
            two.words.hello(Limits.VERSION, "script", "song", "");
            assertTrue(two.hears("/continuo/welcome"));
            assertEquals(2, engine.stage().sessions());
            one.words.goodbye();
            two.words.ping(1);
            assertTrue(two.hears("/continuo/pong"));
            assertEquals(1, engine.stage().sessions());
            one.words.hello(Limits.VERSION, "script", "song", "");
            assertTrue(one.hears("/continuo/welcome"));
        }
    }

    @Test
    void aScriptThatPlaysIsAnsweredWithPlans() throws Exception {
        try (Sender script = new Sender()) {
            script.words.hello(Limits.VERSION, "script", "song", "");
            script.words.part(0, "piano", "musician");
            script.words.part(1, "bass", "model");
            ScriptedClient timing = new ScriptedClient(socket);
            timing.vanish();
            timing.transport.flags |= 1;
            for (int i = 0; i < 60; i++) {
                timing.transport.performance = i * 0.04;
                timing.transport.beat = i * 0.04;
                script.words.transport(timing.transport);
                if (i == 10) {
                    script.words.noteOn(0.4, 0, 60, 90);
                }
                Thread.sleep(20);
            }
            List<Integer> channels = new ArrayList<>();
            FromEngineReader reader = new FromEngineReader();
            script.udp.setSoTimeout(200);
            for (byte[] packet = script.next(); packet.length > 0; packet = script.next()) {
                reader.read(Unpooled.wrappedBuffer(packet), new PlannedChannels(channels), (a, r, d) -> {});
            }
            assertFalse(channels.isEmpty());
            assertTrue(channels.stream().allMatch(channel -> channel == 1), channels.toString());
        }
    }

    @Test
    void whoCanOnlySendDatagramsIsToldNeitherThePanelsKeyNorTheNamesOfBands() throws Exception {
        engine.stage().show(new Stage.Panel() {
            @Override
            public String address() {
                return "http://127.0.0.1:1/";
            }

            @Override
            public String addressWithKey() {
                return address() + "#key=secret";
            }

            @Override
            public void counters(ObjLongConsumer<String> consumer) {}
        });
        try (Sender stranger = new Sender();
                ScriptedClient owner = ScriptedClient.in("song", socket)) {
            stranger.words.hello(Limits.VERSION, "script", "another song", "");
            assertTrue(stranger.hears("/continuo/welcome"));
            stranger.words.query();
            StringBuilder told = new StringBuilder();
            stranger.words.bands();
            for (byte[] answer = stranger.next(); told.indexOf("/continuo/refused") < 0; answer = stranger.next()) {
                assertTrue(answer.length > 0, told.toString());
                told.append(new String(answer, StandardCharsets.ISO_8859_1));
            }
            assertTrue(told.indexOf("http://127.0.0.1:1/") > 0, told.toString());
            assertTrue(told.indexOf("secret") < 0, told.toString());
            owner.say().query();
            owner.await("the key", () -> owner.heard("capability panel http://127.0.0.1:1/#key=secret"));
        }
    }

    @Test
    void noMoreSendersAreHeardThanThereIsRoomFor() throws Exception {
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < Limits.SESSIONS + 1; i++) {
            Sender sender = new Sender();
            senders.add(sender);
            sender.words.ping(i);
            assertEquals(i < Limits.SESSIONS, sender.next().length > 0, "sender " + i);
        }
        assertTrue(engine.counters().datagramsDropped.sum() >= 1);
        senders.forEach(Sender::close);
    }

    @Test
    void datagramsThatAreNoPacketAreDropped() throws Exception {
        try (Sender sender = new Sender()) {
            sender.send(new byte[0]);
            sender.send(new byte[7]);
            sender.send(new byte[8193]);
            sender.send("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            sender.words.ping(3);
            assertTrue(sender.hears("/continuo/pong"));
            assertEquals(1, engine.counters().packetsIn.sum());
        }
    }

    /** Damaged packets, those that ended other receivers among them; the next good one is answered. */
    private void bombard(int count) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<byte[]> packets = new ArrayList<>(GoldenPackets.startingWith("to-engine-"));
        packets.addAll(GoldenPackets.startingWith("refused-"));
        packets.addAll(GoldenPackets.startingWith("accepted-"));
        packets.add("/a\0\0,i\0\0".getBytes(StandardCharsets.ISO_8859_1));
        packets.add(
                "#bundle\0\0\0\0\0\0\0\0\1\u00ff\u00ff\u00ff\u00fc/a\0\0,\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
        packets.add("#bundle\0\0\0\0\0\0\0\0\1\0\0\7\u00f0".repeat(400).getBytes(StandardCharsets.ISO_8859_1));
        try (Sender sender = new Sender()) {
            sender.udp.setSoTimeout(1000);
            for (int i = 0; i < count; i++) {
                byte[] bytes = packets.get(random.nextInt(packets.size())).clone();
                for (int flips = random.nextInt(4); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                sender.send(bytes);
                if (i % 100 == 99) {
                    assertTrue(isAnswered(sender, i), "seed " + seed + ", packet " + i);
                }
            }
        }
    }

    /** Asks again: what a band that was woken by accident plans meanwhile may fill this socket, and the answer is lost. */
    private static boolean isAnswered(Sender sender, int number) throws Exception {
        boolean answered = false;
        for (int i = 0; i < 5 && !answered; i++) {
            sender.words.ping(number);
            answered = sender.hears("/continuo/pong");
        }
        return answered;
    }

    @Test
    void twoThousandDamagedPacketsDoNotKeepTheNextFromArriving() throws Exception {
        bombard(2_000);
    }

    @Test
    @Tag("full")
    void aMillionDamagedPacketsDoNotKeepTheNextFromArriving() throws Exception {
        bombard(1_000_000);
    }
}
