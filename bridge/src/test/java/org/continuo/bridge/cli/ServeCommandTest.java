package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.continuo.bridge.live.PlayingClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The engine as a process of its own, and how it ends. */
@DisabledOnOs(OS.WINDOWS)
class ServeCommandTest {
    @TempDir
    Path folder;

    private void terminateWhilePlaying(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            try (ContinuoProcess engine = ContinuoProcess.serve(folder, "--no-osc")) {
                Path socket = Path.of(engine.ready().get("socket").asText());
                try (PlayingClient client = new PlayingClient(socket)) {
                    client.playUntilAnswered();
                    engine.process.toHandle().destroy();
                    assertEquals(0, engine.exit(), engine.messages());
                    assertEquals(0, client.soundingAfterTheEnd());
                }
                assertFalse(Files.exists(socket));
                engine.assertMessagesArePlain();
            }
        }
    }

    @Test
    void aSignalInTheMiddleOfGenerationEndsTheNotesAndThenTheProcessWithZero() throws Exception {
        terminateWhilePlaying(2);
    }

    @Test
    @Tag("full")
    void aSignalInTheMiddleOfGenerationEndsTheNotesAndThenTheProcessWithZeroThirtyTimes() throws Exception {
        terminateWhilePlaying(30);
    }

    @Test
    void itSaysWhenItIsReadyAndWhere() throws Exception {
        try (ContinuoProcess engine = ContinuoProcess.serve(folder, "--osc-port", 0)) {
            JsonNode ready = engine.ready();
            assertEquals("s", ready.get("model").asText());
            assertTrue(ready.get("osc_port").asInt() > 0);
            assertTrue(ready.get("ms_to_ready").asLong() > 0);
            assertTrue(Files.exists(Path.of(ready.get("socket").asText())));

            try (ContinuoProcess second = ContinuoProcess.serve(folder, "--no-osc")) {
                second.assertFailedInOneLine();
                assertTrue(second.messages().contains("already listening"), second.messages());
            }
            engine.process.destroy();
            assertEquals(0, engine.exit());
        }
    }

    @Test
    void whatCannotBeServedIsSaidInOneLine() throws Exception {
        CalledContinuo wrong = CalledContinuo.with("serve", "--osc-port", 70_000);
        assertEquals(2, wrong.code());
        assertTrue(wrong.complainsInOneLine(), wrong.err());
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            CalledContinuo busy = CalledContinuo.with(
                    "serve",
                    "--osc-port",
                    taken.getLocalPort(),
                    "--socket",
                    folder.resolve("run").resolve("x.sock"));
            assertEquals(1, busy.code());
            assertTrue(busy.complainsInOneLine(), busy.err());
        }
        CalledContinuo open = CalledContinuo.with("serve", "--socket", "/tmp/engine.sock");
        assertEquals(1, open.code());
        assertTrue(open.complainsInOneLine(), open.err());
    }
}
