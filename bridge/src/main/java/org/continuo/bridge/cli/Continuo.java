package org.continuo.bridge.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line. Exit codes: 0 done, 1 it failed and says why in one line on standard error, 2 the call is wrong; 128
 * and the signal's number where a signal ended it, or where nobody reads what it says any more. Results go to standard
 * output, progress and messages to standard error.
 */
@Command(
        name = "continuo",
        description = "An instrument that plays along.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ContinueCommand.class,
            GenerateCommand.class,
            AccompanyCommand.class,
            HarmonizeCommand.class,
            ServeCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            JamCommand.class,
            TakesCommand.class,
            TokenizeCommand.class,
            StylesCommand.class,
            DoctorCommand.class,
            ClipCommand.class,
            LiveClipCommand.class
        })
public final class Continuo implements Runnable {
    /** As if SIGPIPE (13) had ended the process, which ends most tools whose reader goes; Java ignores it. */
    private static final int CLOSED_PIPE = 128 + 13;

    @Option(
            names = "--debug",
            hidden = true,
            scope = ScopeType.INHERIT,
            description = "Prints where in the program an error arose.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    private Continuo() {}

    public static void main(String[] arguments) {
        Interruption interruption = Interruption.onTermination();
        StandardOutput output = StandardOutput.install();
        int code = CommandLine.ExitCode.SOFTWARE;
        try {
            code = commandLine(interruption).execute(arguments);
            // What a stream could not write it keeps to itself until it is asked.
            boolean isLost = code == CommandLine.ExitCode.OK && System.out.checkError();
            if (isLost && output.hasNoReader()) {
                code = CLOSED_PIPE;
            } else if (isLost) {
                System.err.println("continuo: standard output could not be written to; what it was told is lost");
                code = CommandLine.ExitCode.SOFTWARE;
            }
        } catch (Error e) {
            // What picocli lets pass: no memory, no native library.
            System.err.println(Complaint.about(e));
        }
        System.exit(interruption.finished(code));
    }

    /** The whole command line, to be executed in tests as well. */
    static CommandLine commandLine(Interruption interruption) {
        Continuo continuo = new Continuo();
        CommandLine line = new CommandLine(continuo, new CommandFactory(interruption));
        line.setExecutionExceptionHandler((e, command, parsed) -> continuo.explain(e, command.getErr()));
        line.setParameterExceptionHandler((e, arguments) -> refuse(e));
        line.setUsageHelpAutoWidth(true);
        line.registerConverter(Bars.class, new Bars.Converter());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private int explain(Exception e, PrintWriter err) {
        err.println(Complaint.about(e));
        if (debug) {
            e.printStackTrace(err);
        }
        return e instanceof UsageException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    /** One line that says what is wrong with the call, and one where to look. */
    private static int refuse(ParameterException e) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(Complaint.about(e));
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
