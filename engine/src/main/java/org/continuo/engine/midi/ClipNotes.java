package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes notes out of the events of all tracks. Starts and ends are matched within a track; program and drum kit are the
 * channel's, whichever track set them.
 */
final class ClipNotes {
    private static final int PROGRAM_CHANGE = 0xc0;

    private record Placed(ClipEvent event, int track, int index, int port) {}

    private ClipNotes() {}

    static List<ClipNote> of(List<ClipTrack> tracks) {
        List<NotePairing> pairings = tracks.stream().map(NotePairing::of).toList();
        List<ClipNote> notes = new ArrayList<>();
        Map<Integer, Integer> programs = new HashMap<>();
        DrumKits kits = new DrumKits();
        for (Placed placed : startsAndSettings(tracks)) {
            ClipEvent event = placed.event();
            kits.take(event, placed.port());
            int voice = placed.port() << 4 | event.channel();
            if (event.is(PROGRAM_CHANGE)) {
                programs.put(voice, event.data1());
            } else if (event.isNoteOn()) {
                notes.add(new ClipNote(
                        placed.track(),
                        placed.port(),
                        event.channel(),
                        programs.getOrDefault(voice, 0),
                        kits.has(voice),
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

    /** Which voices have a kit when all has been played. */
    static DrumKits kitsAtEnd(List<ClipTrack> tracks) {
        DrumKits kits = new DrumKits();
        startsAndSettings(tracks).forEach(placed -> kits.take(placed.event(), placed.port()));
        return kits;
    }

    /** Note starts and what sets their sound, as a player meets them: by tick, then track, then place in the track. */
    private static List<Placed> startsAndSettings(List<ClipTrack> tracks) {
        List<Placed> found = new ArrayList<>();
        for (int track = 0; track < tracks.size(); track++) {
            List<ClipEvent> events = tracks.get(track).events();
            int port = 0;
            for (int i = 0; i < events.size(); i++) {
                ClipEvent event = events.get(i);
                port = event.portAfter(port);
                if (event.isNoteOn() || DrumKits.concerns(event)) {
                    found.add(new Placed(event, track, i, port));
                }
            }
        }
        found.sort(Comparator.comparingLong(placed -> placed.event().tick()));
        return found;
    }
}
