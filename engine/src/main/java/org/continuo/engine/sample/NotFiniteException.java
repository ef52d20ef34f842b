package org.continuo.engine.sample;

/** The model said something that is not a number, or infinite: its weights or its input are broken. */
public final class NotFiniteException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NotFiniteException(int token, float logit) {
        super("the model's logit of token " + token + " is " + logit + "; its weights are damaged, install it again");
    }
}
