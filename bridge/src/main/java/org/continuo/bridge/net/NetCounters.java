package org.continuo.bridge.net;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/** What the sockets have seen since the engine started. Thread-safe; reading one never blocks and is exact when idle. */
public final class NetCounters {
    public final LongAdder opened = new LongAdder();
    public final LongAdder closed = new LongAdder();
    /** Connections beyond the most allowed, closed at once. */
    public final LongAdder turnedAway = new LongAdder();
    /** Connections that began with something other than a frame, closed without a reply. */
    public final LongAdder strangers = new LongAdder();
    /** Connections of another user of this machine. */
    public final LongAdder otherUsers = new LongAdder();
    /** Frames of a length that is not allowed. */
    public final LongAdder badFrames = new LongAdder();

    public final LongAdder packetsIn = new LongAdder();
    public final LongAdder packetsOut = new LongAdder();
    /** Peers dropped because they did not read what was sent. */
    public final LongAdder slowReaders = new LongAdder();
    /** Datagrams of no use: too long, or from one sender too many. */
    public final LongAdder datagramsDropped = new LongAdder();

    /** Tells each counter with its name on the wire. */
    public void forEach(ObjLongConsumer<String> consumer) {
        consumer.accept("net_opened", opened.sum());
        consumer.accept("net_closed", closed.sum());
        consumer.accept("net_turned_away", turnedAway.sum());
        consumer.accept("net_strangers", strangers.sum());
        consumer.accept("net_other_users", otherUsers.sum());
        consumer.accept("net_bad_frames", badFrames.sum());
        consumer.accept("net_packets_in", packetsIn.sum());
        consumer.accept("net_packets_out", packetsOut.sum());
        consumer.accept("net_slow_readers", slowReaders.sum());
        consumer.accept("net_datagrams_dropped", datagramsDropped.sum());
    }
}
