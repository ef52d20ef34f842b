package org.continuo.shim;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.TreeMap;
import org.continuo.protocol.message.FromEngineWriter;
import org.continuo.protocol.message.Refusals;
import org.continuo.protocol.message.ToEngine;
import org.continuo.protocol.message.ToEngineReader;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * The native core with Java as its host on one side and as its engine on the other. Confined to one thread, closed by its
 * maker.
 */
final class Shim implements AutoCloseable {
    /** Bytes of a continuo_event and of a continuo_transport. */
    private static final int EVENT = 8;

    private static final int TRANSPORT = 56;
    static final int CAPACITY = 1024;

    private final Pointer shim = ShimLibrary.continuo_shim_create();
    private final Memory transport = new Memory(TRANSPORT);
    private final Memory in = new Memory((long) EVENT * CAPACITY);
    private final Memory out = new Memory((long) EVENT * CAPACITY);
    private final Memory packet = new Memory(8192);
    private final ByteBuf packetBytes = Unpooled.wrappedBuffer(packet.getByteBuffer(0, 8192));
    private final ToEngineReader reader = new ToEngineReader();
    /** Speaks to the shim as the engine does. */
    final FromEngineWriter engine = new FromEngineWriter(this::give);

    private int inCount;

    Shim(double sampleRate, int maxFrames) {
        if (ShimLibrary.continuo_shim_activate(shim, sampleRate, maxFrames) == 0) {
            throw new IllegalArgumentException("rate " + sampleRate);
        }
    }

    void connect() {
        ShimLibrary.continuo_shim_connected(shim);
    }

    void disconnect() {
        ShimLibrary.continuo_shim_disconnected(shim);
    }

    /** An event of the musician for the next block. */
    void play(int frame, int status, int data1, int data2) {
        if (inCount == CAPACITY) {
            throw new IllegalStateException("more than " + CAPACITY + " events in a block");
        }
        write(in, inCount++, frame, status, data1, data2);
    }

    /** One block; the number of events that came out. {@code host} may be null. */
    int process(TransportSnapshot host, int frames) {
        return process(host, frames, CAPACITY);
    }

    int process(TransportSnapshot host, int frames, int capacity) {
        if (host != null) {
            transport.setInt(0, host.flags);
            transport.setInt(4, host.numerator);
            transport.setInt(8, host.denominator);
            transport.setDouble(16, host.beat);
            transport.setDouble(24, host.tempo);
            transport.setDouble(32, host.barStart);
            transport.setDouble(40, host.loopStart);
            transport.setDouble(48, host.loopEnd);
        }
        int n = ShimLibrary.continuo_shim_process(
                shim, host == null ? Pointer.NULL : transport, in, inCount, frames, out, capacity);
        inCount = 0;
        return n;
    }

    int frame(int event) {
        return out.getInt((long) EVENT * event);
    }

    int status(int event) {
        return out.getByte((long) EVENT * event + 4) & 0xff;
    }

    int data1(int event) {
        return out.getByte((long) EVENT * event + 5) & 0xff;
    }

    int data2(int event) {
        return out.getByte((long) EVENT * event + 6) & 0xff;
    }

    /** Hands everything the shim says to {@code sink}; the number of packets. */
    int take(ToEngine sink, Refusals refusals) {
        for (int packets = 0; ; packets++) {
            int size = ShimLibrary.continuo_shim_take_packet(shim, packet, 8192);
            if (size == 0) {
                return packets;
            }
            reader.read(packetBytes.setIndex(0, size), sink, refusals);
        }
    }

    private void give(ByteBuf bytes) {
        int size = bytes.readableBytes();
        bytes.getBytes(bytes.readerIndex(), packet.getByteBuffer(0, size));
        ShimLibrary.continuo_shim_give_packet(shim, packet, size);
    }

    double performance() {
        return ShimLibrary.continuo_shim_performance(shim);
    }

    int epoch() {
        return ShimLibrary.continuo_shim_epoch(shim);
    }

    int held() {
        return ShimLibrary.continuo_shim_held(shim);
    }

    Map<String, Long> counters() {
        Map<String, Long> counters = new TreeMap<>();
        String name;
        for (int i = 0; (name = ShimLibrary.continuo_shim_counter_name(i)) != null; i++) {
            counters.put(name, ShimLibrary.continuo_shim_counter(shim, i));
        }
        return counters;
    }

    @Override
    public void close() {
        ShimLibrary.continuo_shim_destroy(shim);
    }

    private static void write(Memory events, int index, int frame, int status, int data1, int data2) {
        long at = (long) EVENT * index;
        events.setInt(at, frame);
        events.setByte(at + 4, (byte) status);
        events.setByte(at + 5, (byte) data1);
        events.setByte(at + 6, (byte) data2);
        events.setByte(at + 7, (byte) 0);
    }
}
