package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
final class RecordingListener implements Listener {
    final List<String> packets = new ArrayList<>();
    volatile Peer peer;
    volatile int badFrames;
    volatile boolean closed;

    @Override
    public synchronized void packet(ByteBuf packet) {
        packets.add(ByteBufUtil.hexDump(packet));
        notifyAll();
    }

    @Override
    public void badFrame() {
        badFrames++;
    }

    @Override
    public void closed() {
        closed = true;
    }

    synchronized int count() {
        return packets.size();
    }

    Listener behind(Peer opened) {
        peer = opened;
        return this;
    }
}
