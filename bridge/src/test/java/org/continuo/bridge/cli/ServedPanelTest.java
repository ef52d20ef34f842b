package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.continuo.bridge.live.EngineFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The panel of an engine that is a process of its own. */
@DisabledOnOs(OS.WINDOWS)
class ServedPanelTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private static HttpRequest takes(URI panel, String recipe) {
        String key = panel.getFragment().substring("key=".length());
        return HttpRequest.newBuilder(panel.resolve("/api/takes"))
                .timeout(PATIENCE)
                .header("Continuo-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(recipe))
                .build();
    }

    private byte[] take(URI panel, String recipe) throws Exception {
        String answer =
                client.send(takes(panel, recipe), BodyHandlers.ofString()).body();
        for (String line : answer.lines().toList()) {
            JsonNode event = JSON.readTree(line);
            if (event.get("event").asText().equals("finished")) {
                return event.get("clip").get("midi").binaryValue();
            }
        }
        throw new AssertionError("no take: " + answer);
    }

    private byte[] called(Object... words) throws Exception {
        Path out = Files.createTempFile(folder, "take", ".mid");
        Object[] call = new Object[words.length + 4];
        System.arraycopy(words, 0, call, 0, words.length);
        System.arraycopy(new Object[] {"--candidates", 1, "-o", out}, 0, call, words.length, 4);
        CalledContinuo called = CalledContinuo.with(call);
        assertEquals(0, called.code(), called.err());
        return Files.readAllBytes(out);
    }

    @Test
    void aTakeIsTheOneThatTheCommandLineMakes() throws Exception {
        try (ContinuoProcess engine = ContinuoProcess.serve(folder, "--no-osc", "--http-port", 0)) {
            URI panel = URI.create(engine.ready().get("panel").asText());
            assertArrayEquals(
                    called("generate", "--prompt", "rock-band", "--bars", 4, "--seed", 42),
                    take(panel, "{\"from\":{\"prompt\":\"rock-band\"},\"bars\":4,\"seed\":42}"));
            assertArrayEquals(
                    called("generate", "--style", "bach", "--tokens", 60, "--seed", 3, "--temperature", 1.1),
                    take(panel, "{\"style\":\"bach\",\"tokens\":60,\"seed\":3,\"temperature\":1.1}"));
            Path clip = folder.resolve("clip.mid");
            Files.write(clip, called("generate", "--prompt", "swan-lake", "--bars", 2, "--seed", 1));
            String midi = Base64.getEncoder().encodeToString(Files.readAllBytes(clip));
            assertArrayEquals(
                    called("continue", clip, "--bars", 2, "--seed", 5, "--instruments", "piano,cello", "--top-p", 0.9),
                    take(
                            panel,
                            "{\"from\":{\"midi\":\"" + midi
                                    + "\"},\"bars\":2,\"seed\":5,\"instruments\":[\"piano\",\"cello\"],\"topP\":0.9}"));
            engine.process.destroy();
            assertEquals(0, engine.exit(), engine.messages());
            engine.assertMessagesArePlain();
        }
    }

    @Test
    void aSignalInTheMiddleOfATakeEndsItAndThenTheProcessWithZero() throws Exception {
        try (ContinuoProcess engine = ContinuoProcess.serve(folder, "--no-osc", "--http-port", 0)) {
            URI panel = URI.create(engine.ready().get("panel").asText());
            HttpRequest request = takes(panel, "{\"from\":{\"prompt\":\"rock-band\"},\"bars\":256}");
            try (InputStream in =
                            client.send(request, BodyHandlers.ofInputStream()).body();
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                while (!line.startsWith("{\"event\":\"note\"")) {
                    line = lines.readLine();
                }
                engine.process.toHandle().destroy();
                String last = line;
                while (line != null) {
                    last = line;
                    line = lines.readLine();
                }
                assertEquals("{\"event\":\"failed\",\"error\":\"stopped\"}", last);
            }
            assertEquals(0, engine.exit(), engine.messages());
            engine.assertMessagesArePlain();
        }
    }

