package org.continuo.engine.continuation;

import org.continuo.engine.model.TokenHistory;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.TokenSequence;

/**
 * Gives each token of a score its feature rows and adds it to what a model reads: the conditions asked for, and the
 * musical time that the token leads to.
 *
 * <p>Not thread-safe. Adding a token allocates nothing but room for it.
 */
public final class HistoryWriter {
    private final MeterMap meters;
    private final TokenHistory history;
    private final int[] rows = new int[FeatureLayout.SLOTS];
    private int meterBar = -1;
    private int meterValue;

    /** @param history takes {@link FeatureLayout#SLOTS} features a token */
    public HistoryWriter(MeterMap meters, TokenHistory history) {
        if (history.features() != FeatureLayout.SLOTS) {
            throw new IllegalArgumentException("the history takes " + history.features() + " features a token, the score "
                    + "language has " + FeatureLayout.SLOTS);
        }
        this.meters = meters;
        this.history = history;
    }

    /** Adds token {@code index} of {@code tokens}. */
    public void add(TokenSequence tokens, int index, Conditions conditions) {
        int bar = tokens.bar(index);
        if (bar != meterBar) {
            meterBar = bar;
            meterValue = FeatureLayout.meterValue(meters.meterOfBar(bar));
        }
        FeatureLayout.fill(conditions, meterValue, tokens.beat(index), tokens.tick(index), rows, 0);
        history.add(tokens.token(index), rows, 0);
    }

    /** Adds the tokens from {@code from} on. */
    public void addAll(TokenSequence tokens, int from, Conditions conditions) {
        for (int i = from; i < tokens.size(); i++) {
            add(tokens, i, conditions);
        }
    }
}
