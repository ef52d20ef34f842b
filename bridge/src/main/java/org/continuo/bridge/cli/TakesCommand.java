package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.continuo.engine.midi.WholeFile;
import org.continuo.engine.takes.Take;
import org.continuo.engine.takes.TakeNote;
import org.continuo.engine.takes.TakeTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code continuo takes}: what was captured, and what became of it. */
@Command(
        name = "takes",
        description =
                "Lists what was captured: names it, writes it as a MIDI file, goes on from it, discards bars of it.",
        subcommands = TakesContinueCommand.class)
final class TakesCommand implements Callable<Integer> {
    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description = "Where the takes are; ~/.continuo/takes unless given.")
    private Path folder;

    @Option(names = "--json", description = "Prints one JSON object for each take.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** Where takes are kept unless the user says otherwise. */
    static Path usualFolder() {
        return Path.of(System.getProperty("user.home"), ".continuo", "takes");
    }

    Path folder() {
        return folder == null ? usualFolder() : folder;
    }

    /** The takes as they are, to be looked at. */
    TakeTree tree() throws IOException {
        if (!Files.isDirectory(folder())) {
            String missing = "nothing was captured yet: there is no folder " + folder();
            throw new IOException(
                    folder == null
                            ? missing + "; it comes with the first Capture of the plugin or the panel"
                            : missing);
        }
        return TakeTree.open(folder());
    }

    @Override
    public Integer call() throws Exception {
        TakeTree tree = tree();
        PrintWriter out = spec.commandLine().getOut();
        for (Take take : tree.takes()) {
            List<TakeNote> music = tree.music(take.number());
            out.println(json ? new ObjectMapper().writeValueAsString(figures(take, music)) : line(take, music));
        }
        for (String remark : tree.remarks()) {
            say(remark + "; it is left as it is");
        }
        if (tree.takes().isEmpty()) {
            say("nothing was captured yet into " + folder());
        }
        return 0;
    }

    private static String line(Take take, List<TakeNote> music) {
        String origin = take.parent() == 0 ? "" : ", goes on from bar " + (take.fromBar() + 1) + " of " + take.parent();
        String discarded = take.discarded().isEmpty() ? "" : ", without bars " + Bars.words(take.discarded());
        return String.format(
                Locale.ROOT,
                "%4d  %s: %d bars of %s, tempo %s, %d notes, %d of them Continuo's%s%s",
                take.number(),
                take.name(),
                bars(take, music),
                take.meter(),
                BigDecimal.valueOf(take.tempo())
                        .setScale(1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString(),
                music.size(),
                music.stream().filter(TakeNote::model).count(),
                origin,
                discarded);
    }

    private static int bars(Take take, List<TakeNote> music) {
        return music.isEmpty() ? 0 : take.bar(music.get(music.size() - 1)) + 1;
    }

    private static Map<String, Object> figures(Take take, List<TakeNote> music) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("number", take.number());
        figures.put("name", take.name());
        if (take.parent() != 0) {
            figures.put("parent", take.parent());
            figures.put("from_bar", take.fromBar() + 1);
        }
        figures.put("bars", bars(take, music));
        figures.put("meter", take.meter().toString());
        figures.put("tempo", take.tempo());
        figures.put("notes", music.size());
        figures.put("model_notes", music.stream().filter(TakeNote::model).count());
        figures.put("discarded", take.discarded().stream().map(bar -> bar + 1).toList());
        return figures;
    }

    @Command(name = "name", description = "Gives a take another name.")
    private int name(
            @Parameters(paramLabel = "TAKE", description = "Its number.") int number,
            @Parameters(paramLabel = "NAME", description = "Up to 100 characters.") String name)
            throws IOException {
        return change(tree -> tree.rename(number, name));
    }

    @Command(name = "export", description = "Writes a take as a MIDI file, with all that goes before it.")
    private int export(
            @Parameters(paramLabel = "TAKE", description = "Its number.") int number,
            @Parameters(paramLabel = "OUT.mid", description = "The file, overwritten where there is one.") Path file)
            throws IOException {
        WholeFile.write(file, tree().midi(number));
        spec.commandLine().getOut().println(file);
        return 0;
    }

    @Command(name = "discard", description = "Bars of a take are not heard any more; nothing is lost.")
    private int discard(
            @Parameters(paramLabel = "TAKE", description = "Its number.") int number,
            @Parameters(paramLabel = "BARS", description = "Such as 5 or 5-8, counted from 1.") Bars bars)
            throws IOException {
        return change(tree -> tree.discard(number, bars.from(), bars.to()));
    }

    @Command(name = "keep", description = "Bars that were discarded are heard again.")
    private int keep(
            @Parameters(paramLabel = "TAKE", description = "Its number.") int number,
            @Parameters(paramLabel = "BARS", description = "Such as 5 or 5-8, counted from 1.") Bars bars)
            throws IOException {
        return change(tree -> tree.keep(number, bars.from(), bars.to()));
    }

    @Command(name = "remove", description = "Removes a take for good; its MIDI file stays.")
    private int remove(@Parameters(paramLabel = "TAKE", description = "Its number.") int number) throws IOException {
        tree();
        TakeTree.change(folder(), tree -> {
            tree.remove(number);
            return number;
        });
        return 0;
    }

    /** Changes a take, and tells how it stands then. */
    private int change(TakeTree.Change<Take> change) throws IOException {
        tree();
        String line = TakeTree.change(folder(), tree -> {
            Take take = change.make(tree);
            return line(take, tree.music(take.number()));
        });
        spec.commandLine().getOut().println(line);
        return 0;
    }

    private void say(String message) {
        spec.commandLine().getErr().println("continuo: " + message);
    }
}
