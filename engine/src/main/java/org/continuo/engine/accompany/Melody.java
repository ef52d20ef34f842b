package org.continuo.engine.accompany;

import java.util.ArrayList;
import java.util.List;
import org.continuo.engine.chorale.Chorale;
import org.continuo.engine.chorale.Voice;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * The top line of a score, as a soprano sings it: one note at a time, moved by octaves to where most of it lies in a soprano's
 * range. Immutable.
 *
 * @param score on the first singer's instrument; without notes where the given score has only drums
 * @param octaves by how many it was moved up
 * @param isAll whether nothing but the top line was there
 */
public record Melody(Score score, int octaves, boolean isAll) {
    private static final int OCTAVE = 12;

    /** The highest of the notes that start together; where it starts under the one before it, it is left out. */
    public static Melody of(Score given) {
        List<Note> line = new ArrayList<>();
        int pitched = 0;
        for (Note note : given.notes()) {
            if (note.instrument() == Instrument.DRUMS) {
                continue;
            }
            pitched++;
            Note last = line.isEmpty() ? null : line.get(line.size() - 1);
            if (last != null && last.end() > note.start()) {
                if (last.pitch() >= note.pitch()) {
                    continue;
                }
                line.remove(line.size() - 1);
                if (last.start() < note.start()) {
                    line.add(with(last, last.pitch(), note.start()));
                }
            }
            line.add(note);
        }
        int octaves = octaves(line);
        Instrument singer = Chorale.SINGERS.get(Chorale.SOPRANO);
        List<Note> sung = line.stream()
                .map(note -> new Note(
                        singer,
                        singer.fold(note.pitch() + OCTAVE * octaves),
                        Chorale.VELOCITY,
                        note.start(),
                        note.end()))
                .toList();
        return new Melody(new Score(given.meters(), sung), octaves, line.size() == pitched);
    }

    private static Note with(Note note, int pitch, int end) {
        return new Note(note.instrument(), pitch, note.velocity(), note.start(), end);
    }

    private static int octaves(List<Note> line) {
        int best = 0;
        long most = -1;
        for (int octaves : new int[] {0, 1, -1, 2, -2, 3, -3, 4, -4}) {
            long inside = line.stream()
                    .filter(note -> Voice.SOPRANO.reaches(note.pitch() + OCTAVE * octaves))
                    .count();
            if (inside > most) {
                most = inside;
                best = octaves;
            }
        }
        return best;
    }
}
