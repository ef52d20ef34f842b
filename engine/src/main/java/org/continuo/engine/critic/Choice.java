package org.continuo.engine.critic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.model.ModelThread;
import org.continuo.engine.sample.PlaceRandom;
import org.continuo.engine.sample.Sampling;

/**
 * Plays a take several times over and keeps the one that the critic likes best. One in so many takes loses its way, drones or
 * goes round in circles; one in four of each seldom does. The same arguments give the same take, however many of them are played
 * at once.
 */
public final class Choice {
    /** As many as a musician gladly waits for. */
    public static final int USUAL_CANDIDATES = 4;

    private final Critic critic = new Critic();
    private final Prompt prompt;
    private final Continuer continuer;
    private final int threads;

    /**
     * @param prompt the one that {@code continuer} goes on from
     * @param threads that play at once, the caller's among them
     */
    public Choice(Prompt prompt, Continuer continuer, int threads) {
        this.prompt = prompt;
        this.continuer = continuer;
        this.threads = threads;
    }

    /**
     * A take and how it was come by.
     *
     * @param judged what the critic says of it
     */
    public record Chosen(Take take, double judged) {}

    /** Asked as the takes grow, by one thread at a time; false stops. */
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
        Take[] takes = new Take[candidates];
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Consumer<Continuer> player = own -> {
            for (int i = next.getAndIncrement(); i < candidates; i = next.getAndIncrement()) {
                int candidate = i;
                takes[i] = own.take(extent, sampling, i == 0 ? seed : PlaceRandom.derive(seed, i), tick -> {
                    synchronized (takes) {
                        return failure.get() == null && progress.goOn(candidate, tick);
                    }
                });
            }
        };
        List<ModelThread> others = new ArrayList<>();
        try {
            for (int i = 1; i < Math.min(threads, candidates); i++) {
                others.add(beside(player, failure));
            }
            player.accept(continuer);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        } finally {
            others.forEach(ModelThread::awaitEnd);
        }
        rethrow(failure.get());
        return best(takes, seed);
    }

    /** Starts a thread that plays with what {@link #continuer} has read. */
    private ModelThread beside(Consumer<Continuer> player, AtomicReference<Throwable> failure) {
        Continuer own = continuer.another();
        return new ModelThread(
                () -> {
                    try (own) {
                        player.accept(own);
                    } catch (RuntimeException | Error e) {
                        failure.compareAndSet(null, e);
                    }
                },
                "candidates");
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private Chosen best(Take[] takes, long seed) {
        int tokens = 0;
        for (Take take : takes) {
            tokens += take.tokens();
        }
        Chosen best = null;
        for (Take take : takes) {
            Take named = new Take(take.notes(), take.end(), take.tokens(), tokens, seed, take.complete());
            if (!take.complete()) {
                return new Chosen(named, Double.NaN);
            }
            double judged = critic.judge(prompt, take);
            if (best == null || judged > best.judged) {
                best = new Chosen(named, judged);
            }
        }
        return best;
    }
}
