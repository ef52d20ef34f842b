package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.continuo.bridge.net.IoThread;
import org.continuo.bridge.net.LocalEndpoint;
import org.continuo.bridge.net.NetCounters;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.PerformerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine whose clock stands still, or jumps, while its clients play on in theirs. */
class ClockJumpTest {
    /** The machine's, unless told to stand or to be ahead of it. */
    private static final class TestClock implements LongSupplier {
        private long ahead;
        private long standsAt;
        private boolean stands;

        @Override
        public synchronized long getAsLong() {
            return stands ? standsAt : System.nanoTime() + ahead;
        }

        synchronized void stand() {
            standsAt = getAsLong();
            stands = true;
        }

        synchronized void goOn() {
            stands = false;
        }

        synchronized void jump(long seconds) {
            ahead += TimeUnit.SECONDS.toNanos(seconds);
        }
    }

    private interface Scene {
        void play(TestClock clock, Path socket, Stage stage) throws Exception;
    }

    @TempDir
    Path folder;

    private void with(Scene scene) throws Exception {
        TestClock clock = new TestClock();
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
                    clock,
                    counters,
                    line -> {});
            try (LocalEndpoint endpoint = LocalEndpoint.listen(socket, io, counters, stage)) {
                scene.play(clock, endpoint.path(), stage);
            } finally {
                assertTrue(stage.end());
            }
        }
    }

    private static ScriptedClient playing(Path socket) throws Exception {
        ScriptedClient client = ScriptedClient.in("song", socket);
        client.say().part(0, "piano", "musician");
        client.say().part(1, "bass", "model");
        client.play();
        client.say().noteOn(client.transport.performance, 0, 60, 90);
        client.playFor(2);
        return client;
    }

    private static void playsOn(ScriptedClient client) throws Exception {
        int before = client.revision();
        client.say().noteOff(client.transport.performance, 0, 60);
        client.say().noteOn(client.transport.performance, 0, 64, 90);
        client.playFor(2);
        assertFalse(client.isClosed());
        assertTrue(client.revision() > before, "plans no more");
        assertTrue(client.lastPlan().to() > client.transport.performance, "plans nothing ahead");
        assertFalse(client.heard("refused"), () -> client.words().toString());
    }

    private static void endsWithoutANote(Stage stage, ScriptedClient client) throws Exception {
        assertTrue(stage.end());
        client.await("the end", client::isClosed);
        assertEquals(Set.of(), StageTest.soundingAt(client.lastPlan().from(), client.plans()));
    }

    @Test
    void aClockThatStandsForSecondsAndGoesOnLosesNobodyAndLeavesNoNote() throws Exception {
        with((clock, socket, stage) -> {
            try (ScriptedClient client = playing(socket)) {
                clock.stand();
                client.playFor(4);
                clock.goOn();
                playsOn(client);
                endsWithoutANote(stage, client);
            }
        });
    }

    @Test
    void aClockThatJumpsAMinuteLosesNobodyWhoIsThere() throws Exception {
        with((clock, socket, stage) -> {
            try (ScriptedClient client = playing(socket);
                    ScriptedClient silent = ScriptedClient.in("song", socket)) {
                clock.jump(60);
                playsOn(client);
                silent.say().ping(1); // as it does every second
                client.playFor(5);
                assertFalse(silent.isClosed());
                clock.jump(60);
                client.playFor(8);
                assertTrue(silent.isClosed());
                assertFalse(client.isClosed());
                assertEquals(1, client.counter("sessions_silent"));
                endsWithoutANote(stage, client);
            }
        });
    }
}
