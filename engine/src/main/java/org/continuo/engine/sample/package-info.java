/**
 * From logits to a token: which may be picked ({@link org.continuo.engine.sample.TokenMask}), how ({@link
 * org.continuo.engine.sample.Sampling}), and with what luck ({@link org.continuo.engine.sample.PlaceRandom}).
 *
 * <p>Start reading at {@link org.continuo.engine.sample.Sampler}. Nothing here allocates once constructed.
 */
package org.continuo.engine.sample;
