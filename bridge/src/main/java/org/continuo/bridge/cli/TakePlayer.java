package org.continuo.bridge.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.critic.Choice;
import org.continuo.engine.sample.Sampling;

/** Plays takes one after the other under a progress bar, until told to stop. */
final class TakePlayer {
    /**
     * A take and what it took.
     *
     * @param judged what the critic says; null where nobody asked it
     */
    record Timed(Take take, double seconds, Double judged) {}

    /** Plays a take; asks after each step, with the tick reached, whether to go on. */
    interface Playing {
        Take play(IntPredicate goOn);
    }

    /** Each has a model's memory of its own. */
    private static final int MOST_THREADS = 8;

    private final Interruption interruption;
    private final int takes;

    TakePlayer(Interruption interruption, int takes) {
        this.interruption = interruption;
        this.takes = takes;
    }

    /**
     * Goes on from a prompt once for each seed, each the best of so many candidates; of several takes the critic's favourite
     * comes first. Told to stop, it is content with those that are done.
     *
     * @throws StoppedException if none is
     */
    List<Timed> ranked(
            Continuer continuer, Prompt prompt, Extent extent, Sampling sampling, long[] seeds, int candidates) {
        List<Timed> done = new ArrayList<>();
        Choice choice = new Choice(prompt, continuer, threads());
        try {
            for (long seed : seeds) {
                done.add(play(done.size() + 1, choice, prompt, extent, sampling, seed, candidates));
            }
        } catch (StoppedException e) {
            if (done.isEmpty()) {
                throw e;
            }
        }
        done.sort(Comparator.comparing(Timed::judged).reversed());
        return done;
    }

    private static int threads() {
        return Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    }

    private Timed play(
            int number, Choice choice, Prompt prompt, Extent extent, Sampling sampling, long seed, int candidates) {
        boolean byTokens = extent.endTick() == Integer.MAX_VALUE;
        int each = byTokens ? extent.tokens() : extent.endTick() - prompt.join();
        int[] reached = new int[candidates];
        Choice.Chosen[] chosen = {null};
        Timed timed = play(number, (long) candidates * each, done -> done, goOn -> {
            chosen[0] = choice.take(extent, sampling, seed, candidates, (candidate, tick) -> {
                reached[candidate] = byTokens ? reached[candidate] + 1 : tick - prompt.join();
                return goOn.test(Arrays.stream(reached).sum());
            });
            return chosen[0].take();
        });
        return new Timed(timed.take, timed.seconds, chosen[0].judged());
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
