package org.continuo.bridge.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream of bytes, cut and spoilt in every way, without the network's moods. */
class StreamHandlerTest {
    private final NetCounters counters = new NetCounters();
    private final RecordingListener listener = new RecordingListener();
    private EmbeddedChannel channel = connect();

    private EmbeddedChannel connect() {
        EmbeddedChannel opened = new EmbeddedChannel();
        StreamPeer peer = new StreamPeer("test", opened, counters, null);
        opened.pipeline().addLast(new StreamHandler(peer, counters, listener.behind(peer)));
        return opened;
    }

    @AfterEach
    void leaveNothingBehind() {
        assertFalse(channel.finish(), "something was sent that nobody asked for");
    }

    private void arrives(ByteBuf bytes) {
        channel.writeInbound(bytes);
    }

    @Test
    void theSameMessagesArriveWhereverTheStreamIsCut() throws Exception {
        List<byte[]> packets = GoldenPackets.startingWith("to-engine-");
        assertTrue(packets.size() > 10);
        for (byte[] packet : packets) {
            ByteBuf twice = GoldenPackets.framed(packet).writeBytes(GoldenPackets.framed(packet));
            String hex = ByteBufUtil.hexDump(packet);
            for (int cut = 0; cut <= twice.readableBytes(); cut++) {
                channel = connect();
                arrives(twice.copy(0, cut));
                arrives(twice.copy(cut, twice.readableBytes() - cut));
                assertEquals(List.of(hex, hex), listener.packets, "cut at " + cut);
                listener.packets.clear();
                channel.finish();
            }
            channel = connect();
            while (twice.isReadable()) {
                arrives(twice.readBytes(1));
            }
            assertEquals(List.of(hex, hex), listener.packets, "byte by byte");
            listener.packets.clear();
        }
        assertEquals(0, listener.badFrames);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8193, 65_536})
    void aFrameThatIsTooLongOrEmptyIsReadPastAndTheNextArrives(int length) throws Exception {
        for (byte[] packet : GoldenPackets.startingWith("to-engine-")) {
            arrives(GoldenPackets.framed(packet));
            arrives(Unpooled.buffer().writeInt(length));
            for (int sent = 0; sent < length; sent += 1000) {
                arrives(Unpooled.buffer().writeZero(Math.min(1000, length - sent)));
            }
            arrives(GoldenPackets.framed(packet));
            String hex = ByteBufUtil.hexDump(packet);
            assertEquals(List.of(hex, hex), listener.packets);
            assertEquals(1, listener.badFrames);
            listener.packets.clear();
            listener.badFrames = 0;
        }
        assertTrue(channel.isOpen());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 65_537, 0x47455420})
    void aFrameWhoseEndCannotBeFoundEndsTheConnection(int length) throws Exception {
        byte[] packet = GoldenPackets.startingWith("to-engine-ping").get(0);
        arrives(GoldenPackets.framed(packet));
        arrives(Unpooled.buffer().writeInt(length));
        assertFalse(channel.isOpen());
        assertEquals(1, listener.badFrames);
        assertEquals(1, listener.count());
        assertEquals(1, counters.badFrames.sum());
        assertTrue(listener.closed);
    }

    @Test
    void noMemoryIsTakenForALengthThatIsOnlyClaimed() throws Exception {
        byte[] packet = GoldenPackets.startingWith("to-engine-ping").get(0);
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long most = 0;
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 65_536, 8192}) {
            channel.finish();
            channel = connect();
            arrives(GoldenPackets.framed(packet));
            ByteBuf claim = Unpooled.buffer().writeInt(length).writeInt(0);
            long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
            arrives(claim);
            most = Math.max(
                    most, memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertTrue(most < 64 << 10, most + " bytes");
    }

    @Test
    void aStrangerIsClosedWithoutAWord() {
        for (ByteBuf opening : List.of(
                Unpooled.copiedBuffer("GET / HTTP/1.1\r\n\r\n", java.nio.charset.StandardCharsets.US_ASCII),
                Unpooled.wrappedBuffer(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3}),
                Unpooled.buffer().writeInt(0).writeByte('/'),
                Unpooled.buffer().writeInt(4).writeByte('/'),
                Unpooled.buffer().writeInt(8193).writeByte('/'),
                Unpooled.buffer().writeInt(12).writeByte('{'))) {
            channel = connect();
            arrives(opening);
            assertFalse(channel.isOpen());
            assertNull(channel.readOutbound());
        }
        assertEquals(6, counters.strangers.sum());
        assertEquals(0, listener.count() + listener.badFrames);
    }

    @Test
    void aPacketCutOffByTheEndOfTheConnectionIsNoMessage() throws Exception {
        ByteBuf framed = GoldenPackets.framed(
                GoldenPackets.startingWith("to-engine-note-on").get(0));
        arrives(framed.copy(0, framed.readableBytes() - 1));
        channel.close();
        assertEquals(0, listener.count());
        assertTrue(listener.closed);
    }
}
