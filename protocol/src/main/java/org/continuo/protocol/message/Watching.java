package org.continuo.protocol.message;

import org.continuo.protocol.time.TransportSnapshot;

/**
 * What the engine tells a client that watches its band: what the sessions of the band say and play, whoever they are. One
 * method a message; times are in the watching session's own performance time. Who does not watch is told nothing of it.
 */
public interface Watching {
    /** A musician struck a key. */
    default void heardOn(double at, int channel, int pitch, int velocity) {}

    /** A musician let a key go. */
    default void heardOff(double at, int channel, int pitch) {}

    /** A planned note began to sound. */
    default void heardSounded(int note, double at) {}

    /** A planned note was not played. */
    default void heardMissed(int note) {}

    /** A note, the musician's or the model's, that began before this session watched. */
    default void heardPlayed(CharSequence player, double from, double to, int channel, int pitch, int velocity) {}

    /** Where the band's host stands. */
    default void heardTransport(TransportSnapshot snapshot) {}

    /** Who plays a channel. */
    default void heardPart(int channel, CharSequence instrument, CharSequence player) {}

    /** A setting of the band. */
    default void heardSet(CharSequence name, double value) {}

    default void heardSet(CharSequence name, CharSequence value) {}

    /** A band that there is, and how many sessions play in it. */
    default void band(CharSequence name, int sessions) {}
}
