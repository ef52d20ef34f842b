package org.continuo.bridge.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.takes.Branch;
import org.continuo.engine.takes.TakeException;
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
        OutputFiles files = options.files(folder.resolve(fileName(tree, name)), "");
        List<Take> played = options.play(
                branch.opening(),
                name,
                LengthOptions.USUAL_BARS,
                files,
                spec.commandLine().getOut(),
                interruption);
        for (Take take : played) {
            int kept = TakeTree.change(folder, now -> branch.add(now, name, take.notes()))
                    .number();
            spec.commandLine().getErr().println("continuo: kept as take " + kept);
        }
        interruption.check();
        return 0;
    }

    /** Called as a capture's file is, by the number that comes next, so that none of an earlier take is written over. */
    private static String fileName(TakeTree tree, String name) throws TakeException {
        return String.format(Locale.ROOT, "%03d %s.mid", tree.nextNumber(), name);
    }
}
