package org.continuo.engine.midi;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A track of a clip: its events in the file's order, without the end of track. Immutable, thread-safe.
 *
 * @param events events in the order of the file, ticks never falling
 * @param endTick tick of the end of track, not before the last event
 */
public record ClipTrack(List<ClipEvent> events, long endTick) {
    private static final int NAME = 3;

    public ClipTrack {
        events = List.copyOf(events);
    }

    /** The name that the track gives itself, or an empty string. */
    public String name() {
        for (ClipEvent event : events) {
            if (event.isMeta(NAME)) {
                return new String(event.metaData(), StandardCharsets.UTF_8).strip();
            }
        }
        return "";
    }
}
