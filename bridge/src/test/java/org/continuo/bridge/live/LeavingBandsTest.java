package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.Reason;
import org.junit.jupiter.api.Test;

/** Bands that their last session has left, and whose threads have yet to end. */
class LeavingBandsTest extends EngineFixture {
    private static void hold(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether the engine lets somebody into a band of this name, who then leaves. */
    private static boolean letsIn(String band, Path socket) throws Exception {
        try (ScriptedClient client = new ScriptedClient(socket)) {
            client.say().hello(Limits.VERSION, "test", band, "");
            client.await(
                    "an answer",
                    () -> client.heard("welcome") || client.heard("refused /continuo/hello " + Reason.FULL.text()));
            return client.heard("welcome");
        }
    }

    @Test
    void bandsThatAreLeftTakeRoomUntilTheirThreadsHaveEnded() throws Exception {
        Path place = folder.resolve("slow").resolve("engine.sock");
        CountDownLatch hurdle = new CountDownLatch(1);
        // A band's thread says what priority it has got; until that is taken, it goes no further.
        Engine slow = new Engine(model, "slow", new OperatingSystem.Unknown("test"), line -> hold(hurdle));
        try {
            slow.listen(place);
            for (int i = 0; i < 2 * Band.MOST; i++) {
                assertTrue(letsIn("band " + i, place), "band " + i);
                while (slow.stage().sessions() > 0) {
                    Thread.sleep(1);
                }
            }
            assertTrue(!letsIn("one too many", place), "there is no bound");
            hurdle.countDown();
            for (long end = System.nanoTime() + 20_000_000_000L; !letsIn("later", place); Thread.sleep(50)) {
                assertTrue(System.nanoTime() < end, "no room again");
            }
        } finally {
            hurdle.countDown();
            assertTrue(slow.end(), "a band did not stop");
        }
    }
}
