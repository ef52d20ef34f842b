package org.continuo.bridge.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.continuo.bridge.jam.JamResult;
import org.continuo.engine.midi.MidiFileException;

/** The file that a jam is captured in while it is played: written on a thread of its own, so that no disk holds up the music. */
final class JamFile implements AutoCloseable {
    private final Path output;
    private final PrintWriter said;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "continuo-capture"));
    private volatile boolean written;

    /**
     * @param output null where nothing is to be kept
     * @param said told of each capture, and of what went wrong
     */
    JamFile(Path output, PrintWriter said) {
        this.output = output;
        this.said = said;
        writer.execute(() -> {}); // a thread has its priority from who makes it, which must not be the one that plays
    }

    /** Writes what was played so far in the place of what was written before. Returns at once. */
    void write(JamResult result) {
        if (output != null) {
            writer.execute(() -> writeNow(result));
        }
    }

    private void writeNow(JamResult result) {
        try {
            result.write(output);
            written = true;
            said.println("continuo: captured in " + output);
        } catch (MidiFileException | RuntimeException e) {
            written = false;
            said.println(Complaint.about(e));
        }
    }

    /** Where the latest capture is, or null: none was asked for, or it could not be written. Once it is closed. */
    Path written() {
        return written ? output : null;
    }

    /** Waits until all is written. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            writer.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
