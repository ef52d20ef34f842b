package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A track in the making. At one tick the ends of added notes come first, so that a note of the same pitch can start
 * there; then the clip's own events in their order, then settings, then starts of added notes.
 */
final class TrackDraft {
    private static final int ENDS = 0;
    private static final int GIVEN = 1;
    private static final int SETTINGS = 2;
    private static final int STARTS = 3;

    private record Entry(int rank, ClipEvent event) {}

    private final List<Entry> entries = new ArrayList<>();
    private long lastTick;

    void end(long tick, byte[] message) {
        add(ENDS, new ClipEvent(tick, message));
    }

    void given(ClipEvent event) {
        add(GIVEN, event);
    }

    void setting(long tick, byte[] message) {
        add(SETTINGS, new ClipEvent(tick, message));
    }

    void start(long tick, byte[] message) {
        add(STARTS, new ClipEvent(tick, message));
    }

    /** The tick of the last event, 0 where there is none. */
    long lastTick() {
        return lastTick;
    }

    /** The finished track; {@code endTick} is not before the last event. */
    ClipTrack finish(long endTick) {
        List<ClipEvent> events = entries.stream()
                .sorted(Comparator.comparingLong((Entry entry) -> entry.event().tick())
                        .thenComparingInt(Entry::rank))
                .map(Entry::event)
                .toList();
        return new ClipTrack(events, endTick);
    }

    private void add(int rank, ClipEvent event) {
        entries.add(new Entry(rank, event));
        lastTick = Math.max(lastTick, event.tick());
    }
}
