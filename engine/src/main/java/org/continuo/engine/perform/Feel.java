package org.continuo.engine.perform;

import org.continuo.engine.token.Score;

/**
 * How far behind the beat the musician plays, or before it, and how far therefore the model: the grid that both stand on lies as
 * far behind the host's. So the model reads notes that are on the beat, and what it plays is off it as the musician is.
 *
 * <p>Told by the musician's notes that stand near an eighth of the bar; swing and passing notes say nothing of it. Smoothed
 * exponentially over about eight of them. Not thread-safe; allocates nothing.
 */
final class Feel {
    /** Ticks from an eighth within which a note belongs to it, 1/8 of a quarter; and the furthest that it is followed. */
    static final int FURTHEST = 3;

    private static final int EIGHTH = Score.TICKS_PER_QUARTER / 2;
    private static final double SMOOTHING = 0.125;

    private double behind;
    private double shift;

    /** The musician struck a key so many ticks after the host's bar line, not whole. */
    void heard(double ticksInBar) {
        double off = ticksInBar - EIGHTH * Math.rint(ticksInBar / EIGHTH);
        if (Math.abs(off) <= FURTHEST) {
            behind += (off - behind) * SMOOTHING;
        }
    }

    /** From now on the grid lies behind the host's by this part of what was heard. */
    void follow(double part) {
        shift = part * behind;
    }

    /** Ticks by which the grid lies behind the host's; negative before it. */
    double shift() {
        return shift;
    }
}
