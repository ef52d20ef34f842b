package org.continuo.engine.midi;

import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Score;

/**
 * A clip together with its score on the grid, and how the two places relate. Immutable, thread-safe.
 *
 * @param clip the clip as read
 * @param score what the model reads; its tick 0 is the bar line before the first note
 * @param leadingBars whole bars of silence before that bar line, which the score leaves out
 * @param origin the same silence in grid ticks
 */
public record GridClip(MidiClip clip, Score score, int leadingBars, int origin) {
    /** The place of a tick of the clip on the score's grid: nearest, ties up; negative inside the leading silence. */
    public int gridTick(long clipTick) {
        return ClipQuantizer.gridTick(clipTick, clip.resolution()) - origin;
    }

    /** The place of a grid tick in the clip: nearest tick, ties up; exact where the resolution divides by 24. */
    public long clipTick(int gridTick) {
        long doubled = 2L * (gridTick + origin) * clip.resolution() + Score.TICKS_PER_QUARTER;
        return Math.floorDiv(doubled, 2 * Score.TICKS_PER_QUARTER);
    }

    /**
     * Where music that goes on from the clip starts, on the score's grid: on the first beat after its last key came up, or
     * on the bar line before where keys came up no more than a sixteenth late. A file that says it ends on the next bar
     * line is taken at its word. Longer silence at the file's end, and a pedal that rings on, do not count. 0 for a clip
     * without notes.
     */
    public int joinTick() {
        int end = 0;
        int lastStart = -1;
        for (ClipNote note : clip.notes()) {
            int start = gridTick(note.start());
            lastStart = Math.max(lastStart, start);
            // As in the score, where the shortest note and a drum stroke last one tick.
            int heardTo = note.drums() ? start : gridTick(note.end());
            end = Math.max(end, Math.max(start + 1, heardTo));
        }
        if (end <= 0) {
            return 0;
        }
        MeterMap meters = score.meters();
        int bar = meters.barAt(end - 1);
        int barStart = meters.barStart(bar);
        if (bar > 0 && lastStart < barStart && end - barStart <= Score.RINGS_OVER) {
            return barStart;
        }
        int nextBar = meters.barStart(bar + 1);
        int beats = (end - barStart + Score.TICKS_PER_QUARTER - 1) / Score.TICKS_PER_QUARTER;
        return gridTick(clip.endTick()) == nextBar
                ? nextBar
                : Math.min(nextBar, barStart + beats * Score.TICKS_PER_QUARTER);
    }
}
