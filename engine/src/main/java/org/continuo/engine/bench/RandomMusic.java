package org.continuo.engine.bench;

import java.util.Random;
import org.continuo.engine.model.ModelShape;
import org.continuo.engine.model.TokenHistory;

/** Tokens to read where only the time is of interest: what they are does not change it. */
public final class RandomMusic {
    private RandomMusic() {}

    /** As many random tokens with random feature rows as the model's context holds. */
    public static TokenHistory of(ModelShape shape, Random random) {
        TokenHistory history = new TokenHistory(shape.features());
        int[] rows = new int[shape.features()];
        for (int i = 0; i < shape.context(); i++) {
            for (int slot = 0; slot < rows.length; slot++) {
                rows[slot] = random.nextInt(shape.rows());
            }
            history.add(random.nextInt(shape.tokens()), rows, 0);
        }
        return history;
    }
}
