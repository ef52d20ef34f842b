package org.continuo.engine.roll;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Set;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;

/** Paints one system of a piano roll: keys, bar and beat lines, notes, and the line at which the new music starts. */
final class SystemPainter {
    private static final Set<Integer> BLACK_KEYS = Set.of(1, 3, 6, 8, 10);
    private static final int LABEL_SIZE = 10;
    private static final int LABEL_ROOM = 26;
    private static final int LABEL_RIGHT = RollLayout.LEFT - 8;
    private static final double LEAST_BEAT_WIDTH = 10;
    private static final int LEAST_BAR_WIDTH = 4;
    private static final int STROKE_TICKS = 3;
    private static final int LEAST_NOTE_WIDTH = 2;

    /** From this height on a row has room for an outline. */
    private static final int OUTLINED_HEIGHT = 5;

    private final Graphics2D g;
    private final Lettering letters;
    private final RollLayout layout;
    private final int index;
    private final RollLayout.System system;
    private final MeterMap meters;

    SystemPainter(Graphics2D g, Lettering letters, RollLayout layout, int index, MeterMap meters) {
        this.g = g;
        this.letters = letters;
        this.layout = layout;
        this.index = index;
        this.system = layout.systems().get(index);
        this.meters = meters;
    }

    /** @param join the tick of the line; notes that start before it were given */
    void paint(List<Note> notes, int join) {
        paintKeys();
        paintDrumLanes();
        paintBars();
        for (Note note : notes) {
            if (note.instrument() == Instrument.DRUMS) {
                paintStroke(note, note.start() < join);
            } else {
                paintNote(note, note.start() < join);
            }
        }
        if (join > 0 && join >= system.startTick() && join < system.endTick()) {
            paintJoin(join);
        }
    }

    private int right() {
        return layout.x(system, system.endTick());
    }

    private void paintKeys() {
        int height = layout.rowHeight();
        for (int pitch = layout.lowestPitch(); layout.hasPitches() && pitch <= layout.highestPitch(); pitch++) {
            int y = layout.y(index, pitch);
            g.setColor(BLACK_KEYS.contains(pitch % 12) ? RollColors.BLACK_KEY : RollColors.WHITE_KEY);
            g.fillRect(RollLayout.LEFT, y, right() - RollLayout.LEFT, height);
            if (pitch % 12 == 0) {
                g.setColor(RollColors.OCTAVE_LINE);
                g.drawLine(RollLayout.LEFT, y + height - 1, right() - 1, y + height - 1);
                label("C" + (pitch / 12 - 1), y + height + 1);
            }
        }
    }

    private void paintDrumLanes() {
        List<Integer> drums = layout.drums();
        g.setColor(RollColors.WHITE_KEY);
        for (int drum : drums) {
            g.fillRect(RollLayout.LEFT, layout.drumY(index, drum), right() - RollLayout.LEFT, layout.drumHeight() - 1);
        }
        if (!drums.isEmpty()) {
            int top = layout.drumY(index, drums.get(drums.size() - 1));
            int bottom = layout.drumY(index, drums.get(0)) + layout.drumHeight();
            label("drums", (top + bottom) / 2 + 3);
        }
    }

    private void label(String text, int y) {
        letters.writeUpTo(text, LABEL_RIGHT, y, LABEL_SIZE, RollColors.FAINT_TEXT);
    }

    private void paintBars() {
        int top = layout.top(index);
        int labelledTo = 0;
        int ruledTo = 0;
        for (int bar = system.firstBar(); bar < system.endBar(); bar++) {
            int start = meters.barStart(bar);
            int x = layout.x(system, start);
            if (x < ruledTo) {
                continue;
            }
            ruledTo = x + LEAST_BAR_WIDTH;
            paintBeats(bar);
            barLine(x);
            if (x >= labelledTo) {
                letters.write(Integer.toString(bar + 1), x + 2, top - 5, LABEL_SIZE, RollColors.FAINT_TEXT);
                labelledTo = x + LABEL_ROOM;
            }
        }
        barLine(right());
    }

    private void barLine(int x) {
        g.setColor(RollColors.BAR_LINE);
        g.fillRect(x, layout.top(index), 1, layout.systemHeight());
    }

    private void paintBeats(int bar) {
        int beat = beatTicks(meters.meterOfBar(bar));
        if (layout.pixelsPerTick() * beat < LEAST_BEAT_WIDTH) {
            return;
        }
        g.setColor(RollColors.BEAT_LINE);
        for (int tick = beat; tick < meters.barLength(bar); tick += beat) {
            g.fillRect(layout.x(system, meters.barStart(bar) + tick), layout.top(index), 1, layout.systemHeight());
        }
    }

    /** What a player counts: the meter's lower number, and three of them where eighths come in threes. */
    private static int beatTicks(Meter meter) {
        boolean compound = meter.denominator() >= 8 && meter.numerator() > 3 && meter.numerator() % 3 == 0;
        return Math.max(1, 4 * Score.TICKS_PER_QUARTER / meter.denominator() * (compound ? 3 : 1));
    }

    private void paintNote(Note note, boolean given) {
        if (note.start() >= system.endTick() || note.end() <= system.startTick()) {
            return;
        }
        int left = layout.x(system, Math.max(note.start(), system.startTick()));
        int right = layout.x(system, Math.min(note.end(), system.endTick()));
        int y = layout.y(index, note.pitch());
        // One pixel of gap, so that a repeated note reads as two.
        int width = Math.max(LEAST_NOTE_WIDTH, right - left - 1);
        int height = layout.rowHeight();
        Color body = RollColors.of(note, given);
        g.setColor(body);
        g.fillRect(left, y, width, height);
        if (height >= OUTLINED_HEIGHT && width > LEAST_NOTE_WIDTH) {
            // The lower edge alone: it parts the notes of a close chord and leaves the color whole.
            g.setColor(RollColors.outline(body));
            g.fillRect(left, y + height - 1, width, 1);
        }
    }

    private void paintStroke(Note note, boolean given) {
        if (note.start() >= system.endTick() || note.start() < system.startTick()) {
            return;
        }
        int left = layout.x(system, note.start());
        int width = Math.max(LEAST_NOTE_WIDTH, layout.x(system, note.start() + STROKE_TICKS) - left - 1);
        g.setColor(RollColors.of(note, given));
        g.fillRect(left, layout.drumY(index, note.pitch()), width, layout.drumHeight() - 1);
    }

    private void paintJoin(int join) {
        int x = layout.x(system, join);
        int top = layout.top(index);
        g.setColor(RollColors.JOIN);
        g.fillRect(x - 1, top - 26, 2, layout.systemHeight() + 30);
        g.fillPolygon(new int[] {x + 1, x + 14, x + 1}, new int[] {top - 26, top - 20, top - 14}, 3);
    }
}
