package org.continuo.engine.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.corpus.Manifest;
import org.continuo.engine.critic.BarPatterns;
import org.continuo.engine.critic.Choice;
import org.continuo.engine.critic.Traits;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiFileException;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Style;

/**
 * Many takes that go on from the first four bars of real pieces for two minutes and more (at 120 quarters a minute), and the
 * pieces themselves over the same bars. What is asked for are the instruments and the style of the piece.
 */
public final class TakeStudy {
    /** Bars of a prompt. */
    public static final int PROMPT_BARS = 4;

    /** Quarters in a minute. */
    public static final int MINUTE = 120;

    /** Bars over which a recall is measured. */
    public static final int RECALL_BARS = 8;

    /** The broad styles asked for, in turn. */
    public static final List<String> STYLES =
            List.of("baroque", "classical", "romantic", "art-song", "jazz", "rock", "pop", "latin", "game", "folk");

    /**
     * One take, or the piece itself over the same time.
     *
     * @param asked for how many instruments that the prompt does not have
     * @param came how many of these played
     * @param loop the most bars in a row that are the same
     * @param silence the most bars in a row in which nothing starts
     * @param recall after one and after two minutes, of the prompt
     * @param control the same, of another prompt
     */
    public record Heard(
            Traits traits,
            int instruments,
            int played,
            int asked,
            int came,
            int loop,
            int silence,
            double[] recall,
            double[] control) {}

    /** A style's name, what the model played and what the piece has. */
    public record Pair(String style, Heard take, Heard real) {}

    private record Piece(Score score, Conditions conditions, String style) {}

    private final NoteModel model;
    private final Sampling sampling;
    private final int candidates;
    private final int threads;
    private final BooleanSupplier stop;

    /**
     * @param candidates for each take, of which the critic keeps one
     * @param threads that play takes at once; the takes are the same however many
     * @param stop asked after each token, by any of the threads; true ends the study with the takes that are whole
     */
    public TakeStudy(NoteModel model, Sampling sampling, int candidates, int threads, BooleanSupplier stop) {
        this.model = model;
        this.sampling = sampling;
        this.candidates = candidates;
        this.threads = threads;
        this.stop = stop;
    }

