package org.continuo.protocol.message;

/**
 * What the engine may say to a client, one method a message; the same rules as for {@link ToEngine}. A client takes what it wants
 * to know: what it does not override is passed over.
 */
public interface FromEngine extends PlanSink, Watching {
    /** The session is open. */
    default void welcome(int version, int session, CharSequence engine) {}

    /** A message was not accepted. {@code address} is the message's, or empty where it could not be read. */
    default void refused(CharSequence address, CharSequence reason) {}

    /** Answers a ping, with its number. */
    default void pong(int number) {}

    /** One of the answers to a query: what it is called, and what it is. */
    default void capability(CharSequence name, CharSequence value) {}

    /** One of the counters, which only rise. */
    default void counter(CharSequence name, long value) {}

    /** What was asked to be captured is in this file. */
    default void captured(CharSequence file) {}

    @Override
    default void plan(int epoch, int revision, double from, double to) {}

    @Override
    default void planOn(int note, double at, int channel, int pitch, int velocity) {}

    @Override
    default void planOff(int note, double at) {}

    @Override
    default void planEnd() {}
}
