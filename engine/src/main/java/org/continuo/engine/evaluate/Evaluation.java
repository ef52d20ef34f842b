package org.continuo.engine.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.continuo.engine.corpus.Manifest;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiFileException;
import org.continuo.engine.model.Decoder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Style;

/**
 * Likelihood over many pieces, in all and by source and style. Style, instruments, meters and kind are given to the
 * model; key, density and bars left are not, as they would tell of the notes.
 */
public final class Evaluation {
    /** Which style the model is told. */
    public enum Told {
        /** The piece's own, the most specific. */
        RIGHT,
        /** Another one: the same for a piece on every run. */
        WRONG,
        /** None. */
        OPEN
    }

    /** Sums of all pieces, by source and by broad style; {@code refused} files could not be read. */
    public record Result(
            Likelihood.Sum all,
            Map<String, Likelihood.Sum> bySource,
            Map<String, Likelihood.Sum> byStyle,
            int refused) {}

    private record Scored(Manifest.Entry entry, Likelihood.Sum sum) {}

    private final NoteModel model;
    private final int context;
    private final Told told;
    private final int threads;

    /**
     * @param context tokens of one window
     * @param threads pieces scored at once, each with a cache of its own
     */
    public Evaluation(NoteModel model, int context, Told told, int threads) {
        this.model = model;
        this.context = context;
        this.told = told;
        this.threads = threads;
    }

    /**
     * Scores pieces. Blocks for minutes.
     *
     * @param folder that the entries' paths start from
     * @param goOn told the number of pieces done; false stops
     */
    public Result score(Path folder, List<Manifest.Entry> entries, IntPredicate goOn) throws InterruptedException {
        List<Manifest.Entry> shared = new ArrayList<>(entries);
        AtomicInteger next = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<Scored>>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(workers.submit(() -> work(folder, shared, next, refused, goOn)));
            }
            List<Scored> scored = new ArrayList<>();
            for (Future<List<Scored>> part : parts) {
                scored.addAll(part.get());
            }
            // Sums of doubles depend on their order: that of the pieces, whoever scored them.
            scored.sort(Comparator.comparing(one -> one.entry.path()));
            return sum(scored, refused.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            workers.shutdown();
        }
    }

    private List<Scored> work(
            Path folder, List<Manifest.Entry> entries, AtomicInteger next, AtomicInteger refused, IntPredicate goOn) {
        List<Scored> scored = new ArrayList<>();
        try (Decoder decoder = model.newDecoder()) {
            Likelihood likelihood = new Likelihood(decoder, context);
            for (int i = next.getAndIncrement(); i < entries.size(); i = next.getAndIncrement()) {
                Manifest.Entry entry = entries.get(i);
                try {
                    Score score = ClipQuantizer.quantize(ClipReader.read(folder.resolve(entry.path())));
                    if (!score.notes().isEmpty()) {
                        scored.add(new Scored(entry, likelihood.of(score, conditions(entry, score))));
                    }
                } catch (MidiFileException e) {
                    refused.incrementAndGet();
                }
                if (!goOn.test(Math.min(next.get(), entries.size()))) {
                    break;
                }
            }
        }
        return scored;
    }

    private Conditions conditions(Manifest.Entry entry, Score score) {
        int own = entry.style();
        int style =
                switch (told) {
                    case OPEN -> Conditions.OPEN;
                    case RIGHT -> own;
                    case WRONG -> other(own, entry.path());
                };
        return Conditions.NONE
                .withStyle(style)
                .withInstruments(score.instruments())
                .withKind(entry.kind());
    }

    private static int other(int own, String path) {
        if (own == Conditions.OPEN) {
            return own;
        }
        int styles = Style.NAMES.size();
        return (own + 1 + Math.floorMod(path.hashCode(), styles - 1)) % styles;
    }

    private static Result sum(List<Scored> scored, int refused) {
        Likelihood.Sum all = Likelihood.Sum.ZERO;
        Map<String, Likelihood.Sum> bySource = new TreeMap<>();
        Map<String, Likelihood.Sum> byStyle = new TreeMap<>();
        for (Scored one : scored) {
            int broad = one.entry.broadStyle();
            String style = broad == Conditions.OPEN ? "other" : Style.NAMES.get(broad);
            all = all.plus(one.sum);
            bySource.merge(one.entry.source(), one.sum, Likelihood.Sum::plus);
            byStyle.merge(style, one.sum, Likelihood.Sum::plus);
        }
        return new Result(all, bySource, byStyle, refused);
    }
}
