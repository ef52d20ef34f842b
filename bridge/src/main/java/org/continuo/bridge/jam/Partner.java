package org.continuo.bridge.jam;

import java.util.function.Consumer;
import org.continuo.engine.perform.Performer;

/**
 * The performer, as a host without sockets has it: what it is told is done in the order in which it was told, and its plans come
 * from within {@link #work}. Confined to the host's thread.
 */
interface Partner extends AutoCloseable {
    /** Tells it something: at once, or a moment later on its own thread. Never blocks. */
    void tell(Consumer<Performer> word);

    /**
     * Hands its plans on.
     *
     * @param performance where the host stands, in quarter notes
     * @param rate quarter notes a nanosecond by which it moves on; 0 where time stands while the performer thinks
     * @return whether there is more to do at once
     */
    boolean work(double performance, double rate);

    /** Ends it; blocks while it reads the model for the last time. */
    @Override
    void close();
}
