package org.continuo.bridge.cli;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * How far long work has come, on standard error: a bar that redraws itself on a terminal, else a line every ten seconds.
 * Thread-safe.
 */
final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final PrintStream err;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final String what;
    private final long total;
    private long last;
    private boolean drawn;

    /** @param terminal whether {@code err} is shown on a terminal, where a line can be drawn over */
    ProgressBar(PrintStream err, boolean terminal, LongSupplier nanoTime, String what, long total) {
        this.err = err;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.what = what;
        this.total = Math.max(1, total);
        this.last = nanoTime.getAsLong();
    }

    /** On this process's standard error, which the launcher knows to be a terminal or not: Java cannot tell. */
    static ProgressBar onStandardError(String what, long total) {
        return new ProgressBar(System.err, Boolean.getBoolean("continuo.terminal"), System::nanoTime, what, total);
    }

    synchronized void show(long done) {
        long now = nanoTime.getAsLong();
        if (now - last < (terminal ? REDRAW_NANOS : LINE_NANOS)) {
            return;
        }
        last = now;
        drawn = true;
        long percent = Math.min(100, 100 * done / total);
        if (terminal) {
            int filled = (int) (WIDTH * percent / 100);
            err.print("\r" + what + " [" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + percent + "% ");
        } else {
            err.println(what + ": " + percent + "% (" + done + " of " + total + ")");
        }
    }

    /** Clears the bar. */
    @Override
    public synchronized void close() {
        if (terminal && drawn) {
            err.print("\r" + " ".repeat(what.length() + WIDTH + 10) + "\r");
        }
    }
}
