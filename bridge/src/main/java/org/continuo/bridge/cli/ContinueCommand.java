package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private static final int MOST_BARS = 10_000;
    private static final int MOST_TOKENS = 10_000_000;
    private static final int MOST_TAKES = 100;

    /** Either so many bars or so many tokens. */
    static final class Length {
        @Option(names = "--bars", paramLabel = "N", description = "Bars to add (default 8).")
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

    @Option(names = "--picture", paramLabel = "OUT.png", description = "Draws the piano roll of the first take.")
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
        checkNumbers();
        samplingOptions.sampling();
        int style = conditionOptions.style();
        conditionOptions.instruments(Set.of());
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
                long takeSeed = number == 1 ? firstSeed : PlaceRandom.derive(firstSeed, number) >>> 33;
                if (!writeTake(
                        continuer,
                        clip,
                        prompt,
                        takeSeed,
                        number,
                        model.folder().name())) {
                    throw new IOException("stopped; the take so far was not written");
                }
            }
        }
        return 0;
    }

    private void checkNumbers() throws UsageException {
        if (length != null) {
            check("--bars", length.bars, MOST_BARS);
            check("--tokens", length.tokens, MOST_TOKENS);
        }
        check("--takes", takes, MOST_TAKES);
        Path folder = output == null ? null : output.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException("-o " + output + ": there is no folder " + folder);
        }
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
        return Extent.toBarLine(prompt.endAfter(length == null ? 8 : length.bars));
    }

    /** Makes, writes and reports one take; false if it was stopped on the way. */
    private boolean writeTake(
            Continuer continuer, GridClip clip, Prompt prompt, long takeSeed, int number, String modelName)
            throws Exception {
        Extent extent = extent(prompt);
        boolean byTokens = extent.endTick() == Integer.MAX_VALUE;
        long begun = System.nanoTime();
        Take take;
        try (ProgressBar bar = ProgressBar.onStandardError(
                takes == 1 ? "playing" : "playing take " + number,
                byTokens ? extent.tokens() : extent.endTick() - prompt.join())) {
            int[] said = {0};
            take = continuer.take(extent, samplingOptions.sampling(), takeSeed, tick -> {
                bar.show(byTokens ? ++said[0] : tick - prompt.join());
                return !interruption.requested();
            });
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (!take.complete()) {
            return false;
        }
        Path file = outputFile(number);
        MidiWriter.write(file, clip, AddedMusic.continuing(take.notes(), prompt.meters(), prompt.join(), take.end()));
        if (picture != null && number == 1) {
            List<Note> all = new ArrayList<>(prompt.score().notes());
            all.addAll(take.notes());
            String title = clipFile.getFileName() + ", continued (seed " + takeSeed + ", model " + modelName + ")";
            new PianoRoll(title, prompt.meters(), all, prompt.join(), take.end()).write(picture);
        }
        report(prompt, take, seconds, file, modelName);
        return true;
    }

    private Path outputFile(int number) {
        String suffix = takes == 1 ? "" : "-" + number;
        if (output == null) {
            return clipFile.resolveSibling(stem(clipFile) + "-continued" + suffix + ".mid");
        }
        return takes == 1 ? output : output.resolveSibling(stem(output) + suffix + ".mid");
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("(?i)\\.midi?$", "");
    }

    private void report(Prompt prompt, Take take, double seconds, Path file, String modelName) throws IOException {
        int bars = prompt.meters().barAt(take.end() - 1) + 1 - prompt.meters().barAt(prompt.join());
        long rate = Math.round(take.tokens() / seconds);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("file", file.toString());
            figures.put("bars", bars);
            figures.put("notes", take.notes().size());
            figures.put("tokens", take.tokens());
            figures.put("seconds", Math.round(seconds * 1000) / 1000.0);
            figures.put("tokens_per_second", rate);
            figures.put("seed", take.seed());
            figures.put("model", modelName);
            out.println(new ObjectMapper().writeValueAsString(figures));
        } else {
            out.printf(
                    Locale.ROOT,
                    "%s: %d bars, %d notes, %d tokens in %.2f s (%d tokens/s), seed %d, model %s%n",
                    file,
                    bars,
                    take.notes().size(),
                    take.tokens(),
                    seconds,
                    rate,
                    take.seed(),
                    modelName);
        }
        out.flush();
    }

    private void say(String message) {
        spec.commandLine().getErr().println("continuo: " + message);
    }
}
