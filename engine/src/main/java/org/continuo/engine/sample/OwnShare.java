package org.continuo.engine.sample;

import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.TokenMask;
import org.continuo.engine.token.Vocabulary;

/**
 * Whether a place in a beat was meant for the model's own parts. It names a place because something happens there; where others
 * play too, that may be one of their notes, which is not the model's to say. Taken with the likelihood that it meant a note of
 * its own, and else asked again, the places it takes are those that it would have named had it known: rejection sampling.
 *
 * <p>Stateless, thread-safe, allocates nothing.
 */
public final class OwnShare {
    private static final int FIRST_NOTE =
            Vocabulary.noteOn(Instrument.ofIndex(0), Instrument.ofIndex(0).lowestPitch(), 0);

    private OwnShare() {}

    /**
     * Of what the model expects to start or end at a place, the share that it may say itself.
     *
     * @param logits of what follows the place
     * @param mask what may follow
     * @param own the instruments that the model plays, a bit for each; what the mask forbids of these counts for nobody
     * @return 0 to 1
     */
    public static double of(float[] logits, TokenMask mask, int own) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int token = FIRST_NOTE; token < Vocabulary.SIZE; token++) {
            highest = Math.max(highest, logits[token]);
        }
        double ours = 0;
        double others = 0;
        for (int token = FIRST_NOTE; token < Vocabulary.SIZE; token++) {
            if (mask.allows(token)) {
                ours += Math.exp(logits[token] - highest);
            } else if ((own >> Vocabulary.instrumentOf(token).ordinal() & 1) == 0) {
                others += Math.exp(logits[token] - highest);
            }
        }
        return ours + others == 0 ? 0 : ours / (ours + others);
    }
}
