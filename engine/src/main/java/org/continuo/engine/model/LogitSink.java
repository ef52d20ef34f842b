package org.continuo.engine.model;

/** Takes the logits of one row after another. */
@FunctionalInterface
public interface LogitSink {
    /**
     * @param number the token after which the logits stand: they foretell token {@code number + 1}
     * @param logits one for each token of the vocabulary; overwritten after the call returns
     */
    void accept(int number, float[] logits);
}
