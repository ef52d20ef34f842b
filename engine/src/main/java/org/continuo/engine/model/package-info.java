/**
 * The model: a folder on disk, the session that computes, and the memory of what was read.
 *
 * <p>Start reading at {@link org.continuo.engine.model.NoteModel}, then {@link org.continuo.engine.model.Decoder} for one
 * window of tokens and {@link org.continuo.engine.model.SlidingContext} for music without end. Speaks of tokens and feature
 * rows by number only; what they mean is the score language's business. The graph's inputs and outputs are described where
 * it is made, in {@code training/export.py}.
 */
package org.continuo.engine.model;
