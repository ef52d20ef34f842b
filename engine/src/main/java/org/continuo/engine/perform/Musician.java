package org.continuo.engine.perform;

/**
 * The musician, as far as the model can know them: the keys and pedals that they hold, whether they are there, how loud and
 * how far off the beat they play, and what mode harmonize owes them. Performance time, in quarter notes.
 *
 * <p>Not thread-safe; allocates nothing after construction.
 */
final class Musician {
    private final Playhead playhead;
    private final Timeline timeline;
    private final Feel feel;
    private final Parts parts;
    private final Keyboard keyboard;
    private final Presence presence = new Presence();
    private final Dynamics dynamics = new Dynamics();
    private final OwedVoices owedVoices = new OwedVoices();

    Musician(Playhead playhead, Timeline timeline, Feel feel, Parts parts, Counters counters) {
        this.playhead = playhead;
        this.timeline = timeline;
        this.feel = feel;
        this.parts = parts;
        this.keyboard = new Keyboard(parts, counters);
    }

    /**
     * Strikes a key, at velocity 1 to 127; whether it is the first of the phrase on its channel. What is tried while the host
     * stands is no phrase.
     */
    boolean strike(double at, int channel, int pitch, int velocity) {
        keyboard.strike(at, channel, pitch, velocity, playhead.isPlaying());
        boolean first = playhead.isPlaying() && plays(channel);
        heardAt(at);
        dynamics.heard(velocity);
        if (playhead.isPlaying()) {
            feel.heard(timeline.ticksInBar(playhead.believed(at)));
            if (parts.musicianOn(channel).sustains()) {
                owedVoices.strike(playhead.ahead(at));
            }
        }
        return first;
    }

    private boolean plays(int channel) {
        if (presence.strike()) {
            parts.forgetPhrase();
        }
        return parts.hear(channel);
    }

    void release(double at, int channel, int pitch) {
        letGoWithBreak(keyboard.release(at, channel, pitch));
        heardAt(at);
    }

    void control(double at, int channel, int controller, int value) {
        letGoWithBreak(keyboard.control(at, channel, controller, value));
        heardAt(at);
    }

    /** What was held over the break did not sound after it. */
    private void letGoWithBreak(boolean value) {
        if (value && !holdsKeys()) {
            pause();
        }
    }

    private void heardAt(double at) {
        if (!playhead.isPlaying()) {
            keyboard.taken();
        } else if (keyboard.waiting() > 0) {
            presence.heard(playhead.heard(at));
        }
    }

    /** The timeline broke: they have not played since, and are owed nothing. */
    void pause() {
        presence.pause();
        owedVoices.forget();
    }

    /** The host starts, or goes on elsewhere: what is held sounds from here on. */
    void strikeHeld(double at) {
        keyboard.strikeHeld(at);
        for (int i = 0; i < keyboard.waiting(); i++) {
            plays(keyboard.channel(i));
        }
        if (keyboard.sounding() > 0) {
            presence.playsFrom(at);
            owedVoices.strike(at);
        }
    }

    /** The timeline broke where the score stands: what they hold goes on after it, unless it is too old. */
    void holdOver(LiveScore score) {
        keyboard.letGoOfEnded(score);
    }

    /** Nobody's turn has come, and nothing has been played that asks for an answer. */
    void forgetPhrase() {
        presence.forgetTurn();
        parts.forgetPhrase();
        owedVoices.forget();
    }

    /** Forgets all that they hold and have played. */
    void reset() {
        keyboard.reset();
        presence.pause();
        forgetPhrase();
    }

    /**
     * Passes the turn between them and the model where that is due.
     *
     * @param patience quarters of silence after which the model takes over; negative for never
     * @return whether it passed
     */
    boolean passesTurn(double patience) {
        return presence.passesTurn(patience, silence(playhead.now() - presence.lastHeard()));
    }

    /** Quarters for which they have done nothing at {@code at}, since the last break; below all while keys sound. */
    double silenceAt(double at) {
        return silence(at - playhead.afterBreak(presence.lastHeard()));
    }

    /** A key or pedal that is never released must not keep the model waiting for ever. */
    private double silence(double unheard) {
        boolean quiet = keyboard.sounding() == 0 || unheard >= Endings.LONGEST_HELD;
        return quiet ? unheard : Double.NEGATIVE_INFINITY;
    }

    /** Since when they play; infinite where they have not since the last break or panic. */
    double playingSince() {
        return presence.playingSince();
    }

    /** In mode continue: whether it is the model's turn. */
    boolean hasGivenWay() {
        return presence.hasTakenOver();
    }

    boolean holdsKeys() {
        return keyboard.sounding() > 0;
    }

    Keyboard keyboard() {
        return keyboard;
    }

    Dynamics dynamics() {
        return dynamics;
    }

    OwedVoices owedVoices() {
        return owedVoices;
    }
}
