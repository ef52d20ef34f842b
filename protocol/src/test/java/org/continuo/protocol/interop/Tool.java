package org.continuo.protocol.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another program that speaks OSC, where it is installed; a test that wants one which is not there is skipped. */
final class Tool {
    private Tool() {}

    /** Skips the test unless this call can be made and ends within a few seconds. */
    static void assumeInstalled(String... command) throws InterruptedException {
        boolean runs;
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // a Python without the package ends with 1
            boolean mustSucceed = command[command.length - 1].startsWith("import ");
            runs = process.waitFor(20, TimeUnit.SECONDS) && (!mustSucceed || process.exitValue() == 0);
            process.destroyForcibly();
        } catch (IOException e) {
            runs = false;
        }
        assumeTrue(runs, () -> "not installed: " + String.join(" ", command));
    }

    static Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        // Left by a test that hangs, it would keep Maven waiting for the end of the standard error that they share.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** Runs to the end with {@code input} on standard input; the lines of standard output. */
    static List<String> run(String input, String... command) throws IOException, InterruptedException {
        Process process = start(command);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(List.of(command) + " failed: " + output);
        }
        return output.lines().toList();
    }
}
