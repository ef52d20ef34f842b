package org.continuo.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SPEC.md section 4.1. */
class FramesTest {
    private static final byte[] PING =
            GoldenFile.startingWith("to-engine-ping").findFirst().orElseThrow().bytes();

    private final List<String> packets = new ArrayList<>();
    private int refused;
    private final Frames frames =
            new Frames(packet -> packets.add(ByteBufUtil.hexDump(packet)), (address, reason, detail) -> {
                assertEquals(Reason.FRAME, reason);
                refused++;
            });

    static Stream<GoldenFile> all() {
        return GoldenFile.all().stream();
    }

    private static ByteBuf stream(byte[]... packets) {
        ByteBuf stream = Unpooled.buffer();
        for (byte[] packet : packets) {
            Frames.write(Unpooled.wrappedBuffer(packet), stream);
        }
        return stream;
    }

    @ParameterizedTest
    @MethodSource("all")
    void aStreamCutAnywhereGivesTheSamePackets(GoldenFile file) {
        ByteBuf stream = stream(file.bytes(), PING, file.bytes());
        List<String> expected = List.of(
                ByteBufUtil.hexDump(file.bytes()), ByteBufUtil.hexDump(PING), ByteBufUtil.hexDump(file.bytes()));
        for (int cut = 0; cut <= stream.writerIndex(); cut++) {
            packets.clear();
            assertTrue(frames.read(stream.slice(0, cut)));
            assertTrue(frames.read(stream.slice(cut, stream.writerIndex() - cut)));
            assertEquals(expected, packets, "cut at " + cut);
        }
        for (int piece = 1; piece <= 9; piece++) {
            packets.clear();
            for (int at = 0; at < stream.writerIndex(); at += piece) {
                frames.read(stream.slice(at, Math.min(piece, stream.writerIndex() - at)));
            }
            assertEquals(expected, packets, "in pieces of " + piece);
        }
        assertEquals(0, refused);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aStreamThatEndsTooSoonGivesNoPacketOfWhatIsMissing(GoldenFile file) {
        ByteBuf stream = stream(file.bytes());
        for (int cut = 0; cut < stream.writerIndex(); cut++) {
            Frames fresh = new Frames(packet -> packets.add("too soon"), (address, reason, detail) -> refused++);
            assertTrue(fresh.read(stream.slice(0, cut)));
        }
        assertEquals(List.of(), packets);
        assertEquals(0, refused);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8193, 8196, 65_535, 65_536})
    void aWrongLengthIsPassedOverAndTheNextPacketArrives(int length) {
        ByteBuf stream = Unpooled.buffer().writeInt(length).writeZero(length).writeBytes(stream(PING));
        while (stream.isReadable()) {
            assertTrue(frames.read(stream.readSlice(Math.min(1000, stream.readableBytes()))));
        }
        assertEquals(1, refused);
        assertEquals(List.of(ByteBufUtil.hexDump(PING)), packets);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -8, Integer.MIN_VALUE, 65_537, Integer.MAX_VALUE})
    void anImpossibleLengthEndsTheStream(int length) {
        assertFalse(frames.read(Unpooled.buffer().writeInt(length).writeBytes(stream(PING))));
        assertFalse(frames.read(stream(PING)));
        assertEquals(1, refused);
        assertEquals(List.of(), packets);
    }

    @Test
    void whatBrowsersSayFirstEndsTheStream() {
        for (String opening : List.of(
                "GET / HTTP/1.1\r\n",
                "POST /x HTTP/1.1\r\n",
                "OPTIONS * HTTP/1.1\r\n",
                "HEAD / HTTP/1.0\r\n",
                "PUT / HTTP/1.1\r\n",
                "CONNECT localhost:9330 HTTP/1.1\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000",
                "SSH-2.0-x\r\n",
                "<policy-file-request/>")) {
            Frames fresh = new Frames(packet -> packets.add(opening), (address, reason, detail) -> refused++);
            assertFalse(fresh.read(Unpooled.copiedBuffer(opening, StandardCharsets.ISO_8859_1)), opening);
        }
        assertEquals(List.of(), packets);
        assertEquals(10, refused);
    }
}
