package org.continuo.bridge.live;

import org.continuo.protocol.time.Tempo;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Where the playhead is between two words of the host: what the host said last, and the time since at its tempo. Rises only,
 * but for a break. Never runs more than a second past the last word: a host that plays and says nothing hangs.
 *
 * <p>Reads no clock of its own; every call is told the time. Confined to one thread; neither blocks nor allocates.
 */
final class PerformanceClock {
    private static final long LONGEST_SILENCE_NANOS = 1_000_000_000L;
    private static final double USUAL_TEMPO = 120;

    private boolean playing;
    private int epoch;
    private double performance;
    private double beatsANano;
    private long toldAt;
    private double latest;

    /**
     * Takes the host's word.
     *
     * @param nanos when it arrived, in the time that {@link #at} is asked with
     */
    void set(TransportSnapshot snapshot, long nanos) {
        if (snapshot.epoch != epoch) {
            epoch = snapshot.epoch;
            latest = snapshot.performance;
        }
        playing = snapshot.has(TransportSnapshot.PLAYING);
        double tempo = snapshot.has(TransportSnapshot.HAS_TEMPO) ? snapshot.tempo : USUAL_TEMPO;
        beatsANano = Tempo.quartersIn(1, tempo);
        performance = snapshot.performance;
        toldAt = nanos;
        latest = Math.max(latest, performance);
    }

    /** The performance time at {@code nanos}, in quarter notes. */
    double at(long nanos) {
        if (playing) {
            long since = Math.max(0, Math.min(nanos - toldAt, LONGEST_SILENCE_NANOS));
            latest = Math.max(latest, performance + since * beatsANano);
        }
        return latest;
    }

    /** Whether time passes: the host plays and has not been silent for too long. */
    boolean runs(long nanos) {
        return playing && nanos - toldAt < LONGEST_SILENCE_NANOS;
    }
}
