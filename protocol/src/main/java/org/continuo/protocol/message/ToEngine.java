package org.continuo.protocol.message;

import org.continuo.protocol.time.TransportSnapshot;

/**
 * What a client may say to the engine, one method a message; SPEC.md names the addresses. A reader calls it with what it
 * decodes, a writer implements it by encoding. Arguments are inside the limits of SPEC.md. Nothing passed in may be kept:
 * snapshots and character sequences are used again.
 */
public interface ToEngine {
    /** Opens a session. {@code token} is empty on a local socket. */
    void hello(int version, CharSequence kind, CharSequence band, CharSequence token);

    /** The session ends; nothing answers. */
    void goodbye();

    /** Answered by {@link FromEngine#pong} with the same number. */
    void ping(int number);

    /** Asks for version, model and limits; answered by {@link FromEngine#capability} once for each. */
    void query();

    /** Asks which bands there are; answered by {@link FromEngine#band} once for each. */
    void bands();

    /** Asks for the counters; answered by {@link FromEngine#counter} once for each. */
    void counters();

    /**
     * Says who plays channel {@code channel}.
     *
     * @param channel 0-15
     * @param instrument one of the ten, such as "bass"
     * @param player "musician", "model", "nobody" or "held"
     */
    void part(int channel, CharSequence instrument, CharSequence player);

    /** Sets what has a name: mode, style, temperature, top-p, seed, lookahead, key, density, polyphony ... */
    void set(CharSequence name, double value);

    /** The same for what is a text, such as mode. */
    void set(CharSequence name, CharSequence value);

    /**
     * Says between which pitches the model plays on a channel.
     *
     * @param low 0-127; with {@code high} in either order
     */
    void register(int channel, int low, int high);

    /** Ends every note of the model, voids what is planned, forgets the musician's keys. */
    void panic();

    /** What is planned stands. */
    void keep();

    /** What is planned is made anew, with another draw. */
    void discard();

    /**
     * What is planned before {@code at} stands.
     *
     * @param at performance time in quarter notes
     */
    void keepUntil(double at);

    /** What is planned from {@code at} on is made anew, with another draw; what is planned before stands. */
    void discardFrom(double at);

    /** What the band played since the host last started is kept as a file. */
    void capture();

    /** Asks to be told what the band does; see {@link Watching}. */
    void watch();

    /** Says where the host stands. */
    void transport(TransportSnapshot snapshot);

    /**
     * The musician strikes a key.
     *
     * @param at performance time in quarter notes
     * @param velocity 1-127
     */
    void noteOn(double at, int channel, int pitch, int velocity);

    /**
     * The musician lets a key go.
     *
     * @param at performance time in quarter notes
     */
    void noteOff(double at, int channel, int pitch);

    /** The musician moves a controller; only the sustain pedal, 64, has a meaning. */
    void control(double at, int channel, int controller, int value);

    /** A planned note began to sound at {@code at}. */
    void sounded(int note, double at);

    /** A planned note came too late or found no room, and was not played. */
    void missed(int note);
}
