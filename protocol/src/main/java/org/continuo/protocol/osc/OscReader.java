package org.continuo.protocol.osc;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks one OSC 1.0 packet, which came from anyone. What is in bad form is reported and left out; what stands beside it
 * still arrives, as far as its place can be told. Never throws of itself, never goes deeper than {@value #MAX_DEPTH}
 * bundles, allocates nothing. Confined to one thread.
 *
 * <p>Source: The Open Sound Control 1.0 Specification, Matt Wright, 2002.
 */
public final class OscReader {
    /** The most bytes in a packet. */
    public static final int MAX_PACKET = 8192;

    /** The most bundles inside one another. */
    public static final int MAX_DEPTH = 4;

    static final long BUNDLE_WORD = 0x2362756e646c6500L; // "#bundle\0"
    static final int BUNDLE_HEAD = 16;

    static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The packet, copied once: bytes of an array are looked at several times faster than those of a buffer. */
    private final byte[] bytes;

    private final OscMessage message;

    /** Reads packets within the limits of SPEC.md section 3.1. */
    public OscReader() {
        this(MAX_PACKET, OscMessage.MAX_ARGUMENTS);
    }

    /** Reads another program's packets: of so many bytes at the most, a message with so many arguments. */
    public OscReader(int largest, int arguments) {
        bytes = new byte[largest];
        message = new OscMessage(bytes, arguments);
    }

    /**
     * Reads the readable bytes of {@code packet} as one packet. The buffer's indices stay where they are.
     *
     * @param visitor what it throws passes through, and the rest of the packet is not read
     */
    public void read(ByteBuf packet, OscVisitor visitor) {
        int size = packet.readableBytes();
        if (size < 4 || size > bytes.length || (size & 3) != 0) {
            visitor.fault(OscFault.PACKET_SIZE, "");
            return;
        }
        packet.getBytes(packet.readerIndex(), bytes, 0, size);
        element(0, size, 0, visitor);
    }

    private void element(int from, int to, int depth, OscVisitor visitor) {
        if (bytes[from] == '#') {
            bundle(from, to, depth + 1, visitor);
            return;
        }
        OscFault fault = message.open(from, to);
        if (fault == null) {
            visitor.message(message);
        } else {
            visitor.fault(fault, message.address());
        }
    }

    private void bundle(int from, int to, int depth, OscVisitor visitor) {
        if (depth > MAX_DEPTH) {
            visitor.fault(OscFault.BUNDLE_DEPTH, "");
            return;
        }
        if (to - from < BUNDLE_HEAD || (long) INT64.get(bytes, from) != BUNDLE_WORD) {
            visitor.fault(OscFault.BUNDLE_HEAD, "");
            return;
        }
        visitor.bundleStart();
        int at = from + BUNDLE_HEAD;
        while (at < to) {
            int size = to - at < 4 ? -1 : (int) INT32.get(bytes, at);
            if (size < 0 || size > to - at - 4) {
                // where the next element starts cannot be told
                visitor.fault(OscFault.ELEMENT_SIZE, "");
                break;
            }
            at += 4;
            if (size == 0 || (size & 3) != 0) {
                visitor.fault(OscFault.ELEMENT_SIZE, "");
            } else {
                element(at, at + size, depth, visitor);
            }
            at += size;
        }
        visitor.bundleEnd();
    }
}
