package org.continuo.protocol.message;

import io.netty.buffer.ByteBuf;

/** Reads a packet with a reader of its own. */
final class Reading {
    private Reading() {}

    static Transcript of(ByteBuf packet, boolean toEngine) {
        Transcript transcript = new Transcript();
        if (toEngine) {
            new ToEngineReader().read(packet, transcript, transcript);
        } else {
            new FromEngineReader().read(packet, transcript, transcript);
        }
        return transcript;
    }
}
