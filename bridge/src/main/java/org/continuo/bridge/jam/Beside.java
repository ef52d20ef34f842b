package org.continuo.bridge.jam;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.continuo.bridge.os.Breath;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.ModelThread;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.Performer;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.protocol.message.PlanSink;

/**
 * A partner on a thread of its own, with the priority that the system grants: the host plays what is due while the model is read.
 * Made and used by the host's thread; {@link #work} never blocks.
 */
final class Beside implements Partner {
    private static final long NAP_NANOS = 500_000;

    /** Where the host stood at a moment of the clock, and how fast it moves on. */
    private record Stand(long nanos, double performance, double rate) {
        double at(long now) {
            return performance + (now - nanos) * rate;
        }
    }

    private final PlanSink host;
    private final LongSupplier nanoTime;
    private final Queue<Consumer<Performer>> words = new ConcurrentLinkedQueue<>();
    private final Queue<Consumer<PlanSink>> plans = new ConcurrentLinkedQueue<>();
    private final ModelThread thread;
    private volatile Stand stand;
    private volatile boolean closing;
    private volatile Throwable problem;

    /** @param host told the plans, on the thread that calls {@link #work} */
    Beside(NoteModel model, PerformerSettings settings, PlanSink host, OperatingSystem system, LongSupplier nanoTime) {
        this.host = host;
        this.nanoTime = nanoTime;
        this.stand = new Stand(nanoTime.getAsLong(), 0, 0);
        this.thread = new ModelThread(() -> run(model, settings, system), "continuo-jam");
    }

    private void run(NoteModel model, PerformerSettings settings, OperatingSystem system) {
        system.hurryThisThread();
        try (Performer performer = new Performer(model, settings, new Told())) {
            play(performer);
        } catch (RuntimeException | Error e) {
            problem = e;
        }
    }

    private void play(Performer performer) {
        Breath breath = new Breath(nanoTime.getAsLong());
        while (!closing) {
            for (Consumer<Performer> word = words.poll(); word != null; word = words.poll()) {
                word.accept(performer);
            }
            long now = nanoTime.getAsLong();
            boolean more = performer.work(stand.at(now));
            if (words.isEmpty() && (!more || breath.isDue(now))) {
                long before = nanoTime.getAsLong();
                LockSupport.parkNanos(this, more ? Breath.NANOS : NAP_NANOS);
                breath.rested(before, nanoTime.getAsLong());
            }
        }
    }

    @Override
    public void tell(Consumer<Performer> word) {
        words.add(word);
        LockSupport.unpark(thread.thread());
    }

    @Override
    public boolean work(double performance, double rate) {
        if (problem != null) {
            throw new IllegalStateException("the performer stopped: " + problem, problem);
        }
        stand = new Stand(nanoTime.getAsLong(), performance, rate);
        for (Consumer<PlanSink> plan = plans.poll(); plan != null; plan = plans.poll()) {
            plan.accept(host);
        }
        return false;
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread.thread());
        thread.awaitEnd();
    }

    /** Takes plans on the performer's thread, for the host's. */
    private final class Told implements PlanSink {
        @Override
        public void plan(int epoch, int revision, double from, double to) {
            plans.add(sink -> sink.plan(epoch, revision, from, to));
        }

        @Override
        public void planOn(int note, double at, int channel, int pitch, int velocity) {
            plans.add(sink -> sink.planOn(note, at, channel, pitch, velocity));
        }

        @Override
        public void planOff(int note, double at) {
            plans.add(sink -> sink.planOff(note, at));
        }

        @Override
        public void planEnd() {
            plans.add(PlanSink::planEnd);
        }
    }
}
