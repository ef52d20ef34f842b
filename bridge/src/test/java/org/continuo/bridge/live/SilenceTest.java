package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.continuo.bridge.net.IoThread;
import org.continuo.bridge.net.LocalEndpoint;
import org.continuo.bridge.net.NetCounters;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.PerformerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that say nothing, on a clock that the test turns. */
class SilenceTest {
    @TempDir
    Path folder;

    @Test
    void aSessionThatSaysNothingForTenSecondsIsClosedAndOneThatPingsIsNot() throws Exception {
        AtomicLong now = new AtomicLong(1);
        NetCounters counters = new NetCounters();
        Path socket = folder.resolve("run").resolve("engine.sock");
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"));
                IoThread io = new IoThread()) {
            Stage stage = new Stage(
                    model,
                    "continuo test",
                    PerformerSettings.DEFAULT,
                    new OperatingSystem.Unknown("test"),
                    io,
                    now::get,
                    counters,
                    line -> {});
            try (LocalEndpoint endpoint = LocalEndpoint.listen(socket, io, counters, stage);
                    ScriptedClient silent = ScriptedClient.in("song", endpoint.path());
                    ScriptedClient alive = ScriptedClient.in("song", endpoint.path());
                    ScriptedClient mute = new ScriptedClient(endpoint.path())) {
                for (int second = 1; second <= 12; second++) {
                    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
                    int number = second;
                    alive.say().ping(number);
                    alive.await("pong", () -> alive.heard("pong " + number));
                }
                silent.await("the end", silent::isClosed);
                mute.await("the end of one that never said hello", mute::isClosed);
                assertEquals(1, stage.sessions());
                assertEquals(2, alive.counter("sessions_silent"));
            } finally {
                assertTrue(stage.end());
            }
        }
    }
}
