package org.continuo.bridge.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.continuo.bridge.net.Peer;
import org.continuo.engine.midi.WholeFile;
import org.continuo.engine.takes.Take;
import org.continuo.engine.takes.TakeTree;
import org.continuo.protocol.message.Address;
import org.continuo.protocol.message.FromEngineWriter;
import org.continuo.protocol.message.Reason;

/**
 * Keeps passages as takes in a folder, each with a MIDI file beside it, and answers whoever asked. A thread of its own does
 * the writing; engines that share the folder take turns. {@link #keep} may be called from any thread and never blocks.
 */
final class Captures implements AutoCloseable {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'captured' yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final long PATIENCE_MILLIS = 2000;

    /** Passages that may wait to be written: each may be of 4,096 notes. */
    private static final int MOST_WAITING = 8;

    private final Path folder;
    private final Clock clock;
    private final Runnable refused;
    private final ThreadPoolExecutor writer =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                Thread thread = new Thread(work, "continuo-takes");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * @param folder made with the first take
     * @param refused told of every passage that could not be kept; any thread
     */
    Captures(Path folder, Clock clock, Runnable refused) {
        this.folder = folder;
        this.clock = clock;
        this.refused = refused;
        writer.prestartCoreThread(); // it has its priority from who makes it, which must not be a band's thread
    }

    /** Keeps a passage, which is null where nothing was played, and tells {@code asked} where it is, or why it is not. */
    void keep(Passage passage, Peer asked) {
        try {
            writer.execute(() -> answer(passage, asked));
        } catch (RejectedExecutionException e) {
            // Unless the engine is going, and the session with it.
            if (!writer.isShutdown()) {
                refuse(
                        new FromEngineWriter(asked::send),
                        MOST_WAITING + " captures wait to be written; ask again later");
            }
        }
    }

    private void answer(Passage passage, Peer asked) {
        FromEngineWriter answer = new FromEngineWriter(asked::send);
        if (passage == null) {
            refuse(answer, "nothing has been played since the host started");
            return;
        }
        Path file;
        try {
            file = write(passage);
        } catch (IOException | RuntimeException e) {
            refuse(answer, String.valueOf(e.getMessage()));
            return;
        }
        try {
            answer.captured(file.toString());
        } catch (IllegalArgumentException e) {
            // A path that no message can hold.
            answer.captured(file.getFileName().toString());
        }
    }

    private void refuse(FromEngineWriter answer, String why) {
        refused.run();
        try {
            answer.refused(Address.CAPTURE.path(), Reason.NOT_KEPT.text() + ": " + why);
        } catch (IllegalArgumentException e) {
            answer.refused(Address.CAPTURE.path(), Reason.NOT_KEPT.text());
        }
    }

    private Path write(Passage passage) throws IOException {
        return TakeTree.change(folder, takes -> {
            String name = NAME.format(LocalDateTime.now(clock));
            Take take = takes.add(name, passage.meter(), passage.tempo(), passage.notes());
            Path file = folder.resolve(TakeTree.midiName(take.number(), name));
            WholeFile.write(file, takes.midi(take.number()));
            return file;
        });
    }

    /** Writes what it was given before; waits for that, some seconds at most. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            writer.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
