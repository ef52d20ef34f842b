package org.continuo.bridge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.continuo.bridge.live.Engine;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.NoteModel;

/**
 * A key is struck and the model answers, all the way: through the plugin's core where it is at hand, else through a plain
 * client at the socket. With an engine of its own in a folder of its own, whatever else plays here.
 */
public final class RoundTripCheck implements Check {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final ModelCheck model;

    /** @param model that has been looked at before */
    public RoundTripCheck(ModelCheck model) {
        this.model = model;
    }

    @Override
    public String name() {
        return "round trip";
    }

    @Override
    public List<Finding> look() throws IOException, InterruptedException {
        NoteModel loaded = model.model();
        if (loaded == null) {
            return List.of(Finding.note(name(), "not tried, for want of a model", "mend the model first"));
        }
        Path folder = Files.createTempDirectory("continuo-doctor");
        Path socket = folder.resolve("run").resolve("engine.sock");
        try (Engine engine = new Engine(loaded, "continuo doctor", OperatingSystem.current(), line -> {})) {
            engine.listen(socket);
            return List.of(through(socket));
        } finally {
            Files.deleteIfExists(socket.resolveSibling(socket.getFileName() + ".lock"));
            Files.deleteIfExists(socket.getParent());
            Files.deleteIfExists(folder);
        }
    }

    private Finding through(Path socket) throws IOException, InterruptedException {
        String way = "the plugin's core";
        long nanos;
        try {
            nanos = ShimHost.firstNote(socket, PATIENCE_NANOS);
        } catch (LinkageError e) {
            way = "the socket (no libcontinuo_shim here)";
            nanos = SocketHost.firstPlan(socket, PATIENCE_NANOS);
        }
        return nanos < 0
                ? Finding.wrong(
                        name(),
                        "no note of the model's came back through " + way + " within " + PATIENCE_NANOS / 1_000_000_000L
                                + " s",
                        "run continuo serve and read what it says; if it says nothing, install Continuo again")
                : Finding.fine(
                        name(),
                        "a note of the model's through " + way + ", " + nanos / 1_000_000 + " ms after the start");
    }
}
