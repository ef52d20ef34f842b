package org.continuo.engine.evaluate;

import org.continuo.engine.model.Decoder;
import org.continuo.engine.model.TokenHistory;
import org.continuo.engine.sample.LogProbability;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.ScoreEncoder;
import org.continuo.engine.token.TokenFeatures;
import org.continuo.engine.token.TokenSequence;
import org.continuo.engine.token.Vocabulary;

/**
 * How well a model foretells pieces: minus the log-probability of every token but the start, in nats. Time and the end of
 * the piece are counted, the conditions are not; divided by the number of note starts this is comparable between any
 * encodings of the same notes.
 *
 * <p>Pieces longer than the context are read in windows that overlap by a quarter, and the first quarter of a window is
 * scored only where it starts the piece, so that each token is scored once and with at least a quarter of the context
 * before it. Confined to one thread; blocks while the model computes.
 */
public final class Likelihood {
    /** Sums over pieces. */
    public record Sum(long pieces, long notes, long tokens, double nats) {
        public static final Sum ZERO = new Sum(0, 0, 0, 0);

        public Sum plus(Sum other) {
            return new Sum(pieces + other.pieces, notes + other.notes, tokens + other.tokens, nats + other.nats);
        }

        public double natsPerNote() {
            return nats / notes;
        }

        public double natsPerToken() {
            return nats / tokens;
        }
    }

    private final Decoder decoder;
    private final int context;
    private double nats;

    /** @param context tokens of one window, at least 4, at most the model's own */
    public Likelihood(Decoder decoder, int context) {
        if (context < 4 || context > decoder.model().shape().context()) {
            throw new IllegalArgumentException("context " + context + " is not 4.."
                    + decoder.model().shape().context());
        }
        this.decoder = decoder;
        this.context = context;
    }

    /** Tokens from the start of one window to the start of the next. */
    public int stride() {
        return context - context / 4;
    }

    /** Scores one piece under the given conditions. */
    public Sum of(Score score, Conditions conditions) {
        return from(score, conditions, 0);
    }

    /** Scores what stands in bar {@code bar} and after, knowing what stands before; from bar 0 on, the whole piece. */
    public Sum from(Score score, Conditions conditions, int bar) {
        TokenSequence tokens = ScoreEncoder.encode(score);
        TokenHistory history = new TokenHistory(FeatureLayout.SLOTS);
        TokenFeatures features = new TokenFeatures(score.meters());
        for (int i = 0; i < tokens.size(); i++) {
            history.add(tokens.token(i), features.of(tokens, i, conditions), 0);
        }
        nats = 0;
        int first = 1;
        while (first < tokens.size() && bar > 0 && tokens.bar(first) < bar) {
            first++;
        }
        int scoredTo = 1;
        for (int start = 0; scoredTo < tokens.size(); start += stride()) {
            scoredTo = scoreWindow(history, start, Math.max(first, scoredTo));
        }
        return new Sum(1, noteStarts(tokens, first), (long) tokens.size() - first, nats);
    }

    /** Scores the tokens from {@code first} on that a window starting at {@code start} foretells; returns where it ends. */
    private int scoreWindow(TokenHistory history, int start, int first) {
        int end = Math.min(start + context, history.end() - 1);
        decoder.rollback(0);
        decoder.score(history, start, end, (number, logits) -> {
            if (number + 1 >= first) {
                nats -= LogProbability.of(logits, history.token(number + 1));
            }
        });
        return end + 1;
    }

    private static long noteStarts(TokenSequence tokens, int first) {
        long starts = 0;
        for (int i = first; i < tokens.size(); i++) {
            starts += Vocabulary.isNoteOn(tokens.token(i)) ? 1 : 0;
        }
        return starts;
    }
}
