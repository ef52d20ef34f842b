package org.continuo.engine.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * A clip whose notes start and end as they do, on another clip's pitches: what a control hears that may follow the time of
 * the music and not its notes.
 */
final class OtherNotes {
    private OtherNotes() {}

    /** The notes of {@code clip}, in order, on the pitches of {@code other}'s, in order and from its start again if need be. */
    static Score on(Score clip, Score other) {
        List<Note> pitched = other.notes().stream()
                .filter(note -> note.instrument() != Instrument.DRUMS)
                .toList();
        List<Note> changed = new ArrayList<>();
        int[] soundsUntil = new int[Instrument.COUNT * 128];
        int next = 0;
        for (Note note : clip.notes()) {
            Note heard = note;
            if (note.instrument() != Instrument.DRUMS && !pitched.isEmpty()) {
                int pitch = note.instrument()
                        .fold(pitched.get(next++ % pitched.size()).pitch());
                heard = new Note(note.instrument(), pitch, note.velocity(), note.start(), note.end());
            }
            int key = heard.instrument().ordinal() * 128 + heard.pitch();
            if (soundsUntil[key] <= heard.start()) {
                soundsUntil[key] = heard.end();
                changed.add(heard);
            }
        }
        return new Score(clip.meters(), changed);
    }
}
