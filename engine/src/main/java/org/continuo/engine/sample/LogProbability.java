package org.continuo.engine.sample;

import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Vocabulary;

/**
 * How probable the model held a token to be: what evaluation adds up.
 *
 * <p>Stateless, thread-safe, allocates nothing.
 */
public final class LogProbability {
    private LogProbability() {}

    /**
     * The natural logarithm of the token's probability under softmax of all logits; 0 at most.
     *
     * @throws NotFiniteException if a logit is infinite or not a number
     */
    public static double of(float[] logits, int token) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            if (!(Math.abs(logits[i]) <= Float.MAX_VALUE)) {
                throw new NotFiniteException(i, logits[i]);
            }
            most = Math.max(most, logits[i]);
        }
        double sum = 0;
        for (float logit : logits) {
            double distance = logit - most;
            sum += distance > -40 ? Sampler.exp(distance) : 0;
        }
        return logits[token] - most - Math.log(sum);
    }

    /** The natural logarithm of a start's share of the probability of all starts of its instrument. */
    public static double amongStarts(float[] logits, int token) {
        Instrument instrument = Vocabulary.instrumentOf(token);
        double sum = 0;
        for (int pitch = instrument.lowestPitch(); pitch <= instrument.highestPitch(); pitch++) {
            int first = Vocabulary.noteOn(instrument, pitch, 0);
            for (int velocity = 0; velocity < Note.VELOCITIES; velocity++) {
                sum += Math.exp(logits[first + velocity] - logits[token]);
            }
        }
        return -Math.log(sum);
    }
}
