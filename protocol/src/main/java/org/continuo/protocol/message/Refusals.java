package org.continuo.protocol.message;

/** Told of every message that a reader did not accept. */
@FunctionalInterface
public interface Refusals {
    /**
     * A message was left out; those beside it still arrive.
     *
     * @param address the message's, or empty where it could not be read; not to be kept
     * @param detail the rule that was broken, such as "channel is a whole number 0..15", or empty; not to be kept
     */
    void refuse(CharSequence address, Reason reason, CharSequence detail);
}
