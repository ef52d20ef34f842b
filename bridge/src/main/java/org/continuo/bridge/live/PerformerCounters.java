package org.continuo.bridge.live;

import java.util.function.ObjLongConsumer;
import org.continuo.engine.perform.Counters;

/** A performer's counters with their names on the wire. */
final class PerformerCounters {
    private PerformerCounters() {}

    /** Reads them while the performer writes: each is right, now or a moment ago. */
    static void forEach(Counters counters, ObjLongConsumer<String> consumer) {
        consumer.accept("tokens", counters.tokens);
        consumer.accept("reads", counters.reads);
        consumer.accept("revisions", counters.revisions);
        consumer.accept("breaks", counters.breaks);
        consumer.accept("voided", counters.voided);
        consumer.accept("notes", counters.notes);
        consumer.accept("heard", counters.heard);
        consumer.accept("dropped", counters.dropped);
        consumer.accept("skipped", counters.skipped);
        consumer.accept("thinned", counters.thinned);
        consumer.accept("sounded", counters.sounded);
        consumer.accept("late", counters.late);
    }
}
