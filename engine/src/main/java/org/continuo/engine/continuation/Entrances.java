package org.continuo.engine.continuation;

import java.util.EnumSet;
import java.util.Set;
import org.continuo.engine.sample.TokenMask;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Vocabulary;

/**
 * Sees to it that everyone who was asked for comes in. A model that began without a bass goes on without a bass, whatever it
 * is told: so at each bar line after the first bar of a take one instrument that has not been heard has to start.
 *
 * <p>Not thread-safe; allocates nothing after construction.
 */
final class Entrances {
    private final Set<Instrument> awaited;
    private final TokenMask starts = new TokenMask(Vocabulary.SIZE);
    private int barsBegun;
    private boolean due;

    /** @param asked who is to play */
    Entrances(Set<Instrument> asked) {
        this.awaited = asked.isEmpty() ? EnumSet.noneOf(Instrument.class) : EnumSet.copyOf(asked);
    }

    /** Follows every token of the prompt. */
    void hear(int token) {
        if (!awaited.isEmpty() && Vocabulary.isNoteOn(token)) {
            awaited.remove(Vocabulary.instrumentOf(token));
        }
    }

    /** Follows every token of the take. */
    void accept(int token) {
        hear(token);
        if (token == Vocabulary.BAR) {
            barsBegun++;
            due = barsBegun > 1 && !awaited.isEmpty();
        } else if (Vocabulary.isNoteOn(token)) {
            due = false;
        }
    }

    /** Leaves only what lets the next one in, where it has to. Notes that are overdue may end before. */
    void restrict(TokenMask mask) {
        if (!due) {
            return;
        }
        Instrument next = awaited.iterator().next();
        starts.forbidAll();
        for (int pitch = next.lowestPitch(); pitch <= next.highestPitch(); pitch++) {
            int first = Vocabulary.noteOn(next, pitch, 0);
            starts.allow(first, first + Note.VELOCITIES);
        }
        mask.and(starts);
    }
}
