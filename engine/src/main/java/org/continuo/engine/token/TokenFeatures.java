package org.continuo.engine.token;

/**
 * The feature rows of each token of a sequence: the conditions asked for, and the musical time that the token leads to.
 *
 * <p>Not thread-safe. Allocates nothing after construction.
 */
public final class TokenFeatures {
    private final MeterMap meters;
    private final int[] rows = new int[FeatureLayout.SLOTS];
    private int meterBar = -1;
    private int meterValue;

    public TokenFeatures(MeterMap meters) {
        this.meters = meters;
    }

    /** The {@link FeatureLayout#SLOTS} rows of token {@code index}: the same array each time. */
    public int[] of(TokenSequence tokens, int index, Conditions conditions) {
        int bar = tokens.bar(index);
        if (bar != meterBar) {
            meterBar = bar;
            meterValue = FeatureLayout.meterValue(meters.meterOfBar(bar));
        }
        FeatureLayout.fill(conditions, meterValue, tokens.beat(index), tokens.tick(index), rows, 0);
        return rows;
    }
}
