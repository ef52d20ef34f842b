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
    /** How far the last note may ring over a bar line, in grid ticks (a sixteenth), without filling another bar. */
    private static final int RINGS_OVER = Score.TICKS_PER_QUARTER / 4;

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
     * The bar of the score in which music that goes on from the clip starts: at the first bar line after its last key
     * came up, or the one before where keys came up no more than a sixteenth late. Silence at the file's end and a pedal
     * that rings on do not count. 0 for a clip without notes.
     */
    public int joinBar() {
        MeterMap meters = score.meters();
        int end = clip.notes().stream()
                .mapToInt(note ->
                        note.channel() == ClipNote.DRUM_CHANNEL ? gridTick(note.start()) + 1 : gridTick(note.end()))
                .max()
                .orElse(0);
        int lastStart = clip.notes().stream()
                .mapToInt(note -> gridTick(note.start()))
                .max()
                .orElse(-1);
        int after = end <= 0 ? 0 : meters.barAt(end - 1) + 1;
        boolean lateOnly =
                after > 1 && end - meters.barStart(after - 1) <= RINGS_OVER && lastStart < meters.barStart(after - 1);
        return lateOnly ? after - 1 : after;
    }
}
