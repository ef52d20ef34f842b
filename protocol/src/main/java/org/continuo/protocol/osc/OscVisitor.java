package org.continuo.protocol.osc;

/** Takes what {@link OscReader} finds in a packet, in order. Nothing passed in may be kept. */
public interface OscVisitor {
    /** A bundle begins; its elements follow until the matching {@link #bundleEnd}. Time tags are not looked at. */
    void bundleStart();

    /** A message in good form. */
    void message(OscMessage message);

    /**
     * Something in bad form, which was left out.
     *
     * @param address of the message, or empty where none could be read
     */
    void fault(OscFault fault, CharSequence address);

    /** The bundle ends; called for every {@link #bundleStart}, also where the bundle was cut short. */
    void bundleEnd();
}
