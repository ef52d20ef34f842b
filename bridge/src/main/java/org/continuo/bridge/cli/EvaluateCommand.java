package org.continuo.bridge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.continuo.engine.chorale.Chorale;
import org.continuo.engine.corpus.Manifest;
import org.continuo.engine.evaluate.Evaluation;
import org.continuo.engine.evaluate.Listening;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.sample.Sampling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo evaluate}: how well the model foretells music. */
@Command(
        name = "evaluate",
        description = "Nats a note and a token on MIDI files. A folder with a manifest.tsv tells style and split.")
final class EvaluateCommand implements Callable<Integer> {
    private static final int MOST = 100_000;
    private static final int USUAL_TAKES = 200;
    private static final int USUAL_CLIPS = 24;
    private static final int USUAL_PAIRS = 200;

    @Mixin
    private PieceOptions pieceOptions;

    @Option(
            names = "--told",
            defaultValue = "RIGHT",
            description = "The style the model is told: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private Evaluation.Told told;

    @Option(
            names = "--context",
            paramLabel = "N",
            description = "Tokens of a window; as many as the model remembers unless given.")
    private Integer context;

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
        pieceOptions.check();
        TakeOptions.check("--takes", takes, MOST);
        TakeOptions.check("--accompany", accompany, MOST);
        TakeOptions.check("--critic", critic, MOST);
        TakeOptions.check("--listening", listening, MOST);
        TakeOptions.checkCandidates(candidates);
        StudyOptions.check(spec.commandLine().getParseResult());
        checkImpressions();
        Sampling sampling = samplingOptions.sampling();
        boolean choralesAlone = allFile == null && (choraleFile != null || harmonizeFile != null);
        if (pieceOptions.path() == null && !choralesAlone) {
            throw new UsageException("say what to evaluate: a MIDI file, a folder, or --chorales FILE");
        }
        if (pieceOptions.path() != null && choralesAlone) {
            throw new UsageException(pieceOptions.path() + " is not looked at with --chorales and --harmonize; leave it"
                    + " out, or ask for --all");
        }
        List<Manifest.Entry> entries = choralesAlone ? List.of() : pieceOptions.entries();
        try (NoteModel model = modelOption.load()) {
            Studies studies = new Studies(model, sampling, threads, interruption);
            if (allFile != null) {
                printFigures(model, everything(model, studies, entries));
            } else if (choralesAlone) {
                printFigures(model, chorales(studies, choraleFile, harmonizeFile));
            } else if (takes != null) {
                printFigures(
                        model,
                        Map.of(
                                "takes",
                                studies.takes(pieceOptions.base(), PieceOptions.shuffled(entries), takes, candidates)));
            } else if (accompany != null) {
                printFigures(
                        model,
                        Map.of(
                                "accompaniment",
                                studies.accompaniment(
                                        pieceOptions.base(), PieceOptions.shuffled(entries), accompany, candidates)));
            } else if (critic != null) {
                printFigures(
                        model, Map.of("critic", studies.critic(pieceOptions.base(), entries, critic, impressions)));
            } else if (listening != null) {
                return listen(model, entries);
            } else {
                Evaluation.Result result = score(model, entries);
                new LikelihoodReport(model.folder().name(), context, told)
                        .print(spec.commandLine().getOut(), result, json);
            }
        }
        return 0;
    }

    private void checkImpressions() throws UsageException, IOException {
        if (impressions == null) {
            return;
        }
        OutputFiles.checkPlace("--impressions", impressions);
        for (Path given : new Path[] {pieceOptions.path(), allFile, choraleFile, harmonizeFile}) {
            if (given != null && Files.exists(given)) {
                OutputFiles.checkIsNot("--impressions", impressions, given, "what is evaluated");
            }
        }
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
            result = new Evaluation(model, context, told, threads).score(pieceOptions.base(), entries, done -> {
                bar.show(done);
                return !interruption.requested();
            });
        }
        interruption.check();
        if (result.all().pieces() == 0) {
            throw new IOException(
                    pieceOptions.path() + ": no piece could be scored; " + result.refused() + " could not be read");
        }
        return result;
    }

    private Map<String, Object> chorales(Studies studies, Path scored, Path harmonized) throws Exception {
        Map<String, Object> figures = new LinkedHashMap<>();
        if (scored != null) {
            List<Chorale> chorales = pieceOptions.first(Studies.chorales(scored, pieceOptions.split(), except));
            figures.put("chorales", studies.choraleLikelihood(chorales));
        }
        if (harmonized != null) {
            List<Chorale> chorales = pieceOptions.first(Studies.chorales(harmonized, pieceOptions.split(), except));
            figures.put("harmonization", studies.harmonization(chorales, candidates));
        }
        return figures;
    }

    private Map<String, Object> everything(NoteModel model, Studies studies, List<Manifest.Entry> entries)
            throws Exception {
        Map<String, Object> figures = new LinkedHashMap<>();
        // The longest that cannot fail comes last: a wrong chorale file is told at once.
        figures.putAll(chorales(studies, allFile, allFile));
        figures.put("files", LikelihoodReport.figures(score(model, entries).all()));
        int usualTakes = takes == null ? USUAL_TAKES : takes;
        figures.put(
                "takes", studies.takes(pieceOptions.base(), PieceOptions.shuffled(entries), usualTakes, candidates));
        figures.put(
                "critic",
                studies.critic(pieceOptions.base(), entries, critic == null ? USUAL_PAIRS : critic, impressions));
        int clips = accompany == null ? USUAL_CLIPS : accompany;
        figures.put(
                "accompaniment",
                studies.accompaniment(pieceOptions.base(), PieceOptions.shuffled(entries), clips, candidates));
        return figures;
    }

    private void printFigures(NoteModel model, Map<String, Object> figures) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("model", model.folder().name());
        all.put("split", pieceOptions.split());
        all.putAll(figures);
        FigureReport.print(spec.commandLine().getOut(), all, json);
    }

    /** Where it is stopped, it tells of the clips that were accompanied. */
    private int listen(NoteModel model, List<Manifest.Entry> entries) throws Exception {
        List<Listening.Pair> pairs;
        try (ProgressBar bar = ProgressBar.onStandardError("accompanying", listening)) {
            pairs = new Listening(model, PerformerSettings.DEFAULT, interruption::requested)
                    .pairs(pieceOptions.base(), PieceOptions.shuffled(entries), listening, bar::show);
        }
        if (pairs.isEmpty()) {
            interruption.check();
            throw new IOException(pieceOptions.path() + " holds no two pieces to accompany: " + Listening.FEWEST_NOTES
                    + " notes in the first " + Listening.BARS + " bars, in one meter");
        }
        ListeningReport.print(spec.commandLine().getOut(), pairs, json);
        return 0;
    }
}
