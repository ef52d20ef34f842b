package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.continuo.engine.accompany.Harmonizer;
import org.continuo.engine.chorale.Chorale;
import org.continuo.engine.chorale.ChoraleFile;
import org.continuo.engine.chorale.Voice;
import org.continuo.engine.chorale.VoiceLeading;
import org.continuo.engine.corpus.Manifest;
import org.continuo.engine.critic.Critic;
import org.continuo.engine.critic.StyleEar;
import org.continuo.engine.evaluate.Accompaniment;
import org.continuo.engine.evaluate.Agreement;
import org.continuo.engine.evaluate.ChoraleLikelihood;
import org.continuo.engine.evaluate.CriticStudy;
import org.continuo.engine.evaluate.Harmonization;
import org.continuo.engine.evaluate.Likelihood;
import org.continuo.engine.evaluate.TakeStudy;
import org.continuo.engine.midi.WholeFile;
import org.continuo.engine.model.Decoder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampling;

/**
 * What {@code continuo evaluate} can measure beside the likelihood of files, each as a map of figures. Every study shows a
 * progress bar, takes minutes, and stops when told to.
 */
final class Studies {
    private static final long SEED = 1;

    private final NoteModel model;
    private final Sampling sampling;
    private final int threads;
    private final Interruption interruption;

    /** @param threads that play takes at once */
    Studies(NoteModel model, Sampling sampling, int threads, Interruption interruption) {
        this.model = model;
        this.sampling = sampling;
        this.threads = threads;
        this.interruption = interruption;
    }

    /** The chorales of a split but for those whose numbers are excepted. */
    static List<Chorale> chorales(Path file, String split, Set<Integer> except) throws IOException {
        List<Chorale> all = ChoraleFile.read(file, split);
        List<Chorale> kept = new ArrayList<>();
        for (int number = 0; number < all.size(); number++) {
            if (!except.contains(number)) {
                kept.add(all.get(number));
            }
        }
        if (kept.isEmpty()) {
            throw new IOException(file + ": every chorale of \"" + split + "\" is excepted");
        }
        return kept;
    }

    private interface Study<T> {
        T run(IntPredicate goOn) throws Exception;
    }

    private <T> T under(String title, int total, Study<T> study) throws Exception {
        T result;
        try (ProgressBar bar = ProgressBar.onStandardError(title, total)) {
            result = study.run(done -> {
                bar.show(done);
                return !interruption.requested();
            });
        }
        interruption.check();
        return result;
    }

    /** Nats for each voice and sixteenth of chorales. */
    Map<String, Object> choraleLikelihood(List<Chorale> chorales) throws Exception {
        double[] nats = {0};
        long[] steps = {0};
        under("scoring chorales", chorales.size(), goOn -> {
            try (Decoder decoder = model.newDecoder()) {
                ChoraleLikelihood likelihood = new ChoraleLikelihood(
                        new Likelihood(decoder, model.shape().context()), Chorale.SINGERS);
                for (int i = 0; i < chorales.size() && goOn.test(i); i++) {
                    nats[0] += likelihood.nats(chorales.get(i));
                    steps[0] += chorales.get(i).length();
                }
            }
            return null;
        });
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("pieces", chorales.size());
        figures.put("sixteenths", steps[0]);
        figures.put("nats_per_voice_and_sixteenth", nats[0] / (Chorale.VOICES * steps[0]));
        return figures;
    }

    /** Harmonizes the sopranos of chorales and compares with the composer. */
    Map<String, Object> harmonization(List<Chorale> chorales, int candidates) throws Exception {
        Harmonization.Result result = under(
                "harmonizing", chorales.size(), goOn -> new Harmonization(model, Harmonizer.USUAL_SAMPLING, candidates)
                        .of(chorales, SEED, goOn));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("pieces", result.pieces());
        figures.put("candidates", candidates);
        Map<String, Object> pitch = new LinkedHashMap<>();
        Map<String, Object> pitchClass = new LinkedHashMap<>();
        for (Voice voice : List.of(Voice.ALTO, Voice.TENOR, Voice.BASS)) {
            pitch.put(voice.title(), result.agreement().pitchShare(voice.ordinal()));
            pitchClass.put(voice.title(), result.agreement().classShare(voice.ordinal()));
        }
        pitch.put("all", result.agreement().pitchShare());
        pitchClass.put("all", result.agreement().classShare());
        figures.put("same_pitch", pitch);
        figures.put("same_pitch_class", pitchClass);
        figures.put("ours", figures(result.ours()));
        figures.put("composer", figures(result.composers()));
        return figures;
    }

