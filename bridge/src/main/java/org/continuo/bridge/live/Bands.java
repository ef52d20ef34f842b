package org.continuo.bridge.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/**
 * The bands that play, by name, and those that are leaving: a band has a model's memory of its own until its thread has ended. A band
 * comes with its first session and goes with its last. I/O thread only, where nothing else is said.
 */
final class Bands {
    private final Function<String, Band> maker;
    private final Map<String, Band> playing = new HashMap<>();
    /** Those whose threads may still run. Guarded by itself. */
    private final List<Band> leaving = new ArrayList<>();

    /** @param maker makes a band of this name, which is then started here */
    Bands(Function<String, Band> maker) {
        this.maker = maker;
    }

    /** The band of this name, which may have to be made; null where there is no room for another. */
    Band named(String name) {
        Band band = playing.get(name);
        if (band == null && hasRoom()) {
            band = maker.apply(name);
            band.start();
            playing.put(name, band);
        }
        return band;
    }

    private boolean hasRoom() {
        synchronized (leaving) {
            forgetEnded();
            return playing.size() < Band.MOST && playing.size() + leaving.size() < 2 * Band.MOST;
        }
    }

    /** A session has left its band, which ends if it was the last. */
    void left(Band band) {
        if (band.isEmpty() && playing.remove(band.name(), band)) {
            synchronized (leaving) {
                leaving.add(band);
            }
            band.stop();
        }
    }

    /** Lets go of those whose threads have ended. Any thread. */
    void forgetEnded() {
        synchronized (leaving) {
            leaving.removeIf(Band::hasEnded);
        }
    }

    /** Tells every band's name, and how many sessions play in it. */
    void forEach(ObjIntConsumer<String> consumer) {
        for (Band band : playing.values()) {
            consumer.accept(band.name(), band.size());
        }
    }

    /** Asks all of them to end their notes and themselves; returns at once. */
    void stop() {
        synchronized (leaving) {
            leaving.addAll(playing.values());
        }
        playing.values().forEach(Band::stop);
        playing.clear();
    }

    /**
     * Waits for those that are leaving, for so long each. Not on the I/O thread.
     *
     * @return whether every thread has ended
     */
    boolean await(long millis) throws InterruptedException {
        List<Band> last;
        synchronized (leaving) {
            last = List.copyOf(leaving);
        }
        boolean ended = true;
        for (Band band : last) {
            ended &= band.await(millis);
        }
        return ended;
    }
}
