package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.continuo.bridge.bench.ReactionBenchmark;
import org.continuo.bridge.llama.LlamaBenchmark;
import org.continuo.engine.bench.Percentiles;
import org.continuo.engine.bench.PlayingBenchmark;
import org.continuo.engine.bench.StepBenchmark;
import org.continuo.engine.model.NoteModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo bench}: what the model costs on this machine. */
@Command(
        name = "bench",
        description = "Measures steps, prefill, sampling and playing speed. Let nothing else run meanwhile.")
final class BenchCommand implements Callable<Integer> {
    private static final int[] CONTEXTS = {128, 1024, 4095};
    private static final int PLAYED_TOKENS = 2000;
    private static final long REACTION_SEED = 3;

    private static final List<String> OF_STEPS = List.of("--runs", "--llama");
    private static final List<String> OF_REACTION = List.of("--notes");

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "400",
            description = "Steps measured at each length (default ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--reaction",
            description = "Measures instead how soon a note at the socket is in the plan, in real time.")
    private boolean reaction;

    @Option(
            names = "--notes",
            paramLabel = "N",
            defaultValue = "500",
            description = "Notes for --reaction (default ${DEFAULT-VALUE}).")
    private int notes;

    @Option(
            names = "--llama",
            paramLabel = "DIR",
            description = "Measures llama.cpp beside it: the same shape, random weights of 8 bits, in turns. Its"
                    + " libraries lie in DIR or below; for Linux on x64 this gets them:%n"
                    + "npm install --prefix DIR @node-llama-cpp/linux-x64@3.22.1")
    private Path llama;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private ContextOption contextOption;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    BenchCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        if (runs < 10 || runs > 100_000) {
            throw new UsageException("--runs " + runs + " is not 10..100000");
        }
        if (notes < 10 || notes > 100_000) {
            throw new UsageException("--notes " + notes + " is not 10..100000");
        }
        refuseWhatIsNotMeasured();
        if (reaction) {
            return react();
        }
        LlamaBenchmark besideLlama = llama == null ? null : new LlamaBenchmark(llama);
        try (NoteModel model = modelOption.load(contextOption)) {
            int last = model.shape().context() - 1;
            int[] contexts = Arrays.stream(CONTEXTS)
                    .map(c -> Math.min(c, last))
                    .distinct()
                    .toArray();
            StepBenchmark.Result steps = new StepBenchmark(System::nanoTime, 1).run(model, contexts, runs);
            PlayingBenchmark.Result playing = PlayingBenchmark.run(model, PLAYED_TOKENS, System::nanoTime);
            LlamaBenchmark.Result beside =
                    besideLlama == null ? null : besideLlama.run(model, contexts, runs, System::nanoTime);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                Map<String, Object> figures = new LinkedHashMap<>();
                figures.put("machine", machine());
                figures.put("steps", steps);
                figures.put("playing", playing);
                if (beside != null) {
                    figures.put("llama", beside);
                }
                out.println(new ObjectMapper()
                        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .writeValueAsString(figures));
            } else {
                print(out, steps, playing);
                if (beside != null) {
                    print(out, beside);
                }
            }
        }
        return 0;
    }

    /** What is asked for and would be left aside. */
    private void refuseWhatIsNotMeasured() throws UsageException {
        for (String option : reaction ? OF_STEPS : OF_REACTION) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new UsageException(option + (reaction ? " does not go with" : " is for") + " --reaction");
            }
        }
    }

    private int react() throws Exception {
        try (NoteModel model = modelOption.load(contextOption)) {
            ReactionBenchmark.Result result;
            try (ProgressBar bar = ProgressBar.onStandardError("playing", notes)) {
                result = new ReactionBenchmark(model, answered -> {
                            interruption.check();
                            bar.show(answered);
                        })
                        .run(notes, REACTION_SEED);
            }
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                Map<String, Object> figures = new LinkedHashMap<>();
                figures.put("machine", machine());
                figures.put("reaction_ms", result);
                out.println(new ObjectMapper().writeValueAsString(figures));
            } else {
                out.printf(
                        Locale.ROOT,
                        "%s, model %s at %d tokens, %d notes%nreaction in milliseconds: p50 %.2f, p90 %.2f, p99 %.2f, max"
                                + " %.2f; %d without an answer%n",
                        machine(),
                        result.model(),
                        result.context(),
                        result.notes(),
                        result.p50(),
                        result.p90(),
                        result.p99(),
                        result.max(),
                        result.lost());
            }
        }
        return 0;
    }

    private static String machine() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, Java "
                + Runtime.version().feature();
    }

    private static void print(PrintWriter out, StepBenchmark.Result steps, PlayingBenchmark.Result playing) {
        out.printf("%s, model %s (%s), one thread%n", machine(), steps.model(), steps.precision());
        out.printf("%-28s %8s %8s %8s%n", "milliseconds", "p50", "p90", "p99");
        for (StepBenchmark.AtLength at : steps.steps()) {
            row(out, "step after " + at.context() + " tokens", at.step());
            row(out, "  with the cache copied", at.copied());
        }
        row(out, "picking a token", steps.sample());
        out.printf(
                Locale.ROOT,
                "prefill of %d tokens: %.0f tokens/s%n",
                steps.prefillTokens(),
                steps.prefillTokensPerSecond());
        out.printf(Locale.ROOT, "garbage: %.0f bytes a step%n", steps.heapBytesPerStep());
        out.printf(
                Locale.ROOT,
                "four parts: %.0f tokens/s, %.1f times playing time (%d tokens a beat, 120 BPM)%n",
                playing.tokensPerSecond(),
                playing.timesPlayingTime(),
                PlayingBenchmark.TOKENS_PER_BEAT);
    }

    private static void print(PrintWriter out, LlamaBenchmark.Result beside) {
        out.printf("beside %s, %s, the same shape, in turns:%n", beside.library(), beside.precision());
        for (LlamaBenchmark.AtLength at : beside.steps()) {
            row(out, "step after " + at.context() + " tokens", at.ours());
            row(out, "  llama.cpp, " + at.attention(), at.llama());
            out.printf(Locale.ROOT, "%-28s %8.2f%n", "  ours over llama.cpp's", at.ratio());
        }
    }

    private static void row(PrintWriter out, String what, Percentiles percentiles) {
        out.printf(
                Locale.ROOT,
                "%-28s %8.3f %8.3f %8.3f%n",
                what,
                percentiles.p50() / 1000,
                percentiles.p90() / 1000,
                percentiles.p99() / 1000);
    }
}
