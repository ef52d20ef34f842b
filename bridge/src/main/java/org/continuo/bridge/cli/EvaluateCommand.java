package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.continuo.engine.chorale.Chorale;
import org.continuo.engine.corpus.Manifest;
import org.continuo.engine.evaluate.Evaluation;
import org.continuo.engine.evaluate.Likelihood;
import org.continuo.engine.evaluate.Listening;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.sample.Sampling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code continuo evaluate}: how well the model foretells music. */
@Command(
        name = "evaluate",
        description = "Nats a note and a token on MIDI files. A folder with a manifest.tsv tells style and split.")
final class EvaluateCommand implements Callable<Integer> {
    private static final long SUBSET_SEED = 7;
    private static final int MOST = 100_000;
    private static final int USUAL_TAKES = 200;
    private static final int USUAL_CLIPS = 24;
    private static final int USUAL_PAIRS = 200;
    private static final List<String> SPLITS = List.of("train", "valid", "test");

    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            description = "A MIDI file, a folder of them, or a folder with a manifest.tsv.")
    private Path path;

    @Option(
            names = "--split",
            defaultValue = "test",
            description = "With a manifest: train, valid or test (default ${DEFAULT-VALUE}).")
    private String split;

    @Option(
            names = "--told",
            defaultValue = "RIGHT",
            description = "The style the model is told: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private Evaluation.Told told;

    @Option(names = "--style", paramLabel = "S", description = "Without a manifest: the files' style.")
    private String style;

    @Option(
            names = "--context",
            paramLabel = "N",
            description = "Tokens of a window; as many as the model remembers unless given.")
    private Integer context;

    @Option(names = "--pieces", paramLabel = "N", description = "Scores only so many pieces, chosen by a fixed seed.")
    private Integer pieces;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Pieces scored, or takes played, at once (default ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--listening",
            paramLabel = "CLIPS",
            description = "Instead: accompanies so many clips and tells how well that agrees with what was heard.")
    private Integer listening;

    @Option(
            names = "--takes",
            paramLabel = "N",
            description = "Instead: goes on from N pieces' beginnings and holds that against the pieces.")
    private Integer takes;

    @Option(
            names = "--accompany",
            paramLabel = "CLIPS",
            description = "Instead: makes bass and drums anew for so many pieces and holds them against the real ones.")
    private Integer accompany;

    @Option(
            names = "--critic",
            paramLabel = "N",
            description = "Instead: has the critic tell N pieces' own eight bars from the model's, beside likelihood.")
    private Integer critic;

    @Option(
            names = "--impressions",
            paramLabel = "FILE",
            description = "With --critic: writes down what the critic noticed, one pair a line (JSON).")
    private Path impressions;

    @Option(
            names = "--chorales",
            paramLabel = "FILE",
            description = "Instead: nats for each voice and sixteenth of four-part chorales (JSON).")
    private Path choraleFile;

    @Option(
            names = "--harmonize",
            paramLabel = "FILE",
            description = "Instead: harmonizes the sopranos of such chorales and compares with the composer.")
    private Path harmonizeFile;

    @Option(
            names = "--except",
            paramLabel = "n,n",
            split = ",",
            splitSynopsisLabel = "",
            description = "Chorales to leave out, counted from 0: those the model has learnt from.")
    private Set<Integer> except = Set.of();

    @Option(
            names = "--candidates",
            paramLabel = "K",
            defaultValue = "4",
            description = "Tries for each take; for each bar, to accompany and harmonize (default ${DEFAULT-VALUE}).")
    private int candidates;

    @Option(
            names = "--all",
            paramLabel = "CHORALES",
            description =
                    "Everything in one call, with usual sizes: files, chorales, 200 takes, the critic, accompaniments.")
    private Path allFile;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private SamplingOptions samplingOptions;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    EvaluateCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        if (threads < 1 || threads > 64) {
            throw new UsageException("--threads " + threads + " is not 1..64");
        }
        if (pieces != null && pieces < 1) {
            throw new UsageException("--pieces " + pieces + " is not 1 or more");
        }
        if (!SPLITS.contains(split)) {
            throw new UsageException("--split '" + split + "' is not one of " + String.join(", ", SPLITS));
        }
        TakeOptions.check("--takes", takes, MOST);
        TakeOptions.check("--accompany", accompany, MOST);
        TakeOptions.check("--critic", critic, MOST);
        TakeOptions.check("--listening", listening, MOST);
        TakeOptions.checkCandidates(candidates);
        Sampling sampling = samplingOptions.sampling();
        boolean choralesAlone = allFile == null && (choraleFile != null || harmonizeFile != null);
        if (path == null && !choralesAlone) {
            throw new UsageException("say what to evaluate: a MIDI file, a folder, or --chorales FILE");
        }
        if (path != null && Files.notExists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        List<Manifest.Entry> entries = choralesAlone ? List.of() : entries();
        if (entries.isEmpty() && !choralesAlone) {
            throw new IOException(path + " holds no MIDI files to score");
        }
        try (NoteModel model = modelOption.load()) {
            Studies studies = new Studies(model, sampling, threads, interruption);
            if (allFile != null) {
                printFigures(model, everything(model, studies, entries));
            } else if (choralesAlone) {
                printFigures(model, chorales(studies, choraleFile, harmonizeFile));
            } else if (takes != null) {
                printFigures(model, Map.of("takes", studies.takes(base(), shuffled(entries), takes, candidates)));
            } else if (accompany != null) {
                printFigures(
                        model,
                        Map.of(
                                "accompaniment",
                                studies.accompaniment(base(), shuffled(entries), accompany, candidates)));
            } else if (critic != null) {
                printFigures(model, Map.of("critic", studies.critic(base(), entries, critic, impressions)));
            } else if (listening != null) {
                return listen(model, entries);
            } else {
                print(score(model, entries), model.folder().name());
            }
        }
        return 0;
    }

    private Evaluation.Result score(NoteModel model, List<Manifest.Entry> entries) throws Exception {
        if (context == null) {
            context = model.shape().context();
        }
        if (context < 4 || context > model.shape().context()) {
            throw new UsageException(
                    "--context " + context + " is not 4.." + model.shape().context());
        }
        Evaluation.Result result;
        try (ProgressBar bar = ProgressBar.onStandardError("scoring", entries.size())) {
            result = new Evaluation(model, context, told, threads).score(base(), entries, done -> {
                bar.show(done);
                return !interruption.requested();
            });
        }
        interruption.check();
        if (result.all().pieces() == 0) {
            throw new IOException(path + ": no piece could be scored; " + result.refused() + " could not be read");
        }
        return result;
    }

    private Map<String, Object> chorales(Studies studies, Path scored, Path harmonized) throws Exception {
        Map<String, Object> figures = new LinkedHashMap<>();
        if (scored != null) {
            List<Chorale> chorales = first(Studies.chorales(scored, split, except));
            figures.put("chorales", studies.choraleLikelihood(chorales));
        }
        if (harmonized != null) {
            List<Chorale> chorales = first(Studies.chorales(harmonized, split, except));
            figures.put("harmonization", studies.harmonization(chorales, candidates));
        }
        return figures;
    }

    private List<Chorale> first(List<Chorale> chorales) {
        return chorales.subList(0, Math.min(chorales.size(), pieces == null ? chorales.size() : pieces));
    }

    private Map<String, Object> everything(NoteModel model, Studies studies, List<Manifest.Entry> entries)
            throws Exception {
        Map<String, Object> figures = new LinkedHashMap<>();
        // The longest that cannot fail comes last: a wrong chorale file is told at once.
        figures.putAll(chorales(studies, allFile, allFile));
        figures.put("files", figures(score(model, entries).all()));
        int usualTakes = takes == null ? USUAL_TAKES : takes;
        figures.put("takes", studies.takes(base(), shuffled(entries), usualTakes, candidates));
        figures.put("critic", studies.critic(base(), entries, critic == null ? USUAL_PAIRS : critic, impressions));
        int clips = accompany == null ? USUAL_CLIPS : accompany;
        figures.put("accompaniment", studies.accompaniment(base(), shuffled(entries), clips, candidates));
        return figures;
    }

    private static List<Manifest.Entry> shuffled(List<Manifest.Entry> entries) {
        List<Manifest.Entry> shuffled = new ArrayList<>(entries);
        Collections.shuffle(shuffled, new Random(SUBSET_SEED));
        return shuffled;
    }

    private void printFigures(NoteModel model, Map<String, Object> figures) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("model", model.folder().name());
        all.put("split", split);
        all.putAll(figures);
        FigureReport.print(spec.commandLine().getOut(), all, json);
    }

    private int listen(NoteModel model, List<Manifest.Entry> entries) throws Exception {
        Collections.shuffle(entries, new Random(SUBSET_SEED));
        List<Listening.Pair> pairs;
        try (ProgressBar bar = ProgressBar.onStandardError("accompanying", listening)) {
            pairs = new Listening(model, PerformerSettings.DEFAULT).pairs(base(), entries, listening, done -> {
                bar.show(done);
                return !interruption.requested();
            });
        }
        interruption.check();
        ListeningReport.print(spec.commandLine().getOut(), pairs, json);
        return 0;
    }

    private Path base() {
        return Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
    }

    private List<Manifest.Entry> entries() throws IOException, UsageException {
        List<Manifest.Entry> entries = new ArrayList<>();
        if (Files.isRegularFile(path.resolve(Manifest.FILE_NAME))) {
            Manifest.readShippable(path).stream()
                    .filter(entry -> entry.split().equals(split))
                    .forEach(entries::add);
        } else {
            int value = ConditionOptions.style(style);
            List<Integer> styles = value < 0 ? List.of() : List.of(value);
            for (Path file : midiFiles()) {
                entries.add(new Manifest.Entry(
                        base().toAbsolutePath()
                                .relativize(file.toAbsolutePath())
                                .toString(),
                        "",
                        "files",
                        split,
                        styles,
                        null));
            }
        }
        if (pieces != null && pieces < entries.size()) {
            Collections.shuffle(entries, new Random(SUBSET_SEED));
            return entries.subList(0, pieces);
        }
        return entries;
    }

    private List<Path> midiFiles() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.midi?"))
                    .sorted()
                    .toList();
        }
    }

    private void print(Evaluation.Result result, String modelName) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("model", modelName);
            figures.put("context", context);
            figures.put("stride", context - context / 4);
            figures.put("told", told.name().toLowerCase(Locale.ROOT));
            figures.put("all", figures(result.all()));
            figures.put("by_source", figures(result.bySource()));
            figures.put("by_style", figures(result.byStyle()));
            figures.put("refused", result.refused());
            out.println(new ObjectMapper().writeValueAsString(figures));
            return;
        }
        out.printf(
                "model %s, context %d, stride %d, style told: %s%n",
                modelName, context, context - context / 4, told.name().toLowerCase(Locale.ROOT));
        row(out, "all", result.all());
        result.byStyle().forEach((name, sum) -> row(out, name, sum));
        if (result.refused() > 0) {
            out.println(result.refused() + " files could not be read");
        }
    }

    private static void row(PrintWriter out, String name, Likelihood.Sum sum) {
        out.printf(
                Locale.ROOT,
                "%-14s %5d pieces %8d notes %7.3f nats a note %6.3f a token%n",
                name,
                sum.pieces(),
                sum.notes(),
                sum.natsPerNote(),
                sum.natsPerToken());
    }

    private static Map<String, Object> figures(Map<String, Likelihood.Sum> sums) {
        Map<String, Object> all = new LinkedHashMap<>();
        sums.forEach((name, sum) -> all.put(name, figures(sum)));
        return all;
    }

    private static Map<String, Object> figures(Likelihood.Sum sum) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("pieces", sum.pieces());
        figures.put("notes", sum.notes());
        figures.put("tokens", sum.tokens());
        figures.put("nats_per_note", sum.natsPerNote());
        figures.put("nats_per_token", sum.natsPerToken());
        return figures;
    }
}
