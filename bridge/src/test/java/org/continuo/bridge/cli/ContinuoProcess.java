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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The command line as a process of its own, with signals, memory and disk of its own. Killed when it is closed. Every wait for
 * it has its limit, after which it says what the process does.
 */
final class ContinuoProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    final Process process;
    private final Path messages;
    private final CompletableFuture<String> firstLine = new CompletableFuture<>();

    private ContinuoProcess(Process process, Path messages) {
        this.process = process;
        this.messages = messages;
        // A read from a process knows no limit, so that it is done beside.
        Thread reader = new Thread(this::read, "reader of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                firstLine.complete(line);
            }
        } catch (IOException e) {
            // Closed, as it is when the process is destroyed.
        } finally {
            firstLine.complete(null);
        }
    }

    /** The words of a call of Java, run as it ships but for {@code heap}, such as "-Xmx256m". */
    static List<String> call(String heap, Object... words) {
        List<String> call = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("..", "installers", "java-options"),
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

    /** The first line that it says; null where it ended before. Blocks until then; asked again, it says the same. */
    String line() throws InterruptedException, ExecutionException {
        try {
            return firstLine.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("says nothing: " + messages() + threads(), e);
        }
    }

    /** What an engine says when it listens; null where it ended before. */
    JsonNode readyOrNot() throws IOException, InterruptedException, ExecutionException {
        String line = line();
        return line == null ? null : new ObjectMapper().readTree(line);
    }

    JsonNode ready() throws IOException, InterruptedException, ExecutionException {
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

    /** What its threads are at, as far as the JDK's jstack can tell. */
    private String threads() {
        try {
            Path dump = Files.createTempFile(messages.getParent(), "threads", "");
            Process jstack = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jstack")
                                    .toString(),
                            String.valueOf(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(dump.toFile())
                    .start();
            if (!jstack.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                jstack.destroyForcibly();
            }
            return "\n" + Files.readString(dump);
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    /** Waits for its end. */
    int exit() throws InterruptedException {
        assertTrue(
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "does not end: " + messages() + threads());
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
        process.descendants().forEach(ProcessHandle::destroyForcibly); // where a shell has started it
        process.destroyForcibly()
                .onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
