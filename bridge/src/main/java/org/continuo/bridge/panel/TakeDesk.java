package org.continuo.bridge.panel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where requests for takes stand in line: one is served at a time, by a thread of its own, so that however many pages ask, one
 * core at most is busy with them. Thread-safe.
 */
final class TakeDesk implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 5000;
    private static final String GOING = "the engine has been told to stop";

    private final Models models;
    private final Runnable begin;
    private final PanelCounters counters;
    private final Deque<TakeJob> line = new ArrayDeque<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Thread thread = new Thread(this::serve, "panel-takes");
    private TakeJob served;
    /** About to join the line. */
    private int coming;

    private boolean closing;

    /**
     * @param models closed by the thread that computes, at its end
     * @param begin run first by that thread
     */
    TakeDesk(Models models, Runnable begin, PanelCounters counters) {
        this.models = models;
        this.begin = begin;
        this.counters = counters;
        thread.setDaemon(true);
        thread.start();
    }

    /** Puts a request at the end of the line and tells it so; false where the line is full. */
    boolean join(TakeJob job) {
        if (!reserve()) {
            return false;
        }
        job.announce(numbers.incrementAndGet()); // a long clip takes its time, and others come and go meanwhile
        add(job);
        return true;
    }

    private synchronized boolean reserve() {
        boolean hasRoom = !closing && line.size() + coming < PanelLimits.WAITING;
        coming += hasRoom ? 1 : 0;
        return hasRoom;
    }

    private synchronized void add(TakeJob job) {
        coming--;
        if (closing) {
            job.fail(GOING);
            return;
        }
        int before = line.size() + (served == null ? 0 : 1);
        line.add(job);
        if (before > 0) {
            job.waits(before);
        }
        notifyAll();
    }

    /** Whoever asked has gone. */
    synchronized void leave(TakeJob job) {
        if (line.remove(job)) {
            counters.stopped.increment();
            tellPlaces();
        }
    }

    /**
     * Ends a request that is being served with what there is; one that waits leaves the line.
     *
     * @param request its number, as it was announced
     * @return false where no such request is served or waits
     */
    synchronized boolean finish(int request) {
        if (served != null && served.request() == request) {
            served.end();
            return true;
        }
        for (TakeJob waiting : line) {
            if (waiting.request() == request) {
                leave(waiting);
                waiting.fail("stopped");
                return true;
            }
        }
        return false;
    }

    private void tellPlaces() {
        int before = served == null ? 0 : 1;
        // Telling somebody who is gone makes them leave, on this thread.
        for (TakeJob waiting : new ArrayList<>(line)) {
            waiting.waits(before++);
        }
    }

    private void serve() {
        begin.run();
        try (models) {
            for (TakeJob job = next(); job != null; job = next()) {
                try {
                    job.run(models);
                } catch (RuntimeException | Error e) {
                    counters.failed.increment(); // not even told: no memory, say; the next may find some
                }
            }
        }
    }

    /** The next in line, once there is one; null at the end. */
    private synchronized TakeJob next() {
        served = null;
        try {
            while (line.isEmpty() && !closing) {
                wait();
            }
        } catch (InterruptedException e) {
            closing = true;
        }
        if (closing) {
            return null;
        }
        served = line.remove();
        tellPlaces();
        return served;
    }

    /** Stops what is being made and sends the others away; blocks until no model computes, some seconds at most. */
    boolean end() {
        List<TakeJob> left;
        synchronized (this) {
            closing = true;
            left = new ArrayList<>(line);
            line.clear();
            if (served != null) {
                served.lines().giveUp();
            }
            notifyAll();
        }
        left.forEach(job -> job.fail(GOING));
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    @Override
    public void close() {
        end();
    }
}
