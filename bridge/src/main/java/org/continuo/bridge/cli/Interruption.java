package org.continuo.bridge.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks a long command to stop when the process is told to end (Ctrl-C, SIGTERM, SIGHUP), and holds the end back until it
 * has: the Java machine must not go down while ONNX Runtime computes. A command that does not stop in time, and a second
 * signal, end the process on the spot. Thread-safe.
 */
public final class Interruption {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static final int EXIT_CODE_OF_SIGNAL = 128;
    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch requests = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private boolean isTheEnd;
    private int exitCode;
    private volatile boolean requested;

    private Interruption() {}

    /** One that nobody ever requests, for tests. */
    static Interruption never() {
        return new Interruption();
    }

    /** One that is requested when the process is told to end. */
    static Interruption onTermination() {
        Interruption interruption = new Interruption();
        SIGNALS.forEach(name -> Signals.handle(name, interruption::stop));
        return interruption;
    }

    private void stop(int signal) {
        if (!request(EXIT_CODE_OF_SIGNAL + signal)) {
            halt();
        }
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                halt();
            }
        } catch (InterruptedException e) {
            halt();
        }
    }

    /** Notes the request; false if there was one before. */
    private synchronized boolean request(int code) {
        boolean first = !requested;
        if (first) {
            exitCode = code;
            requested = true;
            requests.countDown();
        }
        return first;
    }

    /** Ends the process without the shutdown hooks, which are safe only when no model computes. */
    private synchronized void halt() {
        Runtime.getRuntime().halt(exitCode);
    }

    /** Whether to stop as soon as possible. Cheap enough to ask after each token. */
    boolean requested() {
        return requested;
    }

    /** For a command that nothing else ends: the signal is no failure, and the process ends with the command's own code. */
    synchronized void isTheEnd() {
        isTheEnd = true;
    }

    /** Waits for the request; whether it has come. Blocks for at most so long. */
    boolean await(long millis) throws InterruptedException {
        return requests.await(millis, TimeUnit.MILLISECONDS);
    }

    /** For work that cannot be told to stop in another way. */
    void check() throws StoppedException {
        if (requested) {
            throw new StoppedException();
        }
    }

    /**
     * Says that no model computes any more.
     *
     * @param code what the command ended with
     * @return what the process is to end with: a signal's own code where one came before the work was done
     */
    synchronized int finished(int code) {
        finished.countDown();
        return requested && !isTheEnd ? exitCode : code;
    }
}
