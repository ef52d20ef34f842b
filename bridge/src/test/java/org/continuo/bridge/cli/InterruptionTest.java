package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ends real processes; Windows has no signal that asks a process to end. */
@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {
    private static final int TERMINATED = 128 + 15;

    /** A program that works until it is told to stop, or for ever. */
    static final class Work {
        private Work() {}

        public static void main(String[] arguments) throws InterruptedException {
            Interruption interruption = Interruption.onTermination();
            interruption.check();
            System.out.println("working");
            boolean stubborn = arguments[0].equals("stubborn");
            while (stubborn || !interruption.requested()) {
                Thread.sleep(1);
            }
            System.out.println("tidied up");
            System.exit(interruption.finished(0));
        }
    }

    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldLetTheWorkEndBeforeTheProcessDoes() throws Exception {
        start("obedient");

        process.toHandle().destroy();

        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(TERMINATED, process.exitValue());
        assertTrue(new String(process.getInputStream().readAllBytes()).contains("tidied up"));
    }

    @Test
    void shouldEndOnTheSecondSignalWhateverTheWorkDoes() throws Exception {
        start("stubborn");

        process.toHandle().destroy();
        assertTrue(!process.waitFor(1, TimeUnit.SECONDS));
        process.toHandle().destroy();

        assertTrue(process.waitFor(3, TimeUnit.SECONDS));
        assertEquals(TERMINATED, process.exitValue());
    }

    @Test
    void shouldKeepTheCommandsExitCodeWhenNobodyInterrupts() {
        assertEquals(2, Interruption.never().finished(2));
    }

    @Test
    void shouldKnowNoSignalOfAnInventedName() {
        assertTrue(!Signals.handle("NONESUCH", number -> {}));
    }

    private void start(String temper) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Work.class.getName(),
                        temper)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // Its first line says that it handles signals by now.
        int first = process.getInputStream().read();
        assertEquals('w', first, "the process did not start");
    }
}
