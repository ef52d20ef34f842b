package org.continuo.protocol.message;

/** What the engine may say to a client, one method a message; the same rules as for {@link ToEngine}. */
public interface FromEngine extends PlanSink, Watching {
    /** The session is open. */
    void welcome(int version, int session, CharSequence engine);

    /** A message was not accepted. {@code address} is the message's, or empty where it could not be read. */
    void refused(CharSequence address, CharSequence reason);

    void pong(int number);

    void capability(CharSequence name, CharSequence value);

    void counter(CharSequence name, long value);

    /** What was asked to be captured is in this file. */
    void captured(CharSequence file);
}
