package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import org.continuo.protocol.message.Frames;

/**
 * Packets on their way out to one peer, as frames in a ring of fixed size. Filled by any thread, emptied by the I/O thread.
 * Never grows: what does not fit is refused, and the owner drops the peer.
 *
 * <p>Thread-safe; the lock is held for the copy of one packet, or of one piece on the way out.
 */
final class Outbox {
    /** Some seconds of the densest plans: whoever lets that lie does not read. */
    static final int CAPACITY = 1 << 17;

    private final byte[] ring;
    private int head;
    private int used;

    /** @param capacity bytes, a power of two */
    Outbox(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is no power of two");
        }
        ring = new byte[capacity];
    }

    /** Takes a copy of the packet, whose indices stay; false, and nothing taken, when there is no room. */
    synchronized boolean offer(ByteBuf packet) {
        int length = packet.readableBytes();
        if (used + Frames.PREFIX + length > ring.length) {
            return false;
        }
        for (int shift = 24; shift >= 0; shift -= 8) {
            ring[(head + used++) & (ring.length - 1)] = (byte) (length >>> shift);
        }
        int at = (head + used) & (ring.length - 1);
        int first = Math.min(length, ring.length - at);
        packet.getBytes(packet.readerIndex(), ring, at, first);
        packet.getBytes(packet.readerIndex() + first, ring, 0, length - first);
        used += length;
        return true;
    }

    /** Moves what waits into {@code out}, as far as there is room without growing; returns the number of bytes. */
    synchronized int drainTo(ByteBuf out) {
        int length = Math.min(used, out.writableBytes());
        take(out, length);
        return length;
    }

    /** Moves the next packet, without its length, into {@code out}, which has room for the longest; false if there is none. */
    synchronized boolean pollPacket(ByteBuf out) {
        if (used == 0) {
            return false;
        }
        int length = 0;
        for (int i = 0; i < Frames.PREFIX; i++) {
            length = length << 8 | (ring[(head + i) & (ring.length - 1)] & 0xff);
        }
        head = (head + Frames.PREFIX) & (ring.length - 1);
        used -= Frames.PREFIX;
        take(out, length);
        return true;
    }

    private void take(ByteBuf out, int length) {
        int first = Math.min(length, ring.length - head);
        out.writeBytes(ring, head, first).writeBytes(ring, 0, length - first);
        head = (head + length) & (ring.length - 1);
        used -= length;
    }

    synchronized boolean isEmpty() {
        return used == 0;
    }
}
