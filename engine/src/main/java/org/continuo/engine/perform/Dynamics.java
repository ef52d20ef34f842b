package org.continuo.engine.perform;

import org.continuo.engine.token.Note;

/**
 * How loud the model may play: near the musician's own loudness where it is to follow, and less and less where the musician
 * has fallen silent and it is to fade.
 *
 * <p>The musician's loudness is the velocity of their notes, smoothed exponentially over about four of them.
 *
 * <p>Not thread-safe; allocates nothing.
 */
final class Dynamics {
    private static final int LOUDEST = Note.VELOCITIES - 1;
    private static final double SMOOTHING = 0.25;

    /** The smoothed velocity, or negative before the first note. */
    private double level = -1;

    /** The musician struck a key, at velocity 1 to 127. */
    void heard(int velocity) {
        level = level < 0 ? velocity : level + (velocity - level) * SMOOTHING;
    }

    private int step() {
        return Note.velocityStep((int) Math.round(level));
    }

    /**
     * The loudest velocity step that may be played, 0 to 7.
     *
     * @param follow see {@link Controls}
     * @param fade how much is left of a fade: 1 before it, 0 after it
     */
    int loudest(double follow, double fade) {
        int loudest = level < 0 ? LOUDEST : Math.min(LOUDEST, step() + width(follow));
        if (fade >= 1) {
            return loudest;
        }
        int from = level < 0 ? LOUDEST : Math.min(loudest, step() + 1);
        return Math.max(0, (int) Math.ceil(fade * (from + 1)) - 1);
    }

    /** The softest velocity step that may be played: no more than {@code loudest}. */
    int softest(double follow, int loudest) {
        return level < 0 ? 0 : Math.max(0, Math.min(loudest, step() - width(follow)));
    }

    private static int width(double follow) {
        return (int) Math.round(LOUDEST * (1 - follow));
    }
}
