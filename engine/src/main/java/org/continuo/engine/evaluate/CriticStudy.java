package org.continuo.engine.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.corpus.Manifest;
import org.continuo.engine.critic.Impression;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiFileException;
import org.continuo.engine.model.Decoder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Style;

/**
 * Real pieces beside what the model makes of them from the same bar on: what the critic learns from, and what it is measured by.
 */
public final class CriticStudy {
    /** Bars that are compared. */
    private static final int BARS = 8;

    private static final int FEWEST_BARS_BEFORE = 4;
    private static final int MOST_BARS_BEFORE = 24;
    private static final int FEWEST_NOTES = 16;

    /**
     * One way to go on.
     *
     * @param nats the model's surprise for each token of it
     */
    public record Way(Map<String, Double> impression, double nats) {}

    /**
     * The piece's own way and the model's, from the same bar.
     *
     * @param style the piece's broad style, which the model was asked for; empty where there is none
     */
    public record Pair(String style, Way real, Way own) {}

    private final NoteModel model;
    private final Sampling sampling;

    public CriticStudy(NoteModel model, Sampling sampling) {
        this.model = model;
        this.sampling = sampling;
    }

    /**
     * Makes pairs, one from each piece. Blocks for about a second a pair.
     *
     * @param goOn told the number of pairs made; false stops
     */
    public List<Pair> pairs(Path folder, List<Manifest.Entry> entries, int count, long seed, IntPredicate goOn)
            throws Exception {
        List<Manifest.Entry> shuffled = new ArrayList<>(entries);
        Random random = new Random(seed);
        Collections.shuffle(shuffled, random);
        List<Pair> pairs = new ArrayList<>();
        try (Decoder decoder = model.newDecoder()) {
            Likelihood likelihood = new Likelihood(decoder, model.shape().context());
            for (int i = 0; i < shuffled.size() && pairs.size() < count && goOn.test(pairs.size()); i++) {
                Pair pair = pair(folder, shuffled.get(i), likelihood, random);
                if (pair != null) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    private Pair pair(Path folder, Manifest.Entry entry, Likelihood likelihood, Random random) throws Exception {
        Score piece;
        try {
            piece = ClipQuantizer.quantize(ClipReader.read(folder.resolve(entry.path())));
        } catch (MidiFileException e) {
            return null; // counted by evaluate
        }
        int choices = Math.min(piece.bars() - BARS - FEWEST_BARS_BEFORE, MOST_BARS_BEFORE - FEWEST_BARS_BEFORE);
        if (choices < 1) {
            return null;
        }
        MeterMap meters = piece.meters();
        int bar = FEWEST_BARS_BEFORE + random.nextInt(choices);
        int join = meters.barStart(bar);
        int end = meters.barStart(bar + BARS);
        Prompt prompt = new Prompt(piece, join);
        Score real = new Prompt(piece, end).score();
        if (prompt.score().notes().size() < FEWEST_NOTES
                || real.notes().size() < prompt.score().notes().size() + FEWEST_NOTES) {
            return null;
        }
        Conditions conditions = Conditions.NONE
                .withStyle(entry.style())
                .withInstruments(prompt.score().instruments());
        Score own = own(prompt, end, conditions, random.nextLong());
        int broad = entry.broadStyle();
        return new Pair(
                broad == Conditions.OPEN ? "" : Style.NAMES.get(broad),
                way(real, join, end, conditions, likelihood),
                way(own, join, end, conditions, likelihood));
    }

    private Score own(Prompt prompt, int end, Conditions conditions, long seed) {
        try (Continuer continuer = new Continuer(model, prompt, conditions)) {
            Take take = continuer.take(Extent.toBarLine(end), sampling, seed, tick -> true);
            return prompt.with(take.notes());
        }
    }

    private static Way way(Score score, int join, int end, Conditions conditions, Likelihood likelihood) {
        Likelihood.Sum sum = likelihood.from(score, conditions, score.meters().barAt(join));
        return new Way(Impression.of(score, join, end), sum.natsPerToken());
    }
}
