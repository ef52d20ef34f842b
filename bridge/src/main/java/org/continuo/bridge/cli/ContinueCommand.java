package org.continuo.bridge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.midi.AddedMusic;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.GridClip;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.roll.PianoRoll;
import org.continuo.engine.sample.PlaceRandom;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code continuo continue}: bars that go on from a clip. */
@Command(name = "continue", description = "Writes a MIDI file with the clip and music that goes on from it.")
final class ContinueCommand implements Callable<Integer> {
    private static final int USUAL_BARS = 8;
    private static final int MOST_BARS = 10_000;
    private static final int MOST_TOKENS = 10_000_000;
    private static final int MOST_TAKES = 100;

    /** Either so many bars or so many tokens. */
    static final class Length {
        @Option(names = "--bars", paramLabel = "N", description = "Bars to add (default " + USUAL_BARS + ").")
        private Integer bars;

        @Option(names = "--tokens", paramLabel = "N", description = "Tokens to add, then to the next bar line.")
        private Integer tokens;
    }

    @Parameters(paramLabel = "CLIP.mid", description = "The clip.")
    private Path clipFile;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT.mid",
            description = "Where the result goes; beside the clip unless given.")
    private Path output;

    @ArgGroup
    private Length length;

    @Option(names = "--seed", paramLabel = "N", description = "Makes the same take again; drawn unless given.")
    private Long seed;

    @Option(
            names = "--takes",
            paramLabel = "K",
            defaultValue = "1",
            description = "Makes K takes, numbered -1, -2, ...")
    private int takes;

    @Option(
            names = "--picture",
            paramLabel = "OUT.png",
            description = "Draws the piano roll: the clip, a line, what goes on.")
    private Path picture;

    @Option(names = "--json", description = "Prints one JSON object for each take.")
    private boolean json;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private ConditionOptions conditionOptions;

    @Mixin
    private SamplingOptions samplingOptions;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    ContinueCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        check("--takes", takes, MOST_TAKES);
        if (length != null) {
            check("--bars", length.bars, MOST_BARS);
            check("--tokens", length.tokens, MOST_TOKENS);
        }
        Sampling sampling = samplingOptions.sampling();
        int style = conditionOptions.style();
        OutputFiles files = new OutputFiles(clipFile, output, picture, takes);
        files.check();
        GridClip clip = ClipQuantizer.place(ClipReader.read(clipFile));
        clip.clip().remarks().forEach(remark -> say(clipFile.getFileName() + ": " + remark));
        if (clip.score().notes().isEmpty()) {
            throw new IOException(clipFile + " has no notes to go on from");
        }
        Prompt prompt = new Prompt(clip.score(), clip.joinTick());
        Set<Instrument> instruments =
                conditionOptions.instruments(prompt.score().instruments());
        Conditions conditions = Conditions.NONE.withStyle(style).withInstruments(instruments);
        long firstSeed = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
        try (NoteModel model = modelOption.load();
                Continuer continuer = new Continuer(model, prompt, instruments, conditions)) {
            for (int number = 1; number <= takes; number++) {
                // A derived seed has 31 bits like a drawn one: a take's seed alone makes it again.
                long takeSeed = number == 1 ? firstSeed : PlaceRandom.derive(firstSeed, number) >>> 33;
                Timed timed = play(continuer, prompt, sampling, takeSeed, number);
                write(files, number, clip, prompt, timed, model.folder().name());
            }
        }
        return 0;
    }

    private static void check(String option, Integer value, int most) throws UsageException {
        if (value != null && (value < 1 || value > most)) {
            throw new UsageException(option + " " + value + " is not 1.." + most);
        }
    }

    private Extent extent(Prompt prompt) {
        if (length != null && length.tokens != null) {
            return Extent.ofTokens(length.tokens);
        }
        return Extent.toBarLine(prompt.endAfter(length == null ? USUAL_BARS : length.bars));
    }

    private record Timed(Take take, double seconds) {}

    private Timed play(Continuer continuer, Prompt prompt, Sampling sampling, long takeSeed, int number) {
        Extent extent = extent(prompt);
        boolean byTokens = extent.endTick() == Integer.MAX_VALUE;
        int[] said = {0};
        long begun = System.nanoTime();
        try (ProgressBar bar = ProgressBar.onStandardError(
                takes == 1 ? "playing" : "playing take " + number,
                byTokens ? extent.tokens() : extent.endTick() - prompt.join())) {
            Take take = continuer.take(extent, sampling, takeSeed, tick -> {
                bar.show(byTokens ? ++said[0] : tick - prompt.join());
                return !interruption.requested();
            });
            if (!take.complete()) {
                throw new StoppedException();
            }
            return new Timed(take, (System.nanoTime() - begun) / 1e9);
        }
    }

    private void write(OutputFiles files, int number, GridClip clip, Prompt prompt, Timed timed, String modelName)
            throws IOException {
        Take take = timed.take;
        Path music = files.music(number);
        MidiWriter.write(music, clip, AddedMusic.continuing(take.notes(), prompt.meters(), prompt.join(), take.end()));
        Path roll = files.picture(number);
        if (roll != null) {
            List<Note> all = new ArrayList<>(prompt.score().notes());
            all.addAll(take.notes());
            String title = clipFile.getFileName() + ", continued (seed " + take.seed() + ", model " + modelName + ")";
            new PianoRoll(title, prompt.meters(), all, prompt.join(), take.end()).write(roll);
        }
        TakeReport report = new TakeReport(
                music,
                roll,
                prompt.barsTo(take.end()),
                take.notes().size(),
                take.tokens(),
                timed.seconds,
                take.seed(),
                modelName);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json() : report.line());
        out.flush();
    }

    private void say(String message) {
        spec.commandLine().getErr().println("continuo: " + message);
    }
}
