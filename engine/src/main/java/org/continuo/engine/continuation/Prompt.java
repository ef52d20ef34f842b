package org.continuo.engine.continuation;

import java.util.ArrayList;
import java.util.List;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.ScoreEncoder;
import org.continuo.engine.token.TokenSequence;

/**
 * What is to be continued: a score up to a tick. Notes that start at or after the join are left out, and those that ring
 * over it end there. Immutable, thread-safe.
 *
 * @param join the tick at which new music starts; on the grid, 0 or more
 */
public record Prompt(Score score, int join) {
    public Prompt {
        int end = join;
        List<Note> given = score.notes().stream()
                .filter(note -> note.start() < end)
                .map(note -> note.end() <= end
                        ? note
                        : new Note(note.instrument(), note.pitch(), note.velocity(), note.start(), end))
                .toList();
        score = new Score(score.meters(), given);
    }

    public MeterMap meters() {
        return score.meters();
    }

    /** The bar line at which so many bars are full: a bar begun before the join is filled and not counted. */
    public int endAfter(int bars) {
        return meters().barStart(firstWholeBar() + bars);
    }

    /** How many bars are full from the join to a bar line, as {@link #endAfter} counts them. */
    public int barsTo(int barLine) {
        return meters().barAt(barLine) - firstWholeBar();
    }

    private int firstWholeBar() {
        int bar = meters().barAt(join);
        return meters().barStart(bar) == join ? bar : bar + 1;
    }

    /** The score with what goes on from it. */
    public Score with(List<Note> added) {
        List<Note> all = new ArrayList<>(score.notes());
        all.addAll(added);
        return new Score(score.meters(), all);
    }

    /** The tokens that lead up to the join. */
    TokenSequence tokens() {
        TokenSequence tokens = ScoreEncoder.encodeOpen(score);
        tokens.advanceTo(join);
        return tokens;
    }
}
