package org.continuo.engine.midi;

import java.util.Arrays;
import java.util.List;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/** Gives drum strokes, which have no length on the grid, one in a file: a sixteenth, since samplers may cut shorter ones. */
final class DrumStrokes {
    private static final int LENGTH = Score.TICKS_PER_QUARTER / 4;

    private DrumStrokes() {}

    /**
     * The grid tick at which each note is written to end; a stroke ends early where the same drum is struck again.
     *
     * @param notes in {@link Note#ORDER}
     */
    static int[] writtenEnds(List<Note> notes) {
        int[] nextStroke = new int[128];
        Arrays.fill(nextStroke, Integer.MAX_VALUE);
        int[] ends = new int[notes.size()];
        for (int i = notes.size() - 1; i >= 0; i--) {
            Note note = notes.get(i);
            ends[i] = note.end();
            if (!note.instrument().sustains()) {
                ends[i] = Math.min(note.start() + LENGTH, nextStroke[note.pitch()]);
                nextStroke[note.pitch()] = note.start();
            }
        }
        return ends;
    }
}
