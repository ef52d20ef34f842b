package org.continuo.bridge.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line. Exit codes: 0 done, 1 it failed and says why in one line on standard error, 2 the call is wrong.
 * Results go to standard output, progress and messages to standard error.
 */
@Command(
        name = "continuo",
        description = "An instrument that plays along.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        subcommands = {ContinueCommand.class, EvaluateCommand.class, TokenizeCommand.class, StylesCommand.class})
public final class Continuo implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        Interruption interruption = Interruption.onTermination();
        int code = commandLine(interruption).execute(arguments);
        interruption.finished();
        System.exit(code);
    }

    /** The whole command line, to be executed in tests as well. */
    static CommandLine commandLine(Interruption interruption) {
        CommandLine line = new CommandLine(new Continuo(), new CommandFactory(interruption));
        line.setExecutionExceptionHandler(Continuo::explain);
        line.setUsageHelpAutoWidth(true);
        return line;
    }

    /** One line for the user, whatever went wrong. */
    private static int explain(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (e instanceof UsageException) {
            err.println("continuo: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        String message = e.getMessage() == null || e.getMessage().isBlank() ? e.toString() : e.getMessage();
        err.println("continuo: " + message.replaceAll("\\s+", " "));
        if (System.getenv("CONTINUO_DEBUG") != null) {
            e.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command: say what to do");
    }
}
