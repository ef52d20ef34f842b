package org.continuo.engine.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.continuo.engine.model.CopyingDecoder;
import org.continuo.engine.model.Decoder;
import org.continuo.engine.model.ModelShape;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.model.TokenHistory;
import org.continuo.engine.sample.Sampler;
import org.continuo.engine.sample.Sampling;

/**
 * Measures what a model costs on this machine: a step at several context lengths, beside the same step with a cache that
 * is copied every time; reading a prompt; picking a token; garbage.
 *
 * <p>Reads random tokens: what they are does not change the time. Runs on the calling thread, for some seconds; measure
 * on an idle machine.
 */
public final class StepBenchmark {
    /** Tokens of the prompt that is read, or the context if that is less. */
    private static final int PROMPT = 512;

    private static final int WARM_UP = 20;

    /**
     * One context length.
     *
     * @param context tokens read before the step
     * @param step with the cache in place, microseconds
     * @param copied with a cache that is copied, microseconds
     */
    public record AtLength(int context, Percentiles step, Percentiles copied) {}

    /**
     * What was measured.
     *
     * @param steps for each context length asked for
     * @param prefillTokens of a prompt that is read on an empty cache
     * @param prefillTokensPerSecond of that prompt, the best of a few times
     * @param sample one pick with temperature, top-p and min-p over the whole vocabulary, microseconds
     * @param heapBytesPerStep garbage that one step and one pick leave; -1 where the platform does not tell
     */
    public record Result(
            String model,
            String precision,
            List<AtLength> steps,
            int prefillTokens,
            double prefillTokensPerSecond,
            Percentiles sample,
            double heapBytesPerStep) {}

    private final LongSupplier nanoseconds;
    private final Random random;

    /** @param nanoseconds a clock that never goes back, such as {@code System::nanoTime} */
    public StepBenchmark(LongSupplier nanoseconds, long seed) {
        this.nanoseconds = nanoseconds;
        this.random = new Random(seed);
    }

    /**
     * Runs it all. Blocks.
     *
     * @param contexts lengths to measure a step at, each from 1 to the model's context less 1
     * @param runs of each step that is measured
     */
    public Result run(NoteModel model, int[] contexts, int runs) {
        ModelShape shape = model.shape();
        TokenHistory music = RandomMusic.of(shape, random);
        List<AtLength> steps = new ArrayList<>();
        try (Decoder decoder = model.newDecoder()) {
            int prompt = Math.min(PROMPT, shape.context());
            double prefill = prefill(decoder, music, prompt);
            for (int context : contexts) {
                if (context < 1 || context >= shape.context()) {
                    throw new IllegalArgumentException(
                            "context " + context + " is not 1.." + (shape.context() - 1) + " of this model");
                }
                steps.add(new AtLength(context, inPlace(decoder, music, context, runs), copied(model, context, runs)));
            }
            return new Result(
                    model.folder().name(),
                    model.folder().precision(),
                    List.copyOf(steps),
                    prompt,
                    prefill,
                    sample(shape, runs),
                    heapBytesPerStep(decoder, runs));
        }
    }

    private double prefill(Decoder decoder, TokenHistory music, int tokens) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            decoder.rollback(0);
            long start = nanoseconds.getAsLong();
            decoder.read(music, 0, tokens);
            best = Math.min(best, nanoseconds.getAsLong() - start);
        }
        return tokens * 1e9 / best;
    }

    private Percentiles inPlace(Decoder decoder, TokenHistory music, int context, int runs) {
        decoder.rollback(0);
        decoder.read(music, 0, context);
        long[] durations = new long[runs];
        for (int i = -WARM_UP; i < runs; i++) {
            decoder.rollback(context);
            long start = nanoseconds.getAsLong();
            decoder.read(music, context, context + 1);
            if (i >= 0) {
                durations[i] = nanoseconds.getAsLong() - start;
            }
        }
        return Percentiles.of(durations);
    }

    /** The copied cache cannot be rolled back, so it grows over the runs, from a little less to a little more. */
    private Percentiles copied(NoteModel model, int context, int runs) {
        int[] open = new int[model.shape().features()];
        long[] durations = new long[runs];
        int done = -WARM_UP;
        while (done < runs) {
            int spread = Math.min(16, Math.min(context - 1, model.shape().context() - 1 - context));
            try (CopyingDecoder decoder = new CopyingDecoder(model, context - spread)) {
                for (; done < runs && decoder.length() <= context + spread; done++) {
                    long start = nanoseconds.getAsLong();
                    decoder.step(1, open, 0);
                    if (done >= 0) {
                        durations[done] = nanoseconds.getAsLong() - start;
                    }
                }
            }
        }
        return Percentiles.of(durations);
    }

    private Percentiles sample(ModelShape shape, int runs) {
        Sampler sampler = new Sampler(shape.tokens());
        Sampling sampling = new Sampling(1, 0, 0.95, 0.01);
        float[] logits = new float[shape.tokens()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian() * 3;
        }
        long[] durations = new long[runs];
        for (int i = -5_000; i < runs; i++) {
            long start = nanoseconds.getAsLong();
            sampler.sample(logits, null, sampling, 1, i);
            if (i >= 0) {
                durations[i] = nanoseconds.getAsLong() - start;
            }
        }
        return Percentiles.of(durations);
    }

    private static double heapBytesPerStep(Decoder decoder, int runs) {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)) {
            return -1;
        }
        ModelShape shape = decoder.model().shape();
        Sampler sampler = new Sampler(shape.tokens());
        int[] open = new int[shape.features()];
        decoder.rollback(0);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < runs; i++) {
            float[] logits = decoder.step(1, open, 0);
            sampler.sample(logits, null, Sampling.PLAIN, 1, i);
            decoder.rollback(0);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / (double) runs;
    }
}
