package org.continuo.engine.continuation;

/**
 * How far a take goes: to a bar line, and no further than so many tokens. A take that runs out of tokens ends at the next
 * bar line. Immutable.
 *
 * @param endTick a bar line of the prompt's meters; {@link Integer#MAX_VALUE} for none
 * @param tokens the most tokens the model may say
 */
public record Extent(int endTick, int tokens) {
    public static Extent toBarLine(int tick) {
        return new Extent(tick, Integer.MAX_VALUE);
    }

    public static Extent ofTokens(int tokens) {
        return new Extent(Integer.MAX_VALUE, tokens);
    }
}
