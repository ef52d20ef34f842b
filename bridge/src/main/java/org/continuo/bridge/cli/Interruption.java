package org.continuo.bridge.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks a long command to stop when the process is told to end (Ctrl-C, SIGTERM), and holds the end back until it has: the
 * Java machine must not go down while ONNX Runtime computes. Thread-safe.
 */
public final class Interruption {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;

    /** One that nobody ever requests, for tests. */
    static Interruption never() {
        return new Interruption();
    }

    /** One that is requested when the process is told to end. */
    static Interruption onTermination() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::stopAndWait, "stop"));
        return interruption;
    }

    private void stopAndWait() {
        requested = true;
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether to stop as soon as possible. Cheap enough to ask after each token. */
    boolean requested() {
        return requested;
    }

    /** Says that no model computes any more. */
    void finished() {
        finished.countDown();
    }
}
