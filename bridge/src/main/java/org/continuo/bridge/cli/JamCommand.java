package org.continuo.bridge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.continuo.bridge.jam.JamResult;
import org.continuo.bridge.jam.JamScript;
import org.continuo.bridge.jam.ScriptedJam;
import org.continuo.bridge.live.Engine;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.PerformerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo jam}: plays along without a plugin host. */
@Command(
        name = "jam",
        description = {
            "Plays along without a plugin host: with scripts, or with a MIDI keyboard and a synthesizer.",
            "Several scripts, or a folder of them, are told as a table of their figures."
        })
final class JamCommand implements Callable<Integer> {
    private static final String SUFFIX = ".jam";

    @Option(
            names = "--script",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Plays a script, or every .jam file of a folder.")
    private List<Path> scripts;

    @Option(names = "--real-time", description = "Plays scripts as long as they last; else as fast as it can.")
    private boolean realTime;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT.mid",
            description = "Writes the jam, both sides, as a MIDI file.")
    private Path output;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "The same jam again (default 1).")
    private long seed;

    @Option(names = "--json", description = "Prints one JSON object for each jam.")
    private boolean json;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private ContextOption contextOption;

    @Mixin
    private SamplingOptions samplingOptions;

    @Mixin
    private MidiOptions midi;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    JamCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        PerformerSettings settings =
                Engine.SETTINGS.withSampling(samplingOptions.sampling()).withSeed(seed);
        if (output != null) {
            OutputFiles.checkPlace("-o", output);
        }
        if (scripts == null) {
            if (realTime) {
                throw new UsageException("--real-time is for scripts; without one time is real anyway");
            }
            try (NoteModel model = modelOption.load(contextOption)) {
                return midi.jam(model, settings, output, json, spec.commandLine(), interruption);
            }
        }
        refuseWhatIsForAKeyboard();
        List<JamScript> jams = new ArrayList<>();
        for (Path file : files()) {
            JamScript jam = JamScript.read(file);
            refuseToWriteOver(file);
            for (Path clip : jam.clips()) {
                refuseToWriteOver(clip);
            }
            jams.add(jam);
        }
        if (output != null && jams.size() > 1) {
            throw new UsageException("-o " + output + " holds one jam, and there are " + jams.size());
        }
        try (NoteModel model = modelOption.load(contextOption)) {
            return play(jams, model, settings);
        }
    }

    /** A script says all of it for itself: what is asked for beside it would not be heard. */
    private void refuseWhatIsForAKeyboard() throws UsageException {
        for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
            if (given.userObject() instanceof Field field && field.getDeclaringClass() == MidiOptions.class) {
                throw new UsageException(
                        given.longestName() + " is for a keyboard; a script says it in a line of its own");
            }
        }
    }

    private void refuseToWriteOver(Path given) throws UsageException, IOException {
        if (output != null) {
            OutputFiles.checkIsNot("-o", output, given, "what the jam is made from");
        }
    }

    private List<Path> files() throws IOException, UsageException {
        List<Path> files = new ArrayList<>();
        for (Path script : scripts) {
            if (!Files.isDirectory(script)) {
                files.add(script);
                continue;
            }
            try (Stream<Path> inside = Files.list(script)) {
                inside.filter(file -> file.toString().endsWith(SUFFIX)).sorted().forEach(files::add);
            }
        }
        if (files.isEmpty()) {
            throw new UsageException("--script " + scripts.get(0) + ": there are no " + SUFFIX + " files in it");
        }
        return files;
    }

    private int play(List<JamScript> jams, NoteModel model, PerformerSettings settings) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        boolean table = jams.size() > 1 && !json;
        if (table) {
            out.println(JamReport.heading());
        }
        int code = 0;
        for (JamScript script : jams) {
            ScriptedJam jam = realTime
                    ? ScriptedJam.inRealTime(script, model, settings, OperatingSystem.current())
                    : ScriptedJam.onVirtualClock(script, model, settings);
            JamResult result = jam.play(() -> !interruption.requested());
            interruption.check();
            if (output != null) {
                result.write(output);
            }
            JamReport report = new JamReport(
                    result, script.expectations(), output, model.folder().name());
            if (json) {
                out.println(report.json());
            } else {
                if (!table) {
                    out.println(report.lines());
                }
                report.rows().forEach(out::println);
            }
            out.flush();
            String wrong = wrong(script, report);
            if (wrong != null) {
                code = 1;
                spec.commandLine().getErr().println("continuo: " + script.name() + ": " + wrong);
            }
        }
        return code;
    }

    /** Why a jam is not as its script has it; null where it is. */
    private static String wrong(JamScript script, JamReport report) {
        if (report.result().length() < script.length()) {
            return "the host stops at " + report.result().length() + " and nothing starts it there, so that its "
                    + script.length() + " quarters are never over";
        }
        return report.unmet().isEmpty()
                ? null
                : report.unmet().get(0).what() + " is not "
                        + report.unmet().get(0).bounds();
    }
}
