package org.continuo.engine.midi;

import static org.continuo.engine.midi.SmfBytes.events;
import static org.continuo.engine.midi.SmfBytes.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;

/** Clips that are made of bytes, and extended, written and read again. */
abstract class ExtendedClips {
    static final int BAR = 96;

    static Note note(Instrument instrument, int pitch, int start, int end) {
        return new Note(instrument, pitch, 4, start, end);
    }

    static GridClip clip(int resolution, int[]... parts) throws MidiFileException {
        return ClipQuantizer.place(file(0, resolution).track(events(parts)).read());
    }

    static MidiClip extend(GridClip given, Note... notes) throws MidiFileException {
        int from = Arrays.stream(notes).mapToInt(Note::start).min().orElseThrow() / BAR * BAR;
        return read(given, AddedMusic.continuing(List.of(notes), given.score().meters(), from, from + BAR));
    }

    static MidiClip read(GridClip given, AddedMusic added) throws MidiFileException {
        MidiClip written = ClipReader.read("written.mid", MidiWriter.bytes(given, added));
        assertEquals(List.of(), written.remarks());
        assertBalanced(written);
        return written;
    }

    /** Every note has an end of its own. */
    static void assertBalanced(MidiClip clip) {
        for (ClipTrack track : clip.tracks()) {
            NotePairing pairing = NotePairing.of(track);
            Set<Integer> offs = new HashSet<>();
            for (int i = 0; i < track.events().size(); i++) {
                if (track.events().get(i).isNoteOn()) {
                    assertTrue(pairing.off(i) >= 0 && offs.add(pairing.off(i)), "note without end: event " + i);
                }
            }
        }
    }

    static ClipNote last(MidiClip clip) {
        return clip.notes().get(clip.notes().size() - 1);
    }

    /** What a track has at a tick. */
    static List<String> at(long tick, MidiClip clip, int track) {
        return clip.tracks().get(track).events().stream()
                .filter(event -> event.tick() == tick)
                .map(ClipEvent::toString)
                .toList();
    }
}
