package org.continuo.engine.token;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes a score in the score language. In one tick note-offs come before note-ons, each by instrument and pitch. The
 * bars before the first note are written too: a rest is music.
 *
 * <p>Stateless, thread-safe.
 */
public final class ScoreEncoder {
    private record Event(int tick, boolean on, Note note) {}

    private static final Comparator<Event> ORDER = Comparator.comparingInt(Event::tick)
            .thenComparing(Event::on)
            .thenComparing(event -> event.note.instrument())
            .thenComparingInt(event -> event.note.pitch());

    private ScoreEncoder() {}

    /** The whole piece, from start to end token. */
    public static TokenSequence encode(Score score) {
        TokenSequence tokens = encodeOpen(score);
        tokens.add(Vocabulary.END);
        return tokens;
    }

    /** The piece without its end token, to be continued. */
    public static TokenSequence encodeOpen(Score score) {
        List<Event> events = new ArrayList<>(2 * score.notes().size());
        for (Note note : score.notes()) {
            events.add(new Event(note.start(), true, note));
            if (note.instrument().sustains()) {
                events.add(new Event(note.end(), false, note));
            }
        }
        events.sort(ORDER);
        TokenSequence tokens = new TokenSequence(score.meters());
        tokens.add(Vocabulary.START);
        for (Event event : events) {
            tokens.advanceTo(event.tick);
            Note note = event.note;
            tokens.add(
                    event.on
                            ? Vocabulary.noteOn(note.instrument(), note.pitch(), note.velocity())
                            : Vocabulary.noteOff(note.instrument(), note.pitch()));
        }
        return tokens;
    }
}
