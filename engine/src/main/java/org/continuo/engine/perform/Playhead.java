package org.continuo.engine.perform;

import org.continuo.protocol.time.Tempo;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Where the host stands, as it says and as time passes, and how much of what is said of a moment can be believed.
 * Performance time, in quarter notes.
 *
 * <p>Not thread-safe; allocates nothing.
 */
final class Playhead {
    private static final double USUAL_TEMPO = 120;

    /** The musician's events are taken as no older, and no further ahead, than so many quarters. */
    private static final double OLDEST = 4;

    private static final double FURTHEST = 1;

    private boolean placed;
    private boolean playing;
    private int epoch;
    private double tempo = USUAL_TEMPO;
    private double floor;
    private double latest;

    /** Whether the host said this before its last break. */
    boolean isPast(TransportSnapshot snapshot) {
        return placed && snapshot.epoch < epoch;
    }

    /** Whether the timeline breaks here: the host starts, stops or jumps. */
    boolean breaksAt(TransportSnapshot snapshot) {
        return !placed || snapshot.epoch > epoch || snapshot.has(TransportSnapshot.PLAYING) != playing;
    }

    /** The host's tempo, where it tells one that music can have. */
    void takeTempo(TransportSnapshot snapshot) {
        double told = snapshot.has(TransportSnapshot.HAS_TEMPO) ? snapshot.tempo : USUAL_TEMPO;
        tempo = Tempo.clamped(told);
    }

    /** The timeline broke: nothing before this place can be written any more. */
    void breakAt(TransportSnapshot snapshot) {
        placed = true;
        playing = snapshot.has(TransportSnapshot.PLAYING);
        epoch = snapshot.epoch;
        floor = snapshot.performance;
        latest = snapshot.performance;
    }

    /** Nothing before {@code performance} can be written any more. */
    void closeBefore(double performance) {
        floor = performance;
    }

    /** Time passes; it never goes back between two breaks. */
    void passes(double now) {
        latest = Math.max(latest, now);
    }

    boolean isPlaying() {
        return playing;
    }

    int epoch() {
        return epoch;
    }

    /** Quarters a minute, as it is played. */
    double tempo() {
        return tempo;
    }

    /** The latest moment that was said to be now, since the last break. */
    double now() {
        return latest;
    }

    /** When an event of the musician is taken to have been, whatever it says of it. */
    double believed(double at) {
        return believed(at, latest);
    }

    /** The same where the playhead stands at {@code now}, which may be a break. */
    double believed(double at, double now) {
        return Math.max(Math.max(floor, now - OLDEST), Math.min(at, now + FURTHEST));
    }

    /** When the musician is taken to have been heard: not before the last break, however long ago. */
    double heard(double at) {
        return afterBreak(ahead(at));
    }

    /** No further ahead than the musician can be. */
    double ahead(double at) {
        return Math.min(at, latest + FURTHEST);
    }

    /** That moment, or the last break if it lies before it. */
    double afterBreak(double at) {
        return Math.max(floor, at);
    }

    /** From when on an event may still come in. */
    double oldest() {
        return afterBreak(latest - OLDEST);
    }
}
