package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes notes out of the events of all tracks. Starts and ends are matched within a track; program and drum kit are the
 * channel's, whichever track set them, and set at the tick of a note they are set for that note.
 */
final class ClipNotes {
    private static final int PROGRAM_CHANGE = 0xc0;

    private ClipNotes() {}

    /** @param events {@link PlacedEvent#of} these tracks */
    static List<ClipNote> of(List<ClipTrack> tracks, List<PlacedEvent> events) {
        List<NotePairing> pairings = tracks.stream().map(NotePairing::of).toList();
        List<ClipNote> notes = new ArrayList<>();
        Map<Integer, Integer> programs = new HashMap<>();
        DrumKits kits = new DrumKits();
        for (PlacedEvent placed : events.stream().sorted(PlacedEvent.NOTES_LAST).toList()) {
            ClipEvent event = placed.event();
            kits.take(placed);
            if (event.is(PROGRAM_CHANGE)) {
                programs.put(placed.voice(), event.data1());
            } else if (event.isNoteOn()) {
                notes.add(new ClipNote(
                        placed.track(),
                        placed.port(),
                        event.channel(),
                        programs.getOrDefault(placed.voice(), 0),
                        kits.has(placed.voice()),
                        event.data1(),
                        event.data2(),
                        event.tick(),
                        pairings.get(placed.track()).end(placed.index())));
            }
        }
        notes.sort(Comparator.comparingLong(ClipNote::start)
                .thenComparingInt(ClipNote::track)
                .thenComparingInt(ClipNote::channel)
                .thenComparingInt(ClipNote::pitch));
        return List.copyOf(notes);
    }
}