    /**
     * Plays {@code count} takes, the styles in turn; a style with fewer pieces goes through them again with other seeds.
     * Blocks for seconds a take. What a take fails with comes wrapped in an
     * {@link ExecutionException}.
     *
     * @param progress told the number of takes done
     */
    public List<Pair> play(Path folder, List<Manifest.Entry> entries, int count, long seed, IntConsumer progress)
            throws Exception {
        List<List<Piece>> pieces = new ArrayList<>();
        for (String style : STYLES) {
            pieces.add(pieces(folder, entries, style, (count + STYLES.size() - 1) / STYLES.size()));
        }
        pieces.removeIf(List::isEmpty);
        List<Piece> chosen = new ArrayList<>();
        while (chosen.size() < count && !pieces.isEmpty()) {
            List<Piece> ofStyle = pieces.get(chosen.size() % pieces.size());
            chosen.add(ofStyle.get(chosen.size() / pieces.size() % ofStyle.size()));
        }
        ExecutorService players = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Score>> takes = new ArrayList<>();
            for (Piece piece : chosen) {
                long own = seed + takes.size();
                takes.add(players.submit(() -> take(piece, own)));
            }
            return pairs(chosen, takes, progress);
        } finally {
            players.shutdownNow();
        }
    }

    private static List<Pair> pairs(List<Piece> chosen, List<Future<Score>> takes, IntConsumer progress)
            throws ExecutionException, InterruptedException {
        List<Pair> pairs = new ArrayList<>();
        List<BarPatterns> themes = chosen.stream()
                .map(piece -> new BarPatterns(piece.score, PROMPT_BARS))
                .toList();
        for (int i = 0; i < chosen.size(); i++) {
            progress.accept(i);
            Piece piece = chosen.get(i);
            Score take = takes.get(i).get();
            if (take == null) {
                continue;
            }
            BarPatterns theme = themes.get(i);
            BarPatterns control = themes.get((i == 0 ? themes.size() : i) - 1);
            int wanted = end(piece.score);
            int there = piece.score.meters().barStart(piece.score.bars());
            pairs.add(new Pair(
                    piece.style,
                    heard(piece, take, wanted, theme, control),
                    heard(piece, piece.score, Math.min(wanted, there), theme, control)));
        }
        return pairs;
    }

    /** What is given and what the model plays on from it; null where it was stopped. */
    private Score take(Piece piece, long seed) {
        if (stop.getAsBoolean()) {
            return null;
        }
        Score score = piece.score;
        Prompt prompt = new Prompt(score, score.meters().barStart(PROMPT_BARS));
        try (Continuer continuer = new Continuer(model, prompt, piece.conditions)) {
            Take take = new Choice(prompt, continuer, 1)
                    .take(
                            Extent.toBarLine(end(score)),
                            sampling,
                            seed,
                            candidates,
                            (candidate, tick) -> !stop.getAsBoolean())
                    .take();
            return stop.getAsBoolean() ? null : prompt.with(take.notes());
        }
    }

    private static int barAfter(Score score, int minutes) {
        int from = score.meters().barStart(PROMPT_BARS);
        return score.meters().barAt(from + minutes * MINUTE * Score.TICKS_PER_QUARTER);
    }

    private static int end(Score score) {
        return score.meters().barStart(barAfter(score, 2) + RECALL_BARS);
    }

    /** @param to where it ends: a take that falls silent before is measured to where it was asked to play */
    private static Heard heard(Piece piece, Score score, int to, BarPatterns theme, BarPatterns control) {
        int from = score.meters().barStart(PROMPT_BARS);
        Set<Instrument> before = EnumSet.noneOf(Instrument.class);
        Set<Instrument> after = EnumSet.noneOf(Instrument.class);
        for (Note note : score.notes()) {
            (note.start() < from ? before : after).add(note.instrument());
        }
        Set<Instrument> asked = EnumSet.copyOf(piece.score.instruments());
        Set<Instrument> played = EnumSet.copyOf(asked);
        played.retainAll(after);
        Set<Instrument> askedAnew = EnumSet.copyOf(asked);
        askedAnew.removeAll(before);
        Set<Instrument> came = EnumSet.copyOf(askedAnew);
        came.retainAll(after);
        BarPatterns bars = new BarPatterns(score, score.meters().barAt(to - 1) + 1);
        double[] recall = new double[2];
        double[] ofOther = new double[2];
        for (int minute = 1; minute <= 2; minute++) {
            int bar = barAfter(piece.score, minute);
            recall[minute - 1] = bars.recall(bar, bar + RECALL_BARS, theme, PROMPT_BARS);
            ofOther[minute - 1] = bars.recall(bar, bar + RECALL_BARS, control, PROMPT_BARS);
        }
        return new Heard(
                Traits.of(score, from, to),
                asked.size(),
                played.size(),
                askedAnew.size(),
                came.size(),
                bars.longestLoop(PROMPT_BARS),
                bars.longestSilence(PROMPT_BARS),
                recall,
                ofOther);
    }

    private static List<Piece> pieces(Path folder, List<Manifest.Entry> entries, String style, int most)
            throws Exception {
        int value = Style.indexOf(style);
        List<Piece> pieces = new ArrayList<>();
        for (Manifest.Entry entry : entries) {
            if (pieces.size() == most || entry.broadStyle() != value) {
                continue;
            }
            try {
                Score whole = ClipQuantizer.quantize(ClipReader.read(folder.resolve(entry.path())));
                Score score = new Prompt(whole, end(whole)).score();
                int join = score.meters().barStart(PROMPT_BARS);
                boolean begins = score.notes().stream().anyMatch(note -> note.start() < join);
                if (begins && score.bars() >= 4 * PROMPT_BARS) {
                    Conditions conditions = Conditions.NONE
                            .withStyle(entry.style())
                            .withInstruments(score.instruments())
                            .withKind(entry.kind());
                    pieces.add(new Piece(score, conditions, style));
                }
            } catch (MidiFileException e) {
                continue; // counted by evaluate
            }
        }
        return pieces;
    }
}
