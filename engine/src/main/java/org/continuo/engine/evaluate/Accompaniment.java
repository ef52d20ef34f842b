package org.continuo.engine.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.continuo.engine.accompany.Accompanist;
import org.continuo.engine.corpus.Manifest;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiFileException;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * Bass and drums taken out of real pieces and made anew: how the new parts agree with the rest, beside how the real ones do.
 */
public final class Accompaniment {
    /** Whole bars of a clip. */
    public static final int BARS = 16;

    private static final int FEWEST_NOTES = 40;
    private static final Set<Instrument> ADDED = EnumSet.of(Instrument.BASS, Instrument.DRUMS);

    /**
     * One clip's parts held against the rest.
     *
     * @param real the parts that it has
     * @param plain made in one go
     * @param likeliest made with several candidates for each bar
     */
    public record Comparison(String path, double quarters, Agreement real, Agreement plain, Agreement likeliest) {}

    private record Clip(String path, Conditions wishes, Score given, List<Note> real) {}

    private final NoteModel model;
    private final Sampling sampling;
    private final int candidates;

    /** @param candidates for each bar where there are several */
    public Accompaniment(NoteModel model, Sampling sampling, int candidates) {
        this.model = model;
        this.sampling = sampling;
        this.candidates = candidates;
    }

    /**
     * Accompanies up to {@code count} clips: the first bars of pieces in one meter with bass, drums and something else.
     * Blocks for minutes.
     *
     * @param goOn told the number of clips done; false stops
     */
    public List<Comparison> compare(Path folder, List<Manifest.Entry> entries, int count, long seed, IntPredicate goOn)
            throws Exception {
        List<Comparison> comparisons = new ArrayList<>();
        for (Manifest.Entry entry : entries) {
            if (comparisons.size() == count || !goOn.test(comparisons.size())) {
                break;
            }
            Clip clip = clip(folder, entry);
            if (clip != null) {
                Accompanist accompanist = Accompanist.of(model, clip.given, ADDED, clip.wishes);
                long own = seed + comparisons.size();
                List<Note> plain =
                        accompanist.take(sampling, own, 1, tick -> true).notes();
                List<Note> likeliest = accompanist
                        .take(sampling, own, candidates, tick -> true)
                        .notes();
                comparisons.add(new Comparison(
                        clip.path,
                        accompanist.end() / (double) Score.TICKS_PER_QUARTER,
                        Agreement.of(clip.given, clip.real),
                        Agreement.of(clip.given, plain),
                        Agreement.of(clip.given, likeliest)));
            }
        }
        return comparisons;
    }

    private static Clip clip(Path folder, Manifest.Entry entry) throws Exception {
        Score score;
        try {
            score = ClipQuantizer.quantize(ClipReader.read(folder.resolve(entry.path())));
        } catch (MidiFileException e) {
            return null; // counted by evaluate
        }
        if (score.meters().changes().size() > 1) {
            return null;
        }
        MeterMap meters = score.meters();
        int end = meters.barStart(BARS);
        List<Note> given = new ArrayList<>();
        List<Note> real = new ArrayList<>();
        for (Note note : score.notes()) {
            if (note.start() < end) {
                (ADDED.contains(note.instrument()) ? real : given)
                        .add(new Note(
                                note.instrument(),
                                note.pitch(),
                                note.velocity(),
                                note.start(),
                                Math.min(note.end(), end)));
            }
        }
        Set<Instrument> playing = EnumSet.noneOf(Instrument.class);
        real.forEach(note -> playing.add(note.instrument()));
        if (given.size() < FEWEST_NOTES || real.size() < FEWEST_NOTES || !playing.equals(ADDED)) {
            return null;
        }
        Conditions wishes = Conditions.NONE.withStyle(entry.style()).withKind(entry.kind());
        return new Clip(entry.path(), wishes, new Score(meters, given), real);
    }
}
