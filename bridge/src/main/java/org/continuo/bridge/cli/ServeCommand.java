package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.continuo.bridge.live.Engine;
import org.continuo.bridge.net.SocketPath;
import org.continuo.bridge.net.Token;
import org.continuo.bridge.os.Grant;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.bridge.panel.Panel;
import org.continuo.engine.model.NoteModel;
import org.continuo.protocol.message.Limits;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo serve}: the engine for plugins, for OSC and for the panel, until a signal ends it. */
@Command(
        name = "serve",
        description = "Plays with plugins, with programs that speak OSC and with the panel, until it is told to stop.")
final class ServeCommand implements Callable<Integer> {
    /** How long a plugin that is loaded anew finds the engine that it started. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long CHECK_MILLIS = 250;
    private static final int ANY_PORT = 0;

    /** Either a port, or no OSC over UDP at all. */
    static final class Osc {
        @Option(
                names = "--osc-port",
                paramLabel = "N",
                description =
                        "UDP port for OSC, on this machine only (" + Limits.UDP_PORT + "; 0 for any that is free).")
        private Integer port;

        @Option(names = "--no-osc", description = "Opens no UDP port: every user of this machine can reach one.")
        private boolean none;
    }

    /** Either a port, or no panel at all. */
    static final class Http {
        @Option(
                names = "--http-port",
                paramLabel = "N",
                description = "Port of the panel, on this machine only (" + Panel.PORT + "; 0 for any that is free).")
        private Integer port;

        @Option(names = "--no-panel", description = "Serves no page.")
        private boolean none;
    }

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description =
                    "Where plugins find the engine; $" + SocketPath.VARIABLE + " unless given, else its usual place.")
    private Path socket;

    @ArgGroup
    private Osc osc;

    @ArgGroup
    private Http http;

    @Option(
            names = "--open",
            description = "Opens the panel in the browser; that of the engine that runs already, if one does.")
    private boolean open;

    @Option(names = "--leave", description = "Ends some seconds after the last client has gone.")
    private boolean leave;

    @Option(
            names = "--takes",
            paramLabel = "FOLDER",
            description = "Where what is captured is kept; ~/.continuo/takes unless given.")
    private Path takes;

    @Option(names = "--json", description = "Prints one JSON object when ready.")
    private boolean json;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private ContextOption contextOption;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    ServeCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        checkPort("--osc-port", osc == null ? null : osc.port);
        checkPort("--http-port", http == null ? null : http.port);
        if (open && http != null && http.none) {
            throw new UsageException("--open opens the panel, and --no-panel says that there is none");
        }
        Instant begun = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        Path path = socket == null ? SocketPath.usual() : socket;
        String running = open ? RunningPanel.address(path) : null;
        if (running != null) {
            if (running.isEmpty()) {
                throw new IOException("the engine that is listening at " + path + " has no panel; end it first");
            }
            say("an engine is already listening at " + path + "; its panel opens");
            show(running, running);
            return 0;
        }
        // Native calls take their time to be made ready, and the model another part of the processor.
        CompletableFuture<Grant> memory = CompletableFuture.supplyAsync(OperatingSystem.current()::keepMemory);
        boolean wellEnded;
        try (NoteModel model = modelOption.load(contextOption);
                Engine engine = new Engine(model, Version.line(), OperatingSystem.current(), this::say)) {
            Path kept = takes == null ? TakesCommand.usualFolder() : takes;
            engine.keepTakesIn(kept);
            engine.listen(path);
            listenForOsc(engine);
            try (Panel panel = panel(path, model, engine, kept)) {
                interruption.isTheEnd();
                say(memory.join().words());
                ready(
                        engine,
                        panel,
                        model,
                        Duration.between(begun, Instant.now()).toMillis());
                open(panel);
                engine.checkSound();
                while (!interruption.await(CHECK_MILLIS) && !(leave && isDeserted(engine, panel))) {
                    // Everything happens elsewhere.
                }
                wellEnded = engine.end() & (panel == null || panel.end());
            }
        }
        if (!wellEnded) {
            throw new IOException("the engine does not stop; it is ended as it is");
        }
        return 0;
    }

    /** The usual port may be another program's; a port that was asked for may not. */
    private void listenForOsc(Engine engine) throws IOException {
        if (osc != null && osc.none) {
            return;
        }
        boolean asked = osc != null && osc.port != null;
        try {
            engine.listenForOsc(asked ? osc.port : Limits.UDP_PORT);
        } catch (IOException e) {
            if (asked) {
                throw e;
            }
            say("no OSC over UDP: " + e.getMessage() + " with --osc-port");
        }
    }

    /** The same for the panel, but who wants it opened does not care at which port; null where there is none. */
    private Panel panel(Path socket, NoteModel model, Engine engine, Path kept) throws IOException {
        if (http != null && http.none) {
            return null;
        }
        boolean asked = http != null && http.port != null;
        Token key;
        try {
            key = Token.keptIn(socket.resolveSibling("panel.key"));
        } catch (IOException e) {
            if (asked || open) {
                throw e;
            }
            say("no panel: " + e.getMessage());
            return null;
        }
        try {
            return panel(asked ? http.port : Panel.PORT, key, model, engine, kept);
        } catch (IOException e) {
            if (asked) {
                throw e;
            }
            if (open) {
                return panel(ANY_PORT, key, model, engine, kept);
            }
            say("no panel: " + e.getMessage() + " with --http-port");
            return null;
        }
    }

    private static Panel panel(int port, Token key, NoteModel model, Engine engine, Path kept) throws IOException {
        return Panel.listen(port, key, Version.line(), model, engine, kept, OperatingSystem.current()::leaveToOthers);
    }

    private void open(Panel panel) {
        if (open && panel != null) {
            show(panel.addressToOpen(), panel.addressWithKey());
        }
    }

    private void show(String address, String byHand) {
        try {
            Browser.show(address);
        } catch (IOException e) {
            say("no browser opens (" + e.getMessage() + "); open " + byHand);
        }
    }

    private static boolean isDeserted(Engine engine, Panel panel) {
        return engine.emptyFor() > GRACE_NANOS && (panel == null || panel.emptyFor() > GRACE_NANOS);
    }

    private static void checkPort(String option, Integer port) throws UsageException {
        if (port != null && (port < 0 || port > 65_535)) {
            throw new UsageException(option + " " + port + " is not 0..65535");
        }
    }

    private void ready(Engine engine, Panel panel, NoteModel model, long millis) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("socket", engine.where());
            figures.put("osc_port", engine.oscPort());
            figures.put("panel", panel == null ? null : panel.addressWithKey());
            figures.put("model", model.folder().name());
            figures.put("ms_to_ready", millis);
            out.println(new ObjectMapper().writeValueAsString(figures));
        } else {
            out.println("ready at " + engine.where()
                    + (engine.oscPort() == null ? "" : ", OSC on UDP port " + engine.oscPort()) + ", model "
                    + model.folder().name() + ", after " + millis + " ms");
            if (panel != null) {
                out.println("panel at " + panel.addressWithKey());
            }
        }
        out.flush();
    }

    private void say(String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("continuo: " + message);
        err.flush();
    }
}
