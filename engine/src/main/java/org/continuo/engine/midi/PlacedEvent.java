package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An event of a clip, with where it stands and where it goes. Immutable, thread-safe.
 *
 * @param track index of its track
 * @param index its place among the track's events
 * @param port that the track's events go to from here on: 0 until the track names one; channels of two ports are not the
 *     same
 */
record PlacedEvent(ClipEvent event, int track, int index, int port) {
    /**
     * The order in which events take effect: what a file says at a tick holds for the notes that begin there, though it may
     * say so after them or in a later track.
     */
    static final Comparator<PlacedEvent> NOTES_LAST = Comparator.comparingLong(PlacedEvent::tick)
            .thenComparing(placed -> placed.event().isNoteOn());

    /** All events of some tracks as a player meets them: by tick, then track, then place in the track. */
    static List<PlacedEvent> of(List<ClipTrack> tracks) {
        List<PlacedEvent> placed = new ArrayList<>();
        for (int track = 0; track < tracks.size(); track++) {
            List<ClipEvent> events = tracks.get(track).events();
            int port = 0;
            for (int i = 0; i < events.size(); i++) {
                port = events.get(i).portAfter(port);
                placed.add(new PlacedEvent(events.get(i), track, i, port));
            }
        }
        placed.sort(Comparator.comparingLong(PlacedEvent::tick));
        return List.copyOf(placed);
    }

    long tick() {
        return event.tick();
    }

    /** Port and channel of a channel message, as {@link ClipNote#voice()}. */
    int voice() {
        return port << 4 | event.channel();
    }
}
