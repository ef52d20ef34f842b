package org.continuo.engine.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.continuo.engine.accompany.Harmonizer;
import org.continuo.engine.chorale.BarLines;
import org.continuo.engine.chorale.Chorale;
import org.continuo.engine.chorale.Resemblance;
import org.continuo.engine.chorale.VoiceLeading;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.model.Decoder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * Sopranos of chorales harmonized and held against the composer's own voices. Where the bar lines are is guessed from the
 * soprano alone: those under which the model finds it likeliest.
 */
public final class Harmonization {
    /** What came of it: added up over all pieces. */
    public record Result(int pieces, Resemblance agreement, VoiceLeading ours, VoiceLeading composers) {}

    private final NoteModel model;
    private final Sampling sampling;
    private final int candidates;

    public Harmonization(NoteModel model, Sampling sampling, int candidates) {
        this.model = model;
        this.sampling = sampling;
        this.candidates = candidates;
    }

    /**
     * Harmonizes each. Blocks for seconds a piece.
     *
     * @param goOn told the number of pieces done; false stops
     */
    public Result of(List<Chorale> chorales, long seed, IntPredicate goOn) {
        Resemblance agreement = Resemblance.none();
        VoiceLeading ours = VoiceLeading.NONE;
        VoiceLeading composers = VoiceLeading.NONE;
        int pieces = 0;
        for (Chorale chorale : chorales) {
            Chorale set = harmonize(chorale, seed + pieces);
            agreement = agreement.plus(Resemblance.of(chorale, set));
            ours = ours.plus(VoiceLeading.of(set));
            composers = composers.plus(VoiceLeading.of(chorale));
            if (!goOn.test(++pieces)) {
                break;
            }
        }
        return new Result(pieces, agreement, ours, composers);
    }

    private Chorale harmonize(Chorale chorale, long seed) {
        Score melody = melody(chorale);
        Take take = new Harmonizer(model, melody).take(sampling, seed, candidates, tick -> true);
        List<Note> notes = new ArrayList<>(melody.notes());
        notes.addAll(take.notes());
        return Chorale.of(notes, 0, chorale.length(), Chorale.SINGERS);
    }

    private Score melody(Chorale chorale) {
        Score likeliest = null;
        double least = Double.POSITIVE_INFINITY;
        Conditions conditions = Chorale.conditions(Chorale.SINGERS.subList(0, 1));
        try (Decoder decoder = model.newDecoder()) {
            Likelihood likelihood = new Likelihood(decoder, model.shape().context());
            for (BarLines bars : BarLines.ALL) {
                Score melody = chorale.score(bars.meter(), bars.upbeat(), 1, Chorale.SINGERS);
                double nats = likelihood.of(melody, conditions).nats();
                if (nats < least) {
                    least = nats;
                    likeliest = melody;
                }
            }
        }
        return likeliest;
    }
}
