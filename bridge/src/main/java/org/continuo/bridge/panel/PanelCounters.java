package org.continuo.bridge.panel;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/** What the panel has seen since the engine started. Thread-safe. */
final class PanelCounters {
    final LongAdder requests = new LongAdder();
    /** Connections beyond the most allowed, closed at once. */
    final LongAdder turnedAway = new LongAdder();
    /** Of another host's name, another origin, another site. */
    final LongAdder strangers = new LongAdder();
    /** Without the key. */
    final LongAdder withoutKey = new LongAdder();
    /** Other requests that were refused: malformed, unknown, too large, too many. */
    final LongAdder refused = new LongAdder();
    /** Connections closed because a request did not arrive, or an answer was not taken, in time. */
    final LongAdder slow = new LongAdder();

    final LongAdder takes = new LongAdder();
    /** Requests for takes that were given up by whoever asked. */
    final LongAdder stopped = new LongAdder();
    /** Requests that failed by our own mistake. */
    final LongAdder failed = new LongAdder();

    /** Tells each counter with its name on the wire. */
    void forEach(ObjLongConsumer<String> consumer) {
        consumer.accept("panel_requests", requests.sum());
        consumer.accept("panel_turned_away", turnedAway.sum());
        consumer.accept("panel_strangers", strangers.sum());
        consumer.accept("panel_without_key", withoutKey.sum());
        consumer.accept("panel_refused", refused.sum());
        consumer.accept("panel_slow", slow.sum());
        consumer.accept("panel_takes", takes.sum());
        consumer.accept("panel_takes_stopped", stopped.sum());
        consumer.accept("panel_failed", failed.sum());
    }
}
