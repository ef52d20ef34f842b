package org.continuo.protocol.message;

import io.netty.buffer.ByteBuf;

/** Takes OSC packets, whole ones, one at a time. */
@FunctionalInterface
public interface PacketSink {
    /**
     * @param packet its readable bytes are one packet of at most 8192 bytes. It is the caller's and holds other bytes
     *     afterwards: copy what is to be kept, do not release it.
     */
    void packet(ByteBuf packet);
}
