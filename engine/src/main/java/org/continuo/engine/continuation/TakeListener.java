package org.continuo.engine.continuation;

import org.continuo.engine.token.ScoreDecoder;

/**
 * Follows a take while it is played: is told every note of the take, in the order in which the notes begin and end, and
 * asked after each token whether to go on. Called on the thread that plays the take.
 */
@FunctionalInterface
public interface TakeListener extends ScoreDecoder.Listener {
    /**
     * Asked after each token; false stops the take there.
     *
     * @param tick reached so far, on the prompt's grid
     */
    boolean goOn(int tick);
}
