package org.continuo.bridge.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.critic.Critic;
import org.continuo.engine.sample.Sampling;

/** Plays takes one after the other under a progress bar, until told to stop. */
final class TakePlayer {
    /**
     * A take and the seconds it took.
     *
     * @param judged what the critic says; null where nobody asked it
     */
    record Timed(Take take, double seconds, Double judged) {}

    /** Plays a take; asks after each step, with the tick reached, whether to go on. */
    interface Playing {
        Take play(IntPredicate goOn);
    }

    private final Interruption interruption;
    private final int takes;

    TakePlayer(Interruption interruption, int takes) {
        this.interruption = interruption;
        this.takes = takes;
    }

    /**
     * Goes on from a prompt once for each seed; of several takes the critic's favourite comes first. Told to stop, it is
     * content with those that are done.
     *
     * @throws StoppedException if none is
     */
    List<Timed> ranked(Continuer continuer, Prompt prompt, Extent extent, Sampling sampling, long[] seeds) {
        List<Timed> done = new ArrayList<>();
        Critic critic = new Critic();
        try {
            for (long seed : seeds) {
                Timed timed = play(done.size() + 1, continuer, prompt, extent, sampling, seed);
                double judged = critic.judge(prompt, timed.take);
                done.add(seeds.length == 1 ? timed : new Timed(timed.take, timed.seconds, judged));
            }
        } catch (StoppedException e) {
            if (done.isEmpty()) {
                throw e;
            }
        }
        if (seeds.length > 1) {
            done.sort(Comparator.comparing(Timed::judged).reversed());
        }
        return done;
    }

    /** Goes on from a prompt. */
    private Timed play(int number, Continuer continuer, Prompt prompt, Extent extent, Sampling sampling, long seed) {
        boolean byTokens = extent.endTick() == Integer.MAX_VALUE;
        int[] said = {0};
        return play(
                number,
                byTokens ? extent.tokens() : extent.endTick() - prompt.join(),
                tick -> byTokens ? ++said[0] : tick - prompt.join(),
                goOn -> continuer.take(extent, sampling, seed, goOn));
    }

    /**
     * Plays a take.
     *
     * @param number from 1
     * @param total how much there is to do
     * @param done how much of it is done, by the tick reached
     * @throws StoppedException if it was stopped
     */
    Timed play(int number, long total, IntUnaryOperator done, Playing playing) {
        long begun = System.nanoTime();
        try (ProgressBar bar = ProgressBar.onStandardError(takes == 1 ? "playing" : "playing take " + number, total)) {
            Take take = playing.play(tick -> {
                bar.show(done.applyAsInt(tick));
                return !interruption.requested();
            });
            if (!take.complete()) {
                throw new StoppedException();
            }
            return new Timed(take, (System.nanoTime() - begun) / 1e9, null);
        }
    }
}
