package org.continuo.engine.accompany;

import org.continuo.engine.sample.Cues;
import org.continuo.engine.token.TimeCursor;
import org.continuo.engine.token.TokenMask;

/**
 * What added parts keep to beyond the rules of the score language: who may start, who must end. One for each reading of
 * the stream: it hears every token in order, and is made anew where the stream is taken back. Not thread-safe.
 */
interface Manners {
    /** Hears the next token, given or added, before time moves by it. */
    void accept(int token, TimeCursor time);

    /** The end of an added note that must come now, or -1. Asked while notes may still end at this tick. */
    int mustEnd(TimeCursor time);

    /** Cues whom this tick is for; none are given yet. */
    void cue(Cues cues, TimeCursor time);

    /** Takes away from what may come next at this tick. Leaves at least one token. */
    void restrict(TokenMask mask, TimeCursor time);
}
