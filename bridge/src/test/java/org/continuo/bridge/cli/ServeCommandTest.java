package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    private Process serve(Object... more) throws IOException {
        List<String> call = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Continuo.class.getName(),
                "serve",
                "--json",
                "--socket",
                folder.resolve("run").resolve("engine.sock").toString()));
        for (Object word : more) {
            call.add(word.toString());
        }
        return new ProcessBuilder(call)
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private JsonNode ready(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        assertTrue(line != null, () -> "not ready: " + messages());
        return new ObjectMapper().readTree(line);
    }

    private String messages() {
        try {
            return Files.readString(folder.resolve("err"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void terminateWhilePlaying(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            Process process = serve("--no-osc");
            Path socket = Path.of(ready(process).get("socket").asText());
            try (PlayingClient client = new PlayingClient(socket)) {
                client.playUntilAnswered();
                process.toHandle().destroy();
                assertTrue(process.waitFor(10, TimeUnit.SECONDS));
                assertEquals(0, process.exitValue(), messages());
                assertEquals(0, client.soundingAfterTheEnd());
            }
            assertFalse(Files.exists(socket));
            assertTrue(messages().lines().allMatch(line -> line.startsWith("continuo: ")), messages());
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
        Process process = serve("--osc-port", 0);
        try {
            JsonNode ready = ready(process);
            assertEquals("s", ready.get("model").asText());
            assertTrue(ready.get("osc_port").asInt() > 0);
            assertTrue(ready.get("ms_to_ready").asLong() > 0);
            assertTrue(Files.exists(Path.of(ready.get("socket").asText())));

            Process second = serve("--no-osc");
            assertTrue(second.waitFor(20, TimeUnit.SECONDS));
            assertEquals(1, second.exitValue());
            assertTrue(messages().contains("already listening"), messages());
        } finally {
            process.destroy();
        }
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
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
