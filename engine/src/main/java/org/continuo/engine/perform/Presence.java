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
        lastHeard = Math.max(lastHeard, at);
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
     * @param silence quarters for which the musician has done nothing; below all while their keys sound
     * @return whether it passed
     */
    boolean passesTurn(double patience, double silence) {
        if (takenOver) {
            takenOver = !phrase;
            return phrase;
        }
        if (patience < 0 || !phrase || silence < patience) {
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
