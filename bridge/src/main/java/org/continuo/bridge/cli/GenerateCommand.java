package org.continuo.bridge.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.continuo.engine.continuation.Opening;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;
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
    static final int USUAL_BARS = 16;
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

    @Mixin
    private ContinuationOptions options;

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
        options.check();
        StartingPrompt start = start();
        OutputFiles files = options.files(new OutputFiles.Named(usualFile(start, options.styleName())));
        options.play(
                Opening.of(start),
                start.title(),
                USUAL_BARS,
                files,
                files::write,
                spec.commandLine().getOut(),
                interruption);
        interruption.check();
        return 0;
    }

    /** Where the music goes unless the user says: it is named after its prompt, or without one after the style. */
    static Path usualFile(StartingPrompt start, String style) {
        String name = !start.name().equals(NONE) ? start.name() : style != null ? style : "music";
        return Path.of(name + "-generated.mid");
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
        Meter told = meter == null ? Meter.COMMON : Meter.of(meter);
        if (told == null) {
            throw new UsageException("--meter '" + meter + "' is none; write 4/4, 3/4, 6/8");
        }
        return told;
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
