package org.continuo.bridge.live;

import io.netty.buffer.ByteBuf;
import org.continuo.bridge.net.Peer;
import org.continuo.protocol.message.FromEngine;
import org.continuo.protocol.message.FromEngineReader;

/** A peer that hears at once what it is sent, and takes no word that is amiss. */
abstract class HearingPeer implements Peer, FromEngine {
    private final FromEngineReader reader = new FromEngineReader();

    @Override
    public final boolean send(ByteBuf packet) {
        reader.read(packet, this, (address, reason, detail) -> {
            throw new AssertionError("misread " + address + " " + reason + " " + detail);
        });
        return true;
    }

    @Override
    public String name() {
        return "hearing";
    }

    @Override
    public boolean admits(CharSequence token) {
        return true;
    }

    @Override
    public boolean drained() {
        return true;
    }

    @Override
    public void close() {}
}
