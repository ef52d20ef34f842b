package org.continuo.engine.bench;

import java.util.function.LongSupplier;

/**
 * Measures a step of two readers in turns, so that whatever else the machine does falls on both alike.
 *
 * <p>A turn is {@value #TURN} measured steps after {@value #SETTLING} that are not, which bring the reader's weights and
 * cache back near the processor: each is measured as it would run alone. Who begins changes with every round. Runs on the
 * calling thread.
 */
public final class SideBySide {
    static final int TURN = 20;
    static final int SETTLING = 5;

    /** Something that reads tokens and remembers them. The tokens are its own; they are told by number only. */
    public interface Reader {
        /** Forgets all but the first {@code length} tokens; not measured. */
        void rollback(int length);

        /**
         * Reads the tokens numbered {@code from} to {@code to - 1} onto the {@code from} that it remembers, and has the
         * logits of what follows the last at hand when it returns.
         */
        void read(int from, int to);
    }

    /**
     * What was measured.
     *
     * @param ratio the first's median over the second's: below 1, the first is faster
     */
    public record Result(Percentiles first, Percentiles second, double ratio) {}

    private final Reader first;
    private final Reader second;
    private final LongSupplier nanoseconds;

    /** @param nanoseconds a clock that never goes back, such as {@code System::nanoTime} */
    public SideBySide(Reader first, Reader second, LongSupplier nanoseconds) {
        this.first = first;
        this.second = second;
        this.nanoseconds = nanoseconds;
    }

    /**
     * Measures one step after {@code context} tokens. Blocks.
     *
     * @param context tokens read before the step, at least 1
     * @param runs measured steps of each reader, at least 1
     */
    public Result after(int context, int runs) {
        for (Reader reader : new Reader[] {first, second}) {
            reader.rollback(0);
            reader.read(0, context);
        }
        long[] ofFirst = new long[runs];
        long[] ofSecond = new long[runs];
        boolean firstBegins = true;
        for (int from = 0; from < runs; from += TURN) {
            int to = Math.min(from + TURN, runs);
            turn(firstBegins ? first : second, context, firstBegins ? ofFirst : ofSecond, from, to);
            turn(firstBegins ? second : first, context, firstBegins ? ofSecond : ofFirst, from, to);
            firstBegins = !firstBegins;
        }
        Percentiles a = Percentiles.of(ofFirst);
        Percentiles b = Percentiles.of(ofSecond);
        return new Result(a, b, a.p50() / b.p50());
    }

    private void turn(Reader reader, int context, long[] durations, int from, int to) {
        for (int i = from - SETTLING; i < to; i++) {
            reader.rollback(context);
            long start = nanoseconds.getAsLong();
            reader.read(context, context + 1);
            if (i >= from) {
                durations[i] = nanoseconds.getAsLong() - start;
            }
        }
    }
}