    @Test
    void theKeyOutlivesTheEngineAndWhoWantsNoPanelGetsNone() throws Exception {
        String key;
        try (ContinuoProcess engine = ContinuoProcess.serve(folder, "--no-osc", "--http-port", 0)) {
            key = URI.create(engine.ready().get("panel").asText()).getFragment();
        }
        try (ContinuoProcess engine = ContinuoProcess.serve(folder, "--no-osc", "--http-port", 0)) {
            assertEquals(key, URI.create(engine.ready().get("panel").asText()).getFragment());
        }
        try (ContinuoProcess engine = ContinuoProcess.serve(folder, "--no-osc", "--no-panel")) {
            assertTrue(engine.ready().get("panel").isNull());
        }
    }

    @Test
    void aPortThatCannotBeHadIsSaidInOneLine() throws Exception {
        for (List<Object> wrong : List.<List<Object>>of(
                List.of("--http-port", 70_000),
                List.of("--http-port", 1, "--no-panel"),
                List.of("--no-panel", "--open"))) {
            Object[] words = new Object[wrong.size() + 1];
            words[0] = "serve";
            System.arraycopy(wrong.toArray(), 0, words, 1, wrong.size());
            CalledContinuo called = CalledContinuo.with(words);
            assertEquals(2, called.code(), called.err());
            assertTrue(called.isPlain(), called.err());
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CalledContinuo busy = CalledContinuo.with(
                    "serve",
                    "--no-osc",
                    "--http-port",
                    taken.getLocalPort(),
                    "--socket",
                    folder.resolve("run").resolve("x.sock"));
            assertEquals(1, busy.code());
            assertTrue(busy.complainsInOneLine(), busy.err());
        }
    }

    @Test
    void thePanelOfAnEngineThatRunsAlreadyIsFound() throws Exception {
        Path socket;
        try (ContinuoProcess engine = ContinuoProcess.serve(folder, "--no-osc", "--http-port", 0)) {
            socket = Path.of(engine.ready().get("socket").asText());
            URI panel = URI.create(engine.ready().get("panel").asText());
            URI found = URI.create(RunningPanel.address(socket));
            assertEquals(panel.getPort(), found.getPort());
            HttpRequest visit = HttpRequest.newBuilder(found).timeout(PATIENCE).build();
            assertEquals(
                    "/#" + panel.getFragment(),
                    client.send(visit, BodyHandlers.discarding())
                            .headers()
                            .firstValue("location")
                            .orElse("nowhere"));
        }
        assertNull(RunningPanel.address(socket), "its engine has gone");
        try (ContinuoProcess engine = ContinuoProcess.serve(folder, "--no-osc", "--no-panel")) {
            assertEquals(
                    "",
                    RunningPanel.address(Path.of(engine.ready().get("socket").asText())));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theBrowserThatItStartsOutlivesACtrlCInItsTerminal() throws Exception {
        Path told = folder.resolve("told");
        Path opener = Files.createDirectory(folder.resolve("bin")).resolve("xdg-open");
        // Its session, the sixth word of its state: a terminal's Ctrl-C is heard in one session.
        Files.writeString(
                opener,
                "#!/bin/sh\ncut -d ' ' -f 6 /proc/$$/stat >'" + told + ".new'\nmv '" + told + ".new' '" + told + "'\n");
        Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwx------"));
        List<String> call = new ArrayList<>(List.of("env", "PATH=" + opener.getParent() + ":" + System.getenv("PATH")));
        Path socket = ContinuoProcess.socket(folder);
        call.addAll(ContinuoProcess.call(
                "-Xmx256m", "serve", "--json", "--no-osc", "--http-port", 0, "--open", "--socket", socket));
        try (ContinuoProcess engine = ContinuoProcess.start(folder, call)) {
            engine.ready();
            EngineFixture.await("the browser", () -> Files.exists(told));
            String session = Files.readString(Path.of("/proc", "" + engine.process.pid(), "stat"))
                    .split(" ")[5];
            assertNotEquals(session, Files.readString(told).strip());
        }
    }

    @Test
    void everySystemHasSomethingToShowAnAddressWith() {
        assertEquals(List.of("xdg-open", "a"), Browser.command("Linux", "a"));
        assertEquals(List.of("open", "a"), Browser.command("Mac OS X", "a"));
        assertEquals(List.of("rundll32", "url.dll,FileProtocolHandler", "a"), Browser.command("Windows 11", "a"));
    }
}
