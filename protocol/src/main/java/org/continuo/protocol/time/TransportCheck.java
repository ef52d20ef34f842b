package org.continuo.protocol.time;

/**
 * The flags rule: what a host leaves unsaid, or says wrongly, loses its flag, and no figure without a flag leaves with
 * anything but its neutral value. Hosts say NaN, infinities, meters of 0/0 and the lowest integer; none of it goes on.
 */
public final class TransportCheck {
    /** The farthest a host beat may be from bar one, and the latest performance time, in quarter notes. */
    public static final double FARTHEST = 1e9;

    /** Quarter notes a minute. */
    public static final double FASTEST = 1000;

    /** How far a bar line may be off, in quarter notes: hosts count in ticks. */
    private static final double SLACK = 1.0 / 480;

    private static final int KNOWN = (1 << 7) - 1;

    private TransportCheck() {}

    /**
     * Cleans {@code snapshot} in place. Afterwards every figure is finite and inside its limits, and holds 0, 120 beats a
     * minute or 4/4 where its flag is not set. Never throws; allocates nothing.
     *
     * <p>A performance time that cannot be becomes 0, an epoch that cannot be 0: a sender has to count right by itself.
     *
     * @return whether every flagged figure was right as it stood
     */
    public static boolean clean(TransportSnapshot snapshot) {
        int told = snapshot.flags & KNOWN;
        snapshot.flags = told;
        boolean counted = snapshot.epoch >= 0 && snapshot.performance >= 0 && snapshot.performance <= FARTHEST;
        snapshot.epoch = Math.max(0, snapshot.epoch);
        if (!(snapshot.performance >= 0 && snapshot.performance <= FARTHEST)) {
            snapshot.performance = 0;
        }
        tempo(snapshot);
        meter(snapshot);
        beat(snapshot);
        barStart(snapshot);
        loop(snapshot);
        return counted && snapshot.flags == told;
    }

    private static void tempo(TransportSnapshot snapshot) {
        if (!snapshot.has(TransportSnapshot.HAS_TEMPO) || !Tempo.isValid(snapshot.tempo)) {
            snapshot.flags &= ~TransportSnapshot.HAS_TEMPO;
            snapshot.tempo = 120;
        }
    }

    private static void meter(TransportSnapshot snapshot) {
        if (!snapshot.has(TransportSnapshot.HAS_METER) || !Meter.isValid(snapshot.numerator, snapshot.denominator)) {
            snapshot.flags &= ~TransportSnapshot.HAS_METER;
            snapshot.numerator = 4;
            snapshot.denominator = 4;
        }
    }

    private static void beat(TransportSnapshot snapshot) {
        if (!snapshot.has(TransportSnapshot.HAS_BEAT) || !isNear(snapshot.beat)) {
            // bar lines and loops are places on the timeline that is not known
            snapshot.flags &=
                    ~(TransportSnapshot.HAS_BEAT | TransportSnapshot.HAS_BAR_START | TransportSnapshot.LOOPING);
            snapshot.beat = 0;
        }
    }

    private static void barStart(TransportSnapshot snapshot) {
        double bar = 4.0 * snapshot.numerator / snapshot.denominator;
        double into = snapshot.beat - snapshot.barStart;
        boolean fits = into >= -SLACK && (!snapshot.has(TransportSnapshot.HAS_METER) || into <= bar + SLACK);
        if (!snapshot.has(TransportSnapshot.HAS_BAR_START) || !isNear(snapshot.barStart) || !fits) {
            snapshot.flags &= ~TransportSnapshot.HAS_BAR_START;
            snapshot.barStart = 0;
        }
    }

    private static void loop(TransportSnapshot snapshot) {
        if (!snapshot.has(TransportSnapshot.LOOPING)
                || !isNear(snapshot.loopStart)
                || !isNear(snapshot.loopEnd)
                || snapshot.loopEnd <= snapshot.loopStart) {
            snapshot.flags &= ~TransportSnapshot.LOOPING;
            snapshot.loopStart = 0;
            snapshot.loopEnd = 0;
        }
    }

    /** Written so that NaN is not. */
    private static boolean isNear(double beat) {
        return Math.abs(beat) <= FARTHEST;
    }
}
