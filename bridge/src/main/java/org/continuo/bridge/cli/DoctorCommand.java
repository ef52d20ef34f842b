package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.continuo.bridge.doctor.Check;
import org.continuo.bridge.doctor.Examination;
import org.continuo.bridge.doctor.Finding;
import org.continuo.bridge.doctor.HostCacheCheck;
import org.continuo.bridge.doctor.JavaCheck;
import org.continuo.bridge.doctor.ModelCheck;
import org.continuo.bridge.doctor.PluginCheck;
import org.continuo.bridge.doctor.PortCheck;
import org.continuo.bridge.doctor.RealTimeCheck;
import org.continuo.bridge.doctor.RoundTripCheck;
import org.continuo.bridge.doctor.ScriptCheck;
import org.continuo.bridge.doctor.SocketCheck;
import org.continuo.bridge.doctor.SpeedCheck;
import org.continuo.bridge.doctor.Surroundings;
import org.continuo.bridge.net.SocketPath;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.bridge.panel.Panel;
import org.continuo.protocol.message.Limits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo doctor}: what is wrong with this installation, and what to do about it. Changes nothing. */
@Command(
        name = "doctor",
        description =
                "Looks at this installation and says what is wrong with it, and what to do. Exit code 1 where something"
                        + " must be mended.")
final class DoctorCommand implements Callable<Integer> {
    private static final String INSTALLED = "continuo.home";
    private static final String CHECKOUT = "continuo.checkout";

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description =
                    "Where the engine should listen; $" + SocketPath.VARIABLE + " unless given, else its usual place.")
    private Path socket;

    @Option(
            names = "--osc-port",
            paramLabel = "N",
            defaultValue = "" + Limits.UDP_PORT,
            description = "The UDP port for OSC (default ${DEFAULT-VALUE}).")
    private int oscPort;

    @Option(
            names = "--http-port",
            paramLabel = "N",
            defaultValue = "" + Panel.PORT,
            description = "The port of the panel (default ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Mixin
    private ModelOption modelOption;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    DoctorCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        for (int port : new int[] {oscPort, httpPort}) {
            if (port < 1 || port > 65_535) {
                throw new UsageException("port " + port + " is not 1..65535");
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> findings;
        try (ModelCheck model = new ModelCheck(modelOption::load)) {
            findings = Examination.of(checks(model), finding -> {
                interruption.check();
                if (!json) {
                    print(out, finding);
                }
            });
        }
        boolean green = Examination.isGreen(findings);
        if (json) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("green", green);
            figures.put("version", Version.line());
            figures.put("findings", findings.stream().map(DoctorCommand::words).toList());
            out.println(new ObjectMapper().writeValueAsString(figures));
        } else {
            long wrong = findings.stream()
                    .filter(finding -> finding.state() == Finding.State.WRONG)
                    .count();
            out.println(green ? "All is well." : wrong + " to mend.");
        }
        return green ? 0 : 1;
    }

    private List<Check> checks(ModelCheck model) throws Exception {
        Surroundings where = Surroundings.ofThisProcess();
        String version = Version.line();
        List<Check> checks = new ArrayList<>();
        checks.add(new JavaCheck(Runtime.version().feature(), where.system(), System.getProperty("os.arch")));
        checks.add(model);
        checks.add(new SocketCheck(socket == null ? SocketPath.usual() : socket, version));
        checks.add(new PortCheck(oscPort, httpPort));
        String home = System.getProperty(INSTALLED);
        checks.add(new PluginCheck(where, version.substring(version.indexOf(' ') + 1), home != null));
        Path scripts =
                home == null ? Path.of(System.getProperty(CHECKOUT, ""), "installers", "daw") : Path.of(home, "daw");
        checks.add(new ScriptCheck(where, scripts.toAbsolutePath()));
        checks.add(new HostCacheCheck(where));
        checks.add(new RealTimeCheck(OperatingSystem.current(), where.system()));
        checks.add(new RoundTripCheck(model));
        checks.add(new SpeedCheck(model, System::nanoTime));
        return checks;
    }

    private static Map<String, Object> words(Finding finding) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("check", finding.check());
        words.put("state", finding.state().name().toLowerCase(Locale.ROOT));
        words.put("found", finding.found());
        words.put("remedy", finding.remedy());
        return words;
    }

    private static void print(PrintWriter out, Finding finding) {
        String state = finding.state() == Finding.State.WRONG
                ? "WRONG"
                : finding.state().name().toLowerCase(Locale.ROOT);
        out.printf("%-5s  %-11s  %s%n", state, finding.check(), finding.found());
        if (finding.remedy() != null) {
            out.printf("       %11s  -> %s%n", "", finding.remedy());
        }
        out.flush();
    }
}
