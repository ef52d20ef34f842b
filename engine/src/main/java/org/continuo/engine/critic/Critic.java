package org.continuo.engine.critic;

import java.util.Map;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;

/**
 * Tells music that goes on as people go on from music that goes on as the model does: a weighted sum over an {@link
 * Impression}, learnt from pairs of the two after the same beginning (Bradley and Terry 1952: the difference of two sums is the
 * logarithm of the odds that the first is the real one). Immutable, thread-safe.
 */
public final class Critic {
    /** What is said of a take without a note: less than of any music. */
    private static final double SILENCE = -1000;

    private final LinearRule rule = LinearRule.shipped("critic.json");

    /** How much it takes a take for people's going on from its prompt; see {@link #judge(Map)}. */
    public double judge(Prompt prompt, Take take) {
        return take.notes().isEmpty()
                ? SILENCE
                : judge(Impression.of(prompt.with(take.notes()), prompt.join(), take.end()));
    }

    /** The same in nats of odds, of an impression; only differences between takes of one beginning mean anything. */
    public double judge(Map<String, Double> impression) {
        return rule.sums(impression)[0];
    }
}
