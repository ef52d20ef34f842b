package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line as a process of its own, with signals, memory and disk of its own. Killed when it is closed. */
final class ContinuoProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    final Process process;
    private final BufferedReader out;
    private final Path messages;

    private ContinuoProcess(Process process, Path messages) {
        this.process = process;
        this.out = process.inputReader();
        this.messages = messages;
    }

    /** The words of a call of Java with {@code heap}, such as "-Xmx256m". */
    static List<String> call(String heap, Object... words) {
        List<String> call = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                Continuo.class.getName()));
        Arrays.stream(words).map(Object::toString).forEach(call::add);
        return call;
    }

    /** @param folder gets a file with its messages */
    static ContinuoProcess start(Path folder, List<String> call) throws IOException {
        Path messages = Files.createTempFile(folder, "err", "");
        return new ContinuoProcess(
                new ProcessBuilder(call).redirectError(messages.toFile()).start(), messages);
    }

    /** An engine at {@code folder/run/engine.sock}. */
    static ContinuoProcess serve(Path folder, Object... more) throws IOException {
        List<Object> words = new ArrayList<>(List.of("serve", "--json", "--socket", socket(folder)));
        words.addAll(List.of(more));
        return start(folder, call("-Xmx256m", words.toArray()));
    }

    static Path socket(Path folder) {
        return folder.resolve("run").resolve("engine.sock");
    }

    /** What an engine says when it listens; null where it ended before. Blocks until then. */
    JsonNode readyOrNot() throws IOException {
        String line = out.readLine();
        return line == null ? null : new ObjectMapper().readTree(line);
    }

    JsonNode ready() throws IOException {
        JsonNode ready = readyOrNot();
        assertTrue(ready != null, () -> "not ready: " + messages());
        return ready;
    }

    String messages() {
        try {
            return Files.readString(messages);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Waits for its end. */
    int exit() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "does not end: " + messages());
        return process.exitValue();
    }

    void assertFailedInOneLine() throws InterruptedException {
        assertEquals(1, exit(), messages());
        assertEquals(1, messages().strip().lines().count(), messages());
        assertMessagesArePlain();
    }

    void assertMessagesArePlain() {
        String messages = messages();
        assertTrue(messages.lines().allMatch(line -> line.startsWith("continuo: ")), messages);
        assertFalse(messages.contains("Exception"), messages);
    }

    /** As by {@code kill -SIGNAL}. */
    void signal(String signal) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
