package org.continuo.protocol.message;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** Reads a packet with a reader of its own. */
public final class Reading {
    private Reading() {}

    public static List<String> lines(ByteBuf packet, boolean toEngine) {
        return of(packet, toEngine).lines;
    }

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
