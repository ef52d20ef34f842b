package org.continuo.engine.perform;

import org.continuo.engine.token.Vocabulary;

/**
 * What of the plan is to stand as if it had sounded. Performance time, in quarter notes.
 *
 * <p>Not thread-safe; allocates nothing.
 */
final class Kept {
    private static final int OCTAVE = 12;

    private final LiveScore score;
    private final Teller teller;
    private final Hand hand;
    private double until = Double.NEGATIVE_INFINITY;
    /** What the host knows by the next look is to be kept, before this moment; NaN where nothing was asked. */
    private double asked = Double.NaN;

    Kept(LiveScore score, Teller teller, Hand hand) {
        this.score = score;
        this.teller = teller;
        this.hand = hand;
    }

    /**
     * What is planned before this moment is to be kept, once the host knows it; beyond the plan's end it is the end. While the
     * model has nothing to play there is nothing to keep, nor to wait for.
     */
    void ask(double before) {
        asked = before;
        look();
    }

    void forget() {
        until = Double.NEGATIVE_INFINITY;
        asked = Double.NaN;
    }

    /** Keeps what was asked for, if the host knows the plan by now. */
    void look() {
        if (hand.isEmpty()) {
            asked = Double.NaN;
        } else if (!Double.isNaN(asked) && teller.hasBegun()) {
            until = Math.min(asked, teller.end());
            asked = Double.NaN;
        }
    }

    /** What is planned before this moment stands. */
    double until() {
        return until;
    }

    /** Nothing is kept any more where the musician strikes a semitone from a kept note at tick {@code from} or later. */
    void strike(int pitch, long from) {
        for (int number = score.size() - 1; number > 0 && score.tick(number) >= from; number--) {
            int token = score.token(number);
            boolean own = Vocabulary.isNoteOn(token) && score.is(number, LiveScore.MODEL);
            if (own && LiveScore.sustains(token) && score.time(number) < until) {
                int apart = Math.floorMod(pitch - Vocabulary.pitchOf(token), OCTAVE);
                if (apart == 1 || apart == OCTAVE - 1) {
                    forget();
                    return;
                }
            }
        }
    }
}
