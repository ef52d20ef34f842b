package org.continuo.engine.model;

/**
 * A daemon thread that reads a model. The runtime brings the Java machine down when a model is closed under a read, so whoever
 * is about to close one waits until its threads are gone, whatever interrupts him meanwhile.
 */
public final class ModelThread {
    private final Thread thread;

    /** Starts. What the task throws is its own to take care of. */
    public ModelThread(Runnable task, String name) {
        thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** For those who wake it. */
    public Thread thread() {
        return thread;
    }

    /** Blocks until it has ended. An interruption waits until then, and is not lost. */
    public void awaitEnd() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
