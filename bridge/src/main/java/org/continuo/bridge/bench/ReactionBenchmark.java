package org.continuo.bridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.continuo.bridge.live.Engine;
import org.continuo.bridge.net.LocalClient;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.NoteModel;
import org.continuo.protocol.message.FromEngine;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.time.Tempo;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * How soon a note of the musician is in the plan: a client at the socket sends notes at moments drawn at random while the
 * band plays, and waits for the first plan of a newer revision. The engine gives a note a revision of its own, so that plan
 * was sampled with the note in its context. A note is sent only when nothing else is on its way.
 *
 * <p>From before the note is written to the socket until the plan has been read from it, both by this client, whose ear asks
 * for real-time priority as a plugin's link does.
 */
public final class ReactionBenchmark {
    private static final double TEMPO = 120;
    private static final long TRANSPORT_NANOS = 20_000_000;
    /** Quiet before a note: what came before has been answered. */
    private static final long QUIET_NANOS = 30_000_000;

    private static final long SPREAD_NANOS = 120_000_000;
    private static final long LOST_NANOS = 1_000_000_000;
    /** Tempo and keys while the context is filled: as fast as hosts go. */
    private static final double FILLING_TEMPO = Tempo.FASTEST;

    private static final int LOWEST = 48;
    private static final int PITCHES = 36;

    /**
     * What was measured.
     *
     * @param context tokens that the model remembers, all in use
     * @param lost notes without an answer within a second; not among the figures
     * @param p50 milliseconds, as the others
     */
    public record Result(
            String model, int context, int notes, int lost, double p50, double p90, double p99, double max) {}

    private final NoteModel model;
    private final IntConsumer progress;
    private final TransportSnapshot transport = new TransportSnapshot();
    private final Ear ear = new Ear();
    private LocalClient client;
    private long lastTold;

    /** @param progress told the notes answered so far, before each note of all; what it throws ends the measurement */
    public ReactionBenchmark(NoteModel model, IntConsumer progress) {
        this.model = model;
        this.progress = progress;
    }

    /** Measures so many notes; blocks for about 150 ms each, and some time before to fill the context. */
    public Result run(int notes, long seed) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("continuo-bench");
        Path socket = folder.resolve("run").resolve("engine.sock");
        try (Engine engine = new Engine(model, "continuo bench", OperatingSystem.current(), line -> {})) {
            engine.listen(socket);
            try (LocalClient connected = LocalClient.connect(socket, ear, (address, reason, detail) -> {})) {
                client = connected;
                Thread listener = new Thread(this::listen, "bench-listener");
                listener.setDaemon(true);
                listener.start();
                begin();
                fill();
                return measure(notes, new Random(seed));
            }
        } finally {
            Files.deleteIfExists(socket.resolveSibling(socket.getFileName() + ".lock"));
            Files.deleteIfExists(socket.getParent());
            Files.deleteIfExists(folder);
        }
    }

    private void listen() {
        OperatingSystem.current().hurryThisThread();
        try {
            while (client.listen()) {
                // The ear takes it.
            }
        } catch (IOException e) {
            // The end of the measurement.
        }
    }

    private void begin() {
        client.say().hello(Limits.VERSION, "bench", "bench", "");
        client.say().part(0, "piano", "musician");
        client.say().part(1, "bass", "model");
        client.say().part(2, "guitar", "model");
        client.say().part(9, "drums", "model");
        transport.flags = TransportSnapshot.PLAYING
                | TransportSnapshot.HAS_TEMPO
                | TransportSnapshot.HAS_METER
                | TransportSnapshot.HAS_BEAT;
        transport.numerator = 4;
        transport.denominator = 4;
        transport.tempo = FILLING_TEMPO;
        transport.epoch = 1;
        lastTold = System.nanoTime();
        client.say().transport(transport);
    }

    /** Twice over, so that what was taken back does not count. */
    private void fill() throws InterruptedException {
        int pitch = 0;
        while (ear.tokens < 2L * model.shape().context()) {
            progress.accept(0);
            pitch = (pitch + 7) % PITCHES;
            strike(LOWEST + pitch, 64);
            waitFor(SPREAD_NANOS / 4);
            release(LOWEST + pitch);
            waitFor(SPREAD_NANOS / 4);
            client.say().counters();
        }
        transport.tempo = TEMPO;
        waitFor(LOST_NANOS);
    }

    private Result measure(int notes, Random random) throws InterruptedException {
        long[] nanos = new long[notes];
        int answered = 0;
        int lost = 0;
        while (answered < notes) {
            progress.accept(answered);
            int pitch = LOWEST + random.nextInt(PITCHES);
            settle(random);
            long reaction = timed(pitch);
            if (reaction < LOST_NANOS) {
                nanos[answered++] = reaction;
            } else if (++lost > notes) {
                throw new IllegalStateException("the engine does not answer notes with plans");
            }
            waitFor(QUIET_NANOS);
            release(pitch);
        }
        Arrays.sort(nanos);
        return new Result(
                model.folder().name(),
                model.shape().context(),
                notes,
                lost,
                at(nanos, 0.5),
                at(nanos, 0.9),
                at(nanos, 0.99),
                at(nanos, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
    }

    /** Waits until no new revision has come for a while, then for a moment drawn at random. */
    private void settle(Random random) throws InterruptedException {
        do {
            waitFor(QUIET_NANOS);
        } while (System.nanoTime() - ear.revisedAt.get() < QUIET_NANOS);
        waitFor((long) (random.nextDouble() * SPREAD_NANOS));
    }

    /** Nanoseconds from the note to the first plan of a new revision. */
    private long timed(int pitch) throws InterruptedException {
        tell();
        long revisedBefore = ear.revisedAt.get();
        long sent = System.nanoTime();
        strike(pitch, 80);
        while (ear.revisedAt.get() == revisedBefore && System.nanoTime() - sent < LOST_NANOS) {
            LockSupport.parkNanos(100_000);
            if (System.nanoTime() - lastTold > TRANSPORT_NANOS) {
                tell();
            }
        }
        long revised = ear.revisedAt.get();
        return revised == revisedBefore ? LOST_NANOS : revised - sent;
    }

    private void strike(int pitch, int velocity) {
        client.say().noteOn(now(), 0, pitch, velocity);
    }

    private void release(int pitch) {
        client.say().noteOff(now(), 0, pitch);
    }

    private double now() {
        return transport.performance + Tempo.quartersIn(System.nanoTime() - lastTold, transport.tempo);
    }

    /** Tells where the host is. */
    private void tell() {
        double performance = now();
        lastTold = System.nanoTime();
        transport.beat += performance - transport.performance;
        transport.performance = performance;
        client.say().transport(transport);
    }

    private void waitFor(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            Thread.sleep(
                    Math.min(left, TRANSPORT_NANOS) / 1_000_000, (int) (Math.min(left, TRANSPORT_NANOS) % 1_000_000));
            if (System.nanoTime() - lastTold >= TRANSPORT_NANOS) {
                tell();
            }
        }
    }

    /** Notes when a revision is heard of for the first time. */
    private static final class Ear implements FromEngine {
        final AtomicLong revisedAt = new AtomicLong();
        volatile long tokens;
        private int newest;
        private int told;

        @Override
        public void plan(int epoch, int revision, double from, double to) {
            told = revision;
        }

        @Override
        public void planEnd() {
            if (told > newest) {
                newest = told;
                revisedAt.set(System.nanoTime());
            }
        }

        @Override
        public void counter(CharSequence name, long value) {
            if (CharSequence.compare(name, "tokens") == 0) {
                tokens = value;
            }
        }
    }
}
