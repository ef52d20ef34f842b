package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.continuo.bridge.live.PlayingClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An engine that the system lets stand for seconds, as a closed lid or a debugger does, while its clients play on. */
@DisabledOnOs(OS.WINDOWS)
class StoppedEngineTest {
    @TempDir
    Path folder;

    @Test
    void anEngineThatStoodForSecondsPlaysOn() throws Exception {
        stand(3);
    }

    /** Longer than the silence after which a client is taken for gone. */
    @Test
    @Tag("full")
    void anEngineThatStoodForTwelveSecondsPlaysOnAndHasLostNobody() throws Exception {
        stand(12);
    }

    private void stand(int seconds) throws Exception {
        try (ContinuoProcess engine = ContinuoProcess.serve(folder, "--no-osc")) {
            engine.ready();
            try (PlayingClient client = new PlayingClient(ContinuoProcess.socket(folder))) {
                client.playUntilAnswered();
                engine.signal("STOP");
                client.playUnheard(seconds);
                engine.signal("CONT");
                client.playUntilPlannedAhead();
                assertFalse(client.isClosed(), engine.messages());
                engine.process.destroy();
                assertTrue(engine.process.waitFor(10, TimeUnit.SECONDS));
                assertEquals(0, client.soundingAfterTheEnd());
            }
            engine.assertMessagesArePlain();
        }
    }
}
