package org.continuo.engine.accompany;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * @param line the same as it was given, in the same order
 * @param octaves by how many it was moved up
 * @param isAll whether nothing but the top line was there
 */
public record Melody(Score score, List<Note> line, int octaves, boolean isAll) {
    private static final int OCTAVE = 12;

    /** Notes that start no further apart than this are struck together, as far as hands can: a 32nd. */
    private static final int TOGETHER = Score.TICKS_PER_QUARTER / 8;

    /** A note rings into the next of its line for less than this, a sixteenth, which may be a note of another line. */
    private static final int RINGS_INTO = Score.TICKS_PER_QUARTER / 4;

    private record Start(Instrument instrument, int pitch, int tick) {
        private static Start of(Note note) {
            return new Start(note.instrument(), note.pitch(), note.start());
        }
    }

    /** The melody of a score whose notes are as long as they are heard. */
    public static Melody of(Score given) {
        return of(given, given);
    }

    /**
     * The highest of the notes that start together; what starts under the one before it is left out, unless that only rings
     * into it.
     *
     * @param keys notes as long as their keys are down, which tells what is struck after what
     * @param heard the same, as long as a pedal makes them: so long the melody's are, up to the next of them
     */
    public static Melody of(Score keys, Score heard) {
        List<Note> line = new ArrayList<>();
        int pitched = 0;
        for (Note note : keys.notes()) {
            if (note.instrument() == Instrument.DRUMS) {
                continue;
            }
            pitched++;
            Note last = line.isEmpty() ? null : line.get(line.size() - 1);
            if (last != null && last.end() > note.start()) {
                boolean isLegato = ringsInto(last, note);
                if (last.pitch() >= note.pitch() && !isLegato) {
                    continue;
                }
                line.remove(line.size() - 1);
                if (isLegato || note.start() - last.start() > TOGETHER) {
                    line.add(endingAt(last, note.start()));
                }
            }
            line.add(note);
        }
        lengthen(line, heard);
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
        return new Melody(new Score(keys.meters(), sung), List.copyOf(line), octaves, line.size() == pitched);
    }

    /** Each is heard longer beside the other than with it: what ends with the note above it is under it. */
    private static boolean ringsInto(Note last, Note next) {
        int overlap = last.end() - next.start();
        return overlap < RINGS_INTO && overlap < next.start() - last.start() && overlap < next.end() - last.end();
    }

    private static void lengthen(List<Note> line, Score heard) {
        Map<Start, Integer> ends = new HashMap<>();
        heard.notes().forEach(note -> ends.put(Start.of(note), note.end()));
        for (int i = 0; i < line.size(); i++) {
            Note note = line.get(i);
            int next = i + 1 < line.size() ? line.get(i + 1).start() : Integer.MAX_VALUE;
            line.set(i, endingAt(note, Math.max(note.end(), Math.min(next, ends.get(Start.of(note))))));
        }
    }

    private static Note endingAt(Note note, int end) {
        return new Note(note.instrument(), note.pitch(), note.velocity(), note.start(), end);
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
