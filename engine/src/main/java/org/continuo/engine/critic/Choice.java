package org.continuo.engine.critic;

import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.sample.PlaceRandom;
import org.continuo.engine.sample.Sampling;

/**
 * Plays a take several times over and keeps the one that the critic likes best. One in so many takes loses its way, drones or
 * goes round in circles; one in four of each seldom does. The same arguments give the same take.
 */
public final class Choice {
    /** As many as a musician gladly waits for. */
    public static final int USUAL_CANDIDATES = 4;

    private final Critic critic = new Critic();
    private final Prompt prompt;
    private final Continuer continuer;

    /** @param prompt the one that {@code continuer} goes on from */
    public Choice(Prompt prompt, Continuer continuer) {
        this.prompt = prompt;
        this.continuer = continuer;
    }

    /**
     * A take and how it was come by.
     *
     * @param judged what the critic says of it
     * @param tokens said in all candidates
     */
    public record Chosen(Take take, double judged, int tokens) {}

    /** Asked as the takes grow; false stops. */
    public interface Progress {
        boolean goOn(int candidate, int tick);
    }

    /**
     * Plays the candidates. Blocks while the model computes.
     *
     * @param seed of the first candidate, and what the others' are derived from; the take that is kept names it as its own
     * @param candidates 1 or more
     * @return the best; one that is not complete where it was stopped
     */
    public Chosen take(Extent extent, Sampling sampling, long seed, int candidates, Progress progress) {
        Chosen best = null;
        int tokens = 0;
        for (int i = 0; i < candidates; i++) {
            int candidate = i;
            Take take = continuer.take(
                    extent,
                    sampling,
                    i == 0 ? seed : PlaceRandom.derive(seed, i),
                    tick -> progress.goOn(candidate, tick));
            tokens += take.tokens();
            Take named = new Take(take.notes(), take.end(), take.tokens(), seed, take.complete());
            if (!take.complete()) {
                return new Chosen(named, Double.NaN, tokens);
            }
            double judged = critic.judge(prompt, take);
            if (best == null || judged > best.judged) {
                best = new Chosen(named, judged, tokens);
            }
        }
        return new Chosen(best.take, best.judged, tokens);
    }
}
