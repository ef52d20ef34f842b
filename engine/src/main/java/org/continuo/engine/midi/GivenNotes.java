package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The notes of a clip on their way into a longer file. They stay as they are but for two things: a note that no event
 * ends gets an end, and a note that still sounds where an added one of its channel and pitch starts ends there.
 */
final class GivenNotes {
    /** A note by its events' indices in its track; {@code offEvent} is -1 where no note off of its own ends it. */
    private static final class Given {
        private final int track;
        private final int onEvent;
        private final int offEvent;
        private final long start;
        private final long end;
        private long cut;

        private Given(int track, int onEvent, int offEvent, long start, long end) {
            this.track = track;
            this.onEvent = onEvent;
            this.offEvent = offEvent;
            this.start = start;
            this.end = end;
            this.cut = end;
        }
    }

    private final List<ClipTrack> tracks;
    private final List<Given> notes = new ArrayList<>();
    private final Map<Integer, List<Given>> byKey = new HashMap<>();

    /** @param tracks the clip's tracks, at the resolution of the file to be written */
    GivenNotes(List<ClipTrack> tracks) {
        this.tracks = tracks;
        collect();
    }

    /**
     * Makes room for a note of this voice and pitch: cuts what sounds at its start.
     *
     * @return the tick at which the note must end, at most {@code end}, or -1 where a note of the clip starts with it and
     *     it must stay away
     */
    long makeRoom(int voice, int pitch, long start, long end) {
        long room = end;
        List<Given> others = byKey.getOrDefault(voice << 7 | pitch, List.of());
        for (Given other : others) {
            if (other.start == start) {
                return -1;
            }
            if (other.start > start) {
                room = Math.min(room, other.start);
            }
        }
        for (Given other : others) {
            if (other.start < start) {
                other.cut = Math.min(other.cut, start);
            }
        }
        return room;
    }

    /**
     * Puts the clip's events into the drafts of its tracks.
     *
     * @param lastSetting tick after which of what the clip says to channels its notes alone are put in
     */
    void putInto(List<TrackDraft> drafts, long lastSetting) {
        List<Set<Integer>> dropped = new ArrayList<>();
        drafts.forEach(draft -> dropped.add(new HashSet<>()));
        for (Given note : notes) {
            boolean isCut = note.cut < note.end;
            if (isCut && note.offEvent >= 0) {
                dropped.get(note.track).add(note.offEvent);
            }
            if (isCut || note.offEvent < 0) {
                ClipEvent on = tracks.get(note.track).events().get(note.onEvent);
                drafts.get(note.track).end(note.cut, Messages.noteOff(on.channel(), on.data1()));
            }
        }
        for (int track = 0; track < tracks.size(); track++) {
            List<ClipEvent> events = tracks.get(track).events();
            for (int i = 0; i < events.size(); i++) {
                ClipEvent event = events.get(i);
                boolean setting = event.isChannelMessage() && !event.isNoteOn() && !event.isNoteOff();
                if (!dropped.get(track).contains(i) && !(setting && event.tick() > lastSetting)) {
                    drafts.get(track).given(event);
                }
            }
        }
    }

    private void collect() {
        List<NotePairing> pairings = tracks.stream().map(NotePairing::of).toList();
        for (PlacedEvent placed : PlacedEvent.of(tracks)) {
            if (placed.event().isNoteOn()) {
                NotePairing pairing = pairings.get(placed.track());
                int off = pairing.off(placed.index());
                boolean ownOff =
                        off >= 0 && tracks.get(placed.track()).events().get(off).isNoteOff();
                Given note = new Given(
                        placed.track(), placed.index(), ownOff ? off : -1, placed.tick(), pairing.end(placed.index()));
                notes.add(note);
                byKey.computeIfAbsent(placed.voice() << 7 | placed.event().data1(), key -> new ArrayList<>())
                        .add(note);
            }
        }
    }
}
