package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.continuo.bridge.live.PlayingClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Engines that want the same socket: at once, or one after another that was killed. */
@DisabledOnOs(OS.WINDOWS)
class RivalEnginesTest {
    @TempDir
    Path folder;

    @Test
    void ofTwoEnginesThatStartAtOnceOneServesAndTheOtherSaysSo() throws Exception {
        race(1);
    }

    @Test
    @Tag("full")
    void ofTwoEnginesThatStartAtOnceOneServesAndTheOtherSaysSoTwentyTimes() throws Exception {
        race(20);
    }

    private void race(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            try (ContinuoProcess one = ContinuoProcess.serve(folder, "--no-osc");
                    ContinuoProcess other = ContinuoProcess.serve(folder, "--no-osc")) {
                List<ContinuoProcess> ready = new ArrayList<>();
                List<ContinuoProcess> refused = new ArrayList<>();
                for (ContinuoProcess engine : List.of(one, other)) {
                    (engine.readyOrNot() != null ? ready : refused).add(engine);
                }
                assertEquals(1, ready.size(), "race " + i + ": " + one.messages() + other.messages());
                refused.get(0).assertFailedInOneLine();
                assertTrue(
                        refused.get(0).messages().contains("already listening"),
                        "race " + i + ": " + refused.get(0).messages());
                answers();
                ready.get(0).process.destroy();
                assertEquals(0, ready.get(0).exit(), ready.get(0).messages());
            }
        }
    }

    @Test
    void aKilledEnginesSocketIsTakenOverByTheNext() throws Exception {
        kill(1);
    }

    @Test
    @Tag("full")
    void aKilledEnginesSocketIsTakenOverByTheNextTwentyTimes() throws Exception {
        kill(20);
    }

    private void kill(int times) throws Exception {
        for (int i = 0; i <= times; i++) {
            try (ContinuoProcess engine = ContinuoProcess.serve(folder, "--no-osc")) {
                engine.ready();
                engine.assertMessagesArePlain();
                answers();
                engine.signal("KILL");
                engine.exit();
                assertTrue(Files.exists(ContinuoProcess.socket(folder)), "the next finds a stale socket");
            }
        }
    }

    private void answers() throws Exception {
        try (PlayingClient client = new PlayingClient(ContinuoProcess.socket(folder))) {
            client.playUntilAnswered();
            assertTrue(client.isAnswered());
        }
    }
}
