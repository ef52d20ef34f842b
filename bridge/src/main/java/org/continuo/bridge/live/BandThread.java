package org.continuo.bridge.live;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.continuo.bridge.os.Breath;
import org.continuo.bridge.os.Grant;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.Counters;
import org.continuo.engine.perform.PerformerSettings;

/**
 * The thread of one band: takes in what the sessions said, has a piece of work done, and so on; sleeps when there is nothing to do,
 * without end while the host stands still. Once warm it allocates nothing.
 */
final class BandThread implements Runnable {
    /** While the host plays, the plan grows with time alone. */
    private static final long PACE_NANOS = 4_000_000;

    private static final int EVENTS_AT_ONCE = 256;

    private final NoteModel model;
    private final PerformerSettings initial;
    private final Inbox inbox;
    private final OperatingSystem system;
    private final LongSupplier nanoTime;
    private final Consumer<Grant> ready;
    private final Consumer<Throwable> failed;
    private final Captures captures;

    private volatile boolean someoneLeft;
    private volatile PerformerSettings wished;
    private volatile boolean stopping;
    private volatile boolean sleeping;
    private volatile Counters counters;

    /** From the thread's beginning to its end. */
    private Interplay interplay;

    BandThread(
            NoteModel model,
            PerformerSettings initial,
            Inbox inbox,
            OperatingSystem system,
            LongSupplier nanoTime,
            Consumer<Grant> ready,
            Consumer<Throwable> failed,
            Captures captures) {
        this.model = model;
        this.initial = initial;
        this.inbox = inbox;
        this.system = system;
        this.nanoTime = nanoTime;
        this.ready = ready;
        this.failed = failed;
        this.captures = captures;
    }

    // From other threads.

    /** A member's {@link Member#leftAfter} has been set. */
    void someoneLeft() {
        someoneLeft = true;
    }

    void wish(PerformerSettings settings) {
        wished = settings;
    }

    boolean sleeps() {
        return sleeping;
    }

    void stop() {
        stopping = true;
    }

    Counters counters() {
        return counters;
    }

    // The thread.

    @Override
    public void run() {
        try {
            ready.accept(system.hurryThisThread());
            interplay = new Interplay(model, initial, nanoTime, captures);
            counters = interplay.counters();
            try {
                play();
                takeInTheLast();
                interplay.endAll();
            } finally {
                interplay.close();
            }
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }

    private void play() {
        Breath breath = new Breath(nanoTime.getAsLong());
        while (!stopping) {
            takeIn();
            long nanos = nanoTime.getAsLong();
            boolean more = interplay.work(nanos);
            if (!more || breath.isDue(nanos)) {
                long before = nanoTime.getAsLong();
                rest(more ? Breath.NANOS : interplay.runs(nanos) ? PACE_NANOS : Long.MAX_VALUE);
                breath.rested(before, nanoTime.getAsLong());
            }
        }
    }

    /** Sleeps for so long at most; not at all where something has come in. */
    private void rest(long nanos) {
        sleeping = true;
        if (inbox.peek() == null && !someoneLeft && !interplay.awaitsLastWords() && !stopping) {
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
        sleeping = false;
    }

    private void takeIn() {
        for (int taken = 0; taken < EVENTS_AT_ONCE; taken++) {
            Inbox.Event event = inbox.peek();
            // Looked at after the event: who left before it was said has let go of all that it may speak of.
            if (someoneLeft || interplay.awaitsLastWords()) {
                someoneLeft = false;
                interplay.dropGone(inbox.emptied());
            }
            if (event == null) {
                return;
            }
            interplay.take(event, wished);
            inbox.release();
        }
    }

    /** Who said something and left, the last of the band, may have asked for a capture. */
    private void takeInTheLast() {
        for (int taken = 0; taken < Inbox.CAPACITY; taken += EVENTS_AT_ONCE) {
            takeIn();
        }
    }
}
