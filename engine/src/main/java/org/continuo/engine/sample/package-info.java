/**
 * From logits to a token: which may be picked ({@link org.continuo.engine.token.TokenMask}), how ({@link
 * org.continuo.engine.sample.Sampling}), and with what luck ({@link org.continuo.engine.sample.PlaceRandom}). {@link
 * org.continuo.engine.sample.Cues} draws in who has been silent for too long, {@link
 * org.continuo.engine.sample.OwnShare} says whether a place was meant for the model's own parts, {@link
 * org.continuo.engine.sample.LogProbability} how likely it held what was picked.
 *
 * <p>Start reading at {@link org.continuo.engine.sample.Sampler}. Nothing here allocates once constructed.
 */
package org.continuo.engine.sample;
