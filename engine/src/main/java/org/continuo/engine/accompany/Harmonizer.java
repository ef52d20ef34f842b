package org.continuo.engine.accompany;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.continuo.engine.chorale.Chorale;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * Puts alto, tenor and bass under a melody, in the manner of a chorale by Bach. The model reads the four voices as the
 * {@link Chorale#SINGERS}. Confined to one thread; blocks while the model computes.
 */
public final class Harmonizer {
    /** Three voices that follow the melody closely: less bold than playing on. */
    public static final Sampling USUAL_SAMPLING = new Sampling(0.3, 0, 1, 0);

    public static final int USUAL_CANDIDATES = 4;

    private final Accompanist accompanist;
    private final Set<Integer> starts;

    /**
     * @param melody one note at a time, all on the first singer's instrument, in a soprano's range
     * @throws IllegalArgumentException if it is not, or has no notes
     */
    public Harmonizer(NoteModel model, Score melody) {
        List<Instrument> singers = Chorale.SINGERS;
        if (melody.notes().isEmpty()) {
            throw new IllegalArgumentException("a melody without notes");
        }
        int end = 0;
        for (Note note : melody.notes()) {
            if (note.instrument() != singers.get(Chorale.SOPRANO) || note.start() < end) {
                throw new IllegalArgumentException(
                        note + " is not in one line on the " + singers.get(0).label());
            }
            end = note.end();
        }
        Set<Instrument> lower = EnumSet.copyOf(singers.subList(1, Chorale.VOICES));
        this.starts = melody.notes().stream().map(Note::start).collect(Collectors.toSet());
        Harmony harmony = new Harmony(Harmony.keyOf(melody));
        this.accompanist = Accompanist.of(
                model,
                melody,
                lower,
                Chorale.conditions(singers).withKey(harmony.key()),
                () -> new ChoraleManners(melody, singers, harmony));
    }

    /**
     * Writes the three lower voices, as {@link Accompanist#take} does. Where a voice stays while the melody holds, its notes
     * are tied.
     */
    public Take take(Sampling sampling, long seed, int candidates, IntPredicate goOn) {
        Take take = accompanist.take(sampling, seed, candidates, goOn);
        return new Take(
                tied(take.notes()), take.end(), take.tokens(), take.tokensInAll(), take.seed(), take.complete());
    }

    private List<Note> tied(List<Note> notes) {
        List<Note> tied = new ArrayList<>();
        Map<Instrument, Integer> last = new EnumMap<>(Instrument.class);
        for (Note note : notes) {
            int index = last.getOrDefault(note.instrument(), -1);
            Note before = index < 0 ? null : tied.get(index);
            boolean stays = before != null && before.pitch() == note.pitch() && before.end() == note.start();
            if (stays && !starts.contains(note.start())) {
                tied.set(index, new Note(note.instrument(), note.pitch(), note.velocity(), before.start(), note.end()));
            } else {
                last.put(note.instrument(), tied.size());
                tied.add(note);
            }
        }
        return tied;
    }

    public int end() {
        return accompanist.end();
    }
}
