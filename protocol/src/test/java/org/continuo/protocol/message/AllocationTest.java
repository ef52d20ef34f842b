package org.continuo.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an event costs in garbage once the virtual machine is warm: nothing. */
class AllocationTest {
    private static final int EVENTS_A_ROUND = 21;

    private final InsideLimits told = new InsideLimits();
    private final ToEngineReader toEngine = new ToEngineReader();
    private final FromEngineReader fromEngine = new FromEngineReader();
    private final ByteBuf stream = Unpooled.buffer(16_384);
    private final Frames frames = new Frames(packet -> toEngine.read(packet, told, told), told);
    private final ToEngineWriter client = new ToEngineWriter(packet -> {
        stream.clear();
        Frames.write(packet, stream);
        frames.read(stream);
    });
    private final FromEngineWriter engine = new FromEngineWriter(packet -> fromEngine.read(packet, told, told));
    private final ByteBuf hostile = Unpooled.wrappedBuffer(new byte[] {'/', 'a', 0, 0, ',', 'i', 0, 0});
    private final TransportSnapshot snapshot = new TransportSnapshot();

    @Test
    void aHundredThousandEventsAllocateNothing() {
        measureUntilQuiet(100_000);
    }

    @Test
    @Tag("full")
    void aMillionEventsAllocateNothing() {
        measureUntilQuiet(1_000_000);
    }

    /** The runtime may make garbage of its own once, when it compiles anew; what the codec allocated, it would each time. */
    private void measureUntilQuiet(int events) {
        long bytes = measure(events);
        for (int again = 0; bytes > 0 && again < 2; again++) {
            bytes = measure(events);
        }
        assertEquals(0, bytes);
    }

    private long measure(int events) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        rounds(0, 20_000); // until the compiler is through with it
        long thread = Thread.currentThread().getId();
        int rounds = events / EVENTS_A_ROUND + 1;
        threads.getCurrentThreadCpuTime();
        threads.getThreadAllocatedBytes(thread); // its first call makes garbage of its own
        long before = threads.getThreadAllocatedBytes(thread);
        long start = threads.getCurrentThreadCpuTime();
        rounds(20_000, rounds);
        long nanos = threads.getCurrentThreadCpuTime() - start;
        long bytes = threads.getThreadAllocatedBytes(thread) - before;
        System.out.printf(
                "codec: %d events written and read, %d bytes allocated, %d ns of processor time an event%n",
                rounds * EVENTS_A_ROUND, bytes, nanos / (rounds * EVENTS_A_ROUND));
        assertTrue(told.delivered >= events);
        return bytes;
    }

    private void rounds(int from, int count) {
        for (int i = from; i < from + count; i++) {
            round(i);
        }
    }

    private void round(int i) {
        double at = i * 0.125;
        snapshot.flags = 127;
        snapshot.performance = at;
        snapshot.beat = i % 32 - 4;
        snapshot.barStart = i % 7 == 0 ? Double.NaN : snapshot.beat;
        snapshot.tempo = 120 + i % 40;
        snapshot.numerator = 4;
        snapshot.denominator = 4;
        snapshot.loopEnd = 8;
        client.transport(snapshot);
        client.noteOn(at, i & 15, i & 127, 1 + i % 127);
        client.noteOff(at, i & 15, i & 127);
        client.control(at, i & 15, 64, i & 127);
        client.sounded(1 + i, at);
        client.missed(1 + i);
        client.ping(i);
        client.set("temperature", 0.5);
        client.set("style", "ragtime");
        client.part(i & 15, "bass", "model");
        client.hello(1, "script", "\u00dcbung", "");
        toEngine.read(hostile, told, engine);
        engine.plan(1, i, at, at + 2);
        engine.planOn(1 + i, at, i & 15, i & 127, 100);
        engine.planOn(2 + i, at + 0.5, i & 15, i & 127, 100);
        engine.planOff(1 + i, at + 1);
        engine.planEnd();
        engine.pong(i);
        engine.counter("late", i);
        engine.refuse("/continuo/note/on", Reason.OUT_OF_RANGE, Argument.CHANNEL.rule());
        engine.capability("version", "1");
    }
}
