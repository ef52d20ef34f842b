package org.continuo.engine.perform;

import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Vocabulary;

/**
 * What mode harmonize owes the musician: one note of each of the model's pitched parts for each chord that is struck.
 * Whether it was given is seen in the score, so what is taken back is owed again.
 *
 * <p>Not thread-safe; allocates nothing.
 */
final class OwedVoices {
    /** Keys struck within so many quarter notes are one chord. */
    static final double ONE_CHORD = 0.125;

    /** An answer later than so many quarter notes is none. */
    private static final double TOO_LATE = 1;

    /** Performance time of the chord that is to be answered. */
    private double struck = Double.NEGATIVE_INFINITY;

    /** The musician struck a key that has a pitch. */
    void strike(double at) {
        if (Math.abs(at - struck) >= ONE_CHORD) {
            struck = at;
        }
    }

    /** Nothing is owed any more. */
    void forget() {
        struck = Double.NEGATIVE_INFINITY;
    }

    double struck() {
        return struck;
    }

    /**
     * The instruments that owe a note, a bit for each.
     *
     * @param since the stream's tick at which the chord was struck
     * @param here performance time of the score's current tick
     */
    int owed(LiveScore score, Hand hand, long since, double here) {
        if (!(here - struck <= TOO_LATE)) {
            return 0;
        }
        int owed = hand.pitched();
        for (int number = score.size() - 1; number > 0 && score.tick(number) >= since && owed != 0; number--) {
            int token = score.token(number);
            if (Vocabulary.isNoteOn(token) && score.is(number, LiveScore.MODEL)) {
                Instrument instrument = Vocabulary.instrumentOf(token);
                owed &= ~(1 << instrument.ordinal());
            }
        }
        return owed;
    }
}
