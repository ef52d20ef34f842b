package org.continuo.engine.continuation;

import java.util.List;
import org.continuo.engine.token.Note;

/**
 * Music that a model made: what goes on from a prompt, or parts beside given ones. Immutable, thread-safe.
 *
 * @param notes in score order, none after {@code end}; where a prompt is gone on from, none before its join
 * @param end the bar line at which the take ends
 * @param tokens how many the model said
 * @param tokensInAll how many it said for it, with those of candidates that were not kept
 * @param seed what the take can be made again with
 * @param complete false when it was stopped on the way
 */
public record Take(List<Note> notes, int end, int tokens, int tokensInAll, long seed, boolean complete) {}
