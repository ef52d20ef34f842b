package org.continuo.bridge.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.midi.WholeFile;
import org.continuo.engine.takes.Branch;
import org.continuo.engine.takes.TakeTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code continuo takes continue}: bars that go on from a bar of a take, kept as a take of their own. */
@Command(
        name = "continue",
        description = "Goes on from a take, or from the bar line before one of its bars; what comes is a take as well.")
final class TakesContinueCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TAKE", description = "Its number.")
    private int number;

    @Option(
            names = "--from",
            paramLabel = "BAR",
            description = "The first bar that is played anew, counted from 1; the one after the take's last note"
                    + " unless given.")
    private Integer from;

    @Mixin
    private ContinuationOptions options;

    @ParentCommand
    private TakesCommand takes;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    TakesContinueCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        options.check();
        if (from != null && from < 1) {
            throw new UsageException("--from " + from + ": bars count from 1");
        }
        Path folder = takes.folder();
        TakeTree tree = takes.tree();
        Branch branch = from == null ? Branch.atTheEnd(tree, number) : Branch.at(tree, number, from - 1);
        String name = "take " + number + " from bar " + (branch.bar() + 1);
        OutputFiles files =
                options.files(new OutputFiles.Named(folder.resolve(TakeTree.midiName(tree.nextNumber(), name))));
        options.play(
                branch.opening(),
                name,
                LengthOptions.USUAL_BARS,
                files,
                (count, take, midi) -> keep(branch, name, take, midi, files.chosen(count)),
                spec.commandLine().getOut(),
                interruption);
        interruption.check();
        return 0;
    }

    /**
     * Adds a take to the tree and writes its file, both or neither.
     *
     * @param chosen where the user wants the file; null for beside the take
     */
    private Path keep(Branch branch, String name, Take take, byte[] midi, Path chosen) throws IOException {
        return TakeTree.change(takes.folder(), tree -> {
            int kept = branch.add(tree, name, take.notes()).number();
            Path file = chosen == null ? takes.folder().resolve(TakeTree.midiName(kept, name)) : chosen;
            WholeFile.write(file, midi);
            spec.commandLine().getErr().println("continuo: kept as take " + kept);
            return file;
        });
    }
}