    private static Map<String, Object> figures(VoiceLeading leading) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("moves_of_two_voices", leading.moves());
        figures.put("parallels_per_1000_moves", leading.parallelsPerThousandMoves());
        figures.put("out_of_range", leading.outOfRangeShare());
        figures.put("crossing", leading.crossingShare());
        figures.put("wider_than_an_octave", leading.wideShare());
        return figures;
    }

    /** Takes from the beginnings of pieces beside the pieces themselves; where it is stopped, of those that were played. */
    Map<String, Object> takes(Path folder, List<Manifest.Entry> entries, int count, int candidates) throws Exception {
        TakeStudy study = new TakeStudy(model, sampling, candidates, threads, interruption::requested);
        List<TakeStudy.Pair> pairs;
        try (ProgressBar bar = ProgressBar.onStandardError("playing takes", count)) {
            pairs = study.play(folder, entries, count, SEED, bar::show);
        }
        if (pairs.isEmpty()) {
            interruption.check();
            throw new IOException(folder + " holds no pieces to go on from: sixteen bars in one of "
                    + String.join(", ", TakeStudy.STYLES));
        }
        return TakeFigures.of(pairs, candidates);
    }

    /** Bass and drums made anew for pieces that have them. */
    Map<String, Object> accompaniment(Path folder, List<Manifest.Entry> entries, int clips, int candidates)
            throws Exception {
        List<Accompaniment.Comparison> comparisons =
                under("accompanying", clips, goOn -> new Accompaniment(model, sampling, candidates)
                        .compare(folder, entries, clips, SEED, goOn));
        if (comparisons.isEmpty()) {
            throw new IOException(folder + " holds no pieces with bass, drums and something else in one meter");
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("clips", comparisons.size());
        figures.put("candidates", candidates);
        figures.put("real", agreement(comparisons, Accompaniment.Comparison::real));
        figures.put("plain", agreement(comparisons, Accompaniment.Comparison::plain));
        figures.put("likeliest", agreement(comparisons, Accompaniment.Comparison::likeliest));
        return figures;
    }

    /**
     * How often the critic takes the real of two ways to go on for the real one, and how often likelihood does.
     *
     * @param impressions where what was noticed goes; null for nowhere
     */
    Map<String, Object> critic(Path folder, List<Manifest.Entry> entries, int count, Path impressions)
            throws Exception {
        List<CriticStudy.Pair> pairs = under(
                "comparing", count, goOn -> new CriticStudy(model, sampling).pairs(folder, entries, count, SEED, goOn));
        if (pairs.isEmpty()) {
            throw new IOException(folder + " holds no pieces to go on from: twelve bars of music");
        }
        if (impressions != null) {
            ObjectMapper json = new ObjectMapper();
            StringBuilder lines = new StringBuilder();
            for (CriticStudy.Pair pair : pairs) {
                lines.append(json.writeValueAsString(pair)).append('\n');
            }
            WholeFile.write(impressions, lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        Critic critic = new Critic();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("pairs", pairs.size());
        figures.put(
                "critic_right",
                Means.interval(
                        pairs,
                        pair -> critic.judge(pair.real().impression())
                                - critic.judge(pair.own().impression())));
        figures.put(
                "likelier_is_real",
                Means.interval(pairs, pair -> pair.own().nats() - pair.real().nats()));
        figures.put(
                "less_likely_is_real",
                Means.interval(pairs, pair -> pair.real().nats() - pair.own().nats()));
        figures.put("style_recognised", styles(pairs));
        return figures;
    }

    /** How often the style asked for is heard, in real music and in the model's; of styles that can be. */
    private static Map<String, Object> styles(List<CriticStudy.Pair> pairs) {
        StyleEar ear = new StyleEar();
        List<CriticStudy.Pair> known = pairs.stream()
                .filter(pair -> ear.styles().contains(pair.style()))
                .toList();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("pieces", known.size());
        figures.put("styles", ear.styles().size());
        figures.put("in_real", heard(known, ear, CriticStudy.Pair::real));
        figures.put("in_takes", heard(known, ear, CriticStudy.Pair::own));
        return figures;
    }

    private static Double heard(
            List<CriticStudy.Pair> pairs, StyleEar ear, Function<CriticStudy.Pair, CriticStudy.Way> side) {
        return Means.of(pairs, pair -> ear.style(side.apply(pair).impression()).equals(pair.style()) ? 1 : 0);
    }

    private static Map<String, Object> agreement(
            List<Accompaniment.Comparison> comparisons, Function<Accompaniment.Comparison, Agreement> side) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("consonance", Means.of(comparisons, one -> side.apply(one).consonance()));
        figures.put("key", Means.of(comparisons, one -> side.apply(one).key()));
        figures.put("metre", Means.of(comparisons, one -> side.apply(one).metre()));
        figures.put(
                "starts_per_quarter",
                Means.of(comparisons, one -> side.apply(one).starts() / one.quarters()));
        return figures;
    }
}
