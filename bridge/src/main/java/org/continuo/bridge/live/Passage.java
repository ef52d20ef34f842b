package org.continuo.bridge.live;

import java.util.List;
import org.continuo.engine.takes.TakeNote;
import org.continuo.protocol.time.Meter;

/**
 * What a band played from the host's last start on. Immutable.
 *
 * @param meter the first
 * @param tempo the first, in quarter notes a minute
 * @param notes by start, from the bar line at or before the host's start
 */
record Passage(Meter meter, double tempo, List<TakeNote> notes) {
    Passage {
        notes = List.copyOf(notes);
    }
}
