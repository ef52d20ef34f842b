package org.continuo.bridge.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Opening;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.critic.Choice;
import org.continuo.engine.midi.WholeFile;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo generate}: music from a starting prompt, or from nothing. */
@Command(
        name = "generate",
        description = "Writes a MIDI file of music that starts from a known opening, or from nothing.")
final class GenerateCommand implements Callable<Integer> {
    private static final String NONE = StartingPrompt.NOTHING;
    private static final String LIST = "list";
    private static final int USUAL_BARS = 16;
    private static final int USUAL_TEMPO = 120;
    private static final int SLOWEST = 10;
    private static final int FASTEST = 999;

    @Option(
            names = "--prompt",
            paramLabel = "NAME",
            defaultValue = NONE,
            description = "The opening; 'list' lists them (default ${DEFAULT-VALUE}).")
    private String promptName;

    @Option(
            names = "--meter",
            paramLabel = "N/D",
            description = "Without a prompt: the meter, such as 3/4 (default 4/4).")
    private String meter;

    @Option(names = "--tempo", paramLabel = "BPM", description = "Quarter notes a minute; the prompt's, or 120.")
    private Integer tempo;

    @ArgGroup
    private LengthOptions length;

    @Option(
            names = "--candidates",
            paramLabel = "K",
            defaultValue = "" + Choice.USUAL_CANDIDATES,
            description = "Tries for each take, of which the most natural is kept (default ${DEFAULT-VALUE}).")
    private int candidates;

    @Mixin
    private TakeOptions takeOptions;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private ConditionOptions conditionOptions;

    @Mixin
    private SamplingOptions samplingOptions;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    GenerateCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        if (promptName.equals(LIST)) {
            listPrompts(spec.commandLine().getOut());
            return 0;
        }
        takeOptions.check();
        TakeOptions.checkCandidates(candidates);
        if (length != null) {
            length.check();
        }
        Sampling sampling = samplingOptions.sampling();
        StartingPrompt start = start();
        Opening opening = Opening.of(start);
        int style = conditionOptions.style();
        OutputFiles files = takeOptions.files(Path.of(start.name() + ".mid"), "-generated");
        files.check();
        Prompt prompt = opening.prompt();
        Set<Instrument> asked = conditionOptions.instruments();
        Extent extent = LengthOptions.extent(length, prompt, USUAL_BARS);
        long[] seeds = takeOptions.seeds();
        TakePlayer player = new TakePlayer(interruption, seeds.length);
        try (NoteModel model = modelOption.load();
                Continuer continuer = new Continuer(model, prompt, opening.conditions(style, asked))) {
            List<TakePlayer.Timed> takes = player.ranked(continuer, prompt, extent, sampling, seeds, candidates);
            TakeWriter writer = takeOptions.writer(
                    files, spec, start.title(), model.folder().name());
            for (int i = 0; i < takes.size(); i++) {
                Take take = takes.get(i).take();
                int bars = prompt.barsTo(take.end());
                writer.write(
                        i + 1,
                        takes.get(i),
                        bars,
                        prompt.score(),
                        prompt.join(),
                        file -> WholeFile.write(file, opening.midi(take)));
            }
        }
        interruption.check();
        return 0;
    }

    private StartingPrompt start() throws UsageException {
        int beats = tempo == null ? USUAL_TEMPO : tempo;
        if (beats < SLOWEST || beats > FASTEST) {
            throw new UsageException("--tempo " + tempo + " is not " + SLOWEST + ".." + FASTEST);
        }
        if (promptName.equals(NONE)) {
            return StartingPrompt.nothing(meter(), beats);
        }
        if (meter != null) {
            throw new UsageException("--meter " + meter + " goes without a prompt; " + promptName + " has its own");
        }
        String name = promptName.toLowerCase(Locale.ROOT);
        if (!StartingPrompt.NAMES.contains(name)) {
            throw new UsageException("--prompt '" + promptName + "' is not known; '--prompt list' lists them");
        }
        StartingPrompt prompt = StartingPrompt.named(name);
        return tempo == null ? prompt : prompt.withTempo(beats);
    }

    private Meter meter() throws UsageException {
        if (meter == null) {
            return Meter.COMMON;
        }
        String[] parts = meter.matches("\\d{1,3}/\\d{1,3}") ? meter.split("/") : new String[] {"0", "0"};
        int numerator = Integer.parseInt(parts[0]);
        int denominator = Integer.parseInt(parts[1]);
        if (!Meter.isValid(numerator, denominator)) {
            throw new UsageException("--meter '" + meter + "' is none; write 4/4, 3/4, 6/8");
        }
        return new Meter(numerator, denominator);
    }

    private static void listPrompts(PrintWriter out) {
        for (String name : StartingPrompt.NAMES) {
            StartingPrompt prompt = StartingPrompt.named(name);
            out.printf(
                    "%-18s %s: %s, %d bars%n",
                    name,
                    prompt.title(),
                    String.join(
                            ", ",
                            prompt.score().instruments().stream()
                                    .map(Instrument::label)
                                    .toList()),
                    prompt.bars());
        }
    }
}
