package org.continuo.engine.perform;

/**
 * Whether the musician is there: since when they play, when they were last heard, and in mode continue whose turn it is. The
 * model takes over where a phrase has ended, and gives way with the musician's next note. Performance time, in quarter notes.
 *
 * <p>Not thread-safe; allocates nothing.
 */
final class Presence {
    /** The model has taken over. */
    private boolean takenOver;
    /** The musician has played since it last took over. */
    private boolean phrase;

    private double lastHeard;
    /** Infinite where they have not played since the last break or panic. */
    private double playingSince = Double.POSITIVE_INFINITY;

    /** The musician strikes a key; whether a phrase begins that ends the model's turn. */
    boolean strike() {
        boolean begins = takenOver && !phrase;
        phrase = true;
        return begins;
    }

    /** The musician was heard: keys, releases and pedals. */
    void heard(double at) {
        lastHeard = Math.max(lastHeard, at);
        playingSince = Math.min(playingSince, at);
    }

    /** Keys are held over a break: they sound from here on. */
    void playsFrom(double at) {
        playingSince = at;
    }

    /** The timeline broke, or silence was asked for. */
    void pause() {
        playingSince = Double.POSITIVE_INFINITY;
    }

    /** Nobody's turn has come. */
    void forgetTurn() {
        takenOver = false;
        phrase = false;
    }

    /**
     * Passes the turn where that is due.
     *
     * @param patience quarters of silence after which the model takes over; negative for never
     * @param sounding keys and pedals of the musician that sound
     * @param now performance time of the playhead
     * @return whether it passed
     */
    boolean passesTurn(double patience, int sounding, double now) {
        if (takenOver) {
            takenOver = !phrase;
            return phrase;
        }
        double silence = now - lastHeard;
        // a key or pedal that is never released must not keep the model waiting for ever
        boolean quiet = sounding == 0 || silence >= Improviser.LONGEST_HELD;
        if (patience < 0 || !phrase || !quiet || silence < patience) {
            return false;
        }
        takenOver = true;
        phrase = false;
        return true;
    }

    boolean hasTakenOver() {
        return takenOver;
    }

    double lastHeard() {
        return lastHeard;
    }

    double playingSince() {
        return playingSince;
    }
}
