package org.continuo.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that end other receivers, SPEC.md sections 3 and 11. The same reader takes the next packet. */
class HostilePacketTest {
    private final Transcript transcript = new Transcript();
    private final ToEngineReader toEngine = new ToEngineReader();
    private final FromEngineReader fromEngine = new FromEngineReader();

    static Stream<GoldenFile> all() {
        return GoldenFile.all().stream();
    }

    private static ByteBuf bytes(String latin) {
        return Unpooled.copiedBuffer(latin, StandardCharsets.ISO_8859_1);
    }

    /** Both readers refuse it, once, and take what comes next. */
    private void assertRefused(Reason reason, ByteBuf packet) {
        toEngine.read(packet, transcript, transcript);
        fromEngine.read(packet, transcript, transcript);
        new ToEngineWriter(next -> toEngine.read(next, transcript, transcript)).ping(7);
        new FromEngineWriter(next -> fromEngine.read(next, transcript, transcript)).pong(7);
        String refusal = "refused " + reason.counter();
        assertEquals(List.of(refusal, refusal, "ping 7", "pong 7"), transcript.lines);
        transcript.lines.clear();
    }

    @Test
    void anArgumentThatIsNotThereIsRefused() {
        assertRefused(Reason.MALFORMED, bytes("/a\0\0,i\0\0"));
    }

    @Test
    void aBundleWhoseElementGoesBackwardsIsRefused() {
        assertRefused(Reason.MALFORMED, bytes("#bundle\0\0\0\0\0\0\0\0\1\u00ff\u00ff\u00ff\u00fc/a\0\0,\0\0\0"));
    }

    @Test
    void aBlobOfAnImpossibleSizeIsRefused() {
        assertRefused(Reason.MALFORMED, bytes("/a\0\0,b\0\0\u00ff\u00ff\u00ff\u00f8"));
        assertRefused(Reason.MALFORMED, bytes("/a\0\0,b\0\0\u007f\u00ff\u00ff\u00ff"));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 100, 400, 2_000, 100_000})
    void bundlesTooDeepInBundlesAreRefused(int deep) {
        ByteBuf packet = Unpooled.buffer();
        for (int i = deep - 1; i >= 0; i--) {
            packet.writeBytes(bytes("#bundle\0\0\0\0\0\0\0\0\1"));
            if (i > 0) {
                packet.writeInt(20 * i - 4);
            }
        }
        assertRefused(Reason.MALFORMED, packet);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 7, 8_193, 8_196, 65_536})
    void packetsOfImpossibleSizesAreRefused(int size) {
        assertRefused(Reason.MALFORMED, Unpooled.buffer().writeZero(size));
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "1, 8192", "2, 8192"})
    void packetsOfOneByteOverAndOverAreRefused(int which, int size) {
        byte value = (byte) "\0/#".charAt(which);
        ByteBuf packet = Unpooled.buffer();
        for (int i = 0; i < size; i++) {
            packet.writeByte(value);
        }
        assertRefused(Reason.MALFORMED, packet);
    }

    @Test
    void moreArgumentsThanAMessageMayHaveAreRefused() {
        assertRefused(Reason.MALFORMED, bytes("/a\0\0," + "T".repeat(17) + "\0\0"));
        assertRefused(Reason.UNKNOWN, bytes("/a\0\0," + "T".repeat(16) + "\0\0\0"));
    }

    @Test
    void aPacketOfNothingButEmptyElementsIsReadToItsEnd() {
        ByteBuf packet = bytes("#bundle\0\0\0\0\0\0\0\0\1").writeZero(8192 - 16);
        toEngine.read(packet, transcript, transcript);
        assertEquals((8192 - 16) / 4, transcript.lines.size());
        assertEquals(List.of(), transcript.delivered());
    }

    @ParameterizedTest
    @MethodSource("all")
    void aPacketCutAnywhereIsRefusedAndNothingOfTheCutIsDelivered(GoldenFile file) {
        List<String> whole = Reading.of(file.packet(), file.isToEngine()).delivered();
        for (int cut = 0; cut < file.bytes().length; cut++) {
            Transcript part = Reading.of(Unpooled.wrappedBuffer(file.bytes(), 0, cut), file.isToEngine());
            // cut between two elements a bundle is a shorter bundle, cut before its tags a message without arguments
            // whole
            boolean isWhole = cut % 4 == 0
                    && (cut >= 16 && file.bytes()[0] == '#' || part.delivered().equals(whole));
            assertTrue(
                    isWhole || part.lines.stream().anyMatch(line -> line.startsWith("refused ")),
                    file + " cut at " + cut + ": " + part);
            List<String> begun =
                    part.delivered().stream().filter(l -> !l.equals("planEnd")).toList();
            List<String> told = whole.stream().filter(l -> !l.equals("planEnd")).toList();
            assertEquals(told.subList(0, begun.size()), begun, file + " cut at " + cut);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aSizeInABundleMayClaimAnything(GoldenFile file) {
        byte[] ping = {
            '/', 'c', 'o', 'n', 't', 'i', 'n', 'u', 'o', '/', 'p', 'i', 'n', 'g', 0, 0, ',', 'i', 0, 0, 0, 0, 0, 7
        };
        for (int size :
                new int[] {0, -1, -4, 1, 3, Integer.MIN_VALUE, Integer.MAX_VALUE, 8192, file.bytes().length + 1}) {
            ByteBuf packet =
                    bytes("#bundle\0\0\0\0\0\0\0\0\1").writeInt(ping.length).writeBytes(ping);
            packet.writeInt(size).writeBytes(file.bytes());
            Transcript read = Reading.of(packet, true);
            assertEquals("ping 7", read.lines.get(0), () -> ByteBufUtil.hexDump(packet));
            assertTrue(read.lines.stream().anyMatch(line -> line.startsWith("refused ")), "size " + size);
        }
    }
}
