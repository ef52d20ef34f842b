package org.continuo.engine.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;

/**
 * Measures how much faster than playing time a model plays a band: everything that makes a note is counted, from the
 * grammar's mask to the next step. Runs on the calling thread; measure on an idle machine.
 */
public final class PlayingBenchmark {
    /** Tokens a beat of dense four-part music. */
    public static final int TOKENS_PER_BEAT = 16;

    /** Beats a second at 120 to the minute. */
    public static final int BEATS_PER_SECOND = 2;

    private static final Set<Instrument> BAND =
            EnumSet.of(Instrument.PIANO, Instrument.GUITAR, Instrument.BASS, Instrument.DRUMS);

    /**
     * What was measured.
     *
     * @param tokens made, from a prompt of four bars on
     * @param tokensPerSecond made in one thread
     * @param timesPlayingTime against {@link #TOKENS_PER_BEAT} at {@link #BEATS_PER_SECOND}
     */
    public record Result(int tokens, double tokensPerSecond, double timesPlayingTime) {}

    private PlayingBenchmark() {}

    /** @param nanoseconds a clock that never goes back, such as {@code System::nanoTime} */
    public static Result run(NoteModel model, int tokens, LongSupplier nanoseconds) {
        Prompt prompt = fourBars();
        Conditions conditions = Conditions.NONE.withInstruments(BAND);
        try (Continuer continuer = new Continuer(model, prompt, conditions)) {
            continuer.take(Extent.ofTokens(100), Sampling.PLAIN, 1, tick -> true);
            long start = nanoseconds.getAsLong();
            Take take = continuer.take(Extent.ofTokens(tokens), Sampling.PLAIN, 2, tick -> true);
            double perSecond = take.tokens() * 1e9 / (nanoseconds.getAsLong() - start);
            return new Result(take.tokens(), perSecond, perSecond / (TOKENS_PER_BEAT * BEATS_PER_SECOND));
        }
    }

    private static Prompt fourBars() {
        List<Note> notes = new ArrayList<>();
        int[] roots = {45, 41, 48, 43};
        for (int eighth = 0; eighth < 32; eighth++) {
            int tick = eighth * 12;
            int root = roots[eighth / 8];
            notes.add(new Note(Instrument.BASS, root - 12, 5, tick, tick + 12));
            notes.add(new Note(Instrument.DRUMS, 42, 4, tick, tick + 1));
            if (eighth % 2 == 0) {
                notes.add(new Note(Instrument.DRUMS, eighth % 4 == 0 ? 36 : 38, 6, tick, tick + 1));
                notes.add(new Note(Instrument.PIANO, root + 12, 4, tick, tick + 24));
                notes.add(new Note(Instrument.GUITAR, root + 19, 4, tick, tick + 24));
            }
        }
        return new Prompt(new Score(MeterMap.of(Meter.COMMON), notes), 4 * 96);
    }
}
