package org.continuo.engine.roll;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * A picture of music, after MuseNet's demo: on black, the given notes left of a line, what grew out of them to its right,
 * coloured by instrument and brighter the louder. Long pieces run over several systems; the picture's size is bounded.
 *
 * <p>Immutable, thread-safe; works without a display.
 */
public final class PianoRoll {
    private static final Color BACKGROUND = new Color(0x0c0d10);
    private static final Color WHITE_KEY = new Color(0x17191e);
    private static final Color BLACK_KEY = new Color(0x111317);
    private static final Color BEAT_LINE = new Color(0x23262d);
    private static final Color BAR_LINE = new Color(0x3d424d);
    private static final Color TEXT = new Color(0xb4bac6);
    private static final Color JOIN = new Color(0xffffff);
    private static final Set<Integer> BLACK_KEYS = Set.of(1, 3, 6, 8, 10);
    private static final float GIVEN_DIM = 0.62f;
    private static final double LEAST_BEAT_WIDTH = 10;

    private static final Color[] COLORS = {
        new Color(0x5aa9ff), // piano
        new Color(0xff6b6b), // violin
        new Color(0xc77dff), // cello
        new Color(0x8bd450), // bass
        new Color(0xffa94d), // guitar
        new Color(0x63e6e2), // flute
        new Color(0xb08968), // clarinet
        new Color(0xffe066), // trumpet
        new Color(0xff8ad4), // harp
        new Color(0xd0d4dc), // drums
    };

    private final String title;
    private final MeterMap meters;
    private final List<Note> notes;
    private final int join;
    private final int end;

    /**
     * @param notes given and new, in ticks of the grid
     * @param join the tick at which what was given ends
     * @param end the tick at which the picture ends
     */
    public PianoRoll(String title, MeterMap meters, List<Note> notes, int join, int end) {
        this.title = title;
        this.meters = meters;
        this.notes = List.copyOf(notes);
        this.join = join;
        this.end = end;
    }

    /** The color that stands for an instrument at full loudness. */
    public static Color color(Instrument instrument) {
        return COLORS[instrument.ordinal()];
    }

    /** Draws it into a PNG file. Blocks. */
    public void write(Path file) throws IOException {
        if (!ImageIO.write(draw(), "png", file.toFile())) {
            throw new IOException(file + ": this Java cannot write PNG files");
        }
    }

    BufferedImage draw() {
        RollLayout layout = new RollLayout(meters, notes, Math.max(join, end));
        BufferedImage image = new BufferedImage(RollLayout.WIDTH, layout.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(BACKGROUND);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        drawHeader(g);
        for (int system = 0; system < layout.systems().size(); system++) {
            drawKeys(g, layout, system);
            drawBars(g, layout, system);
            drawNotes(g, layout, system);
            drawJoin(g, layout, system);
        }
        g.dispose();
        return image;
    }

    private void drawHeader(Graphics2D g) {
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        g.setColor(TEXT);
        g.drawString(title, RollLayout.LEFT, 24);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        Set<Instrument> used = EnumSet.noneOf(Instrument.class);
        notes.forEach(note -> used.add(note.instrument()));
        int x = RollLayout.WIDTH - RollLayout.RIGHT;
        for (Instrument instrument :
                used.stream().sorted((a, b) -> b.compareTo(a)).toList()) {
            x -= g.getFontMetrics().stringWidth(instrument.label());
            g.setColor(TEXT);
            g.drawString(instrument.label(), x, 24);
            x -= 16;
            g.setColor(color(instrument));
            g.fillRect(x, 14, 11, 11);
            x -= 14;
        }
    }

    private static void drawKeys(Graphics2D g, RollLayout layout, int system) {
        int width = RollLayout.WIDTH - RollLayout.LEFT - RollLayout.RIGHT;
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
        for (int pitch = layout.lowestPitch(); layout.hasPitches() && pitch <= layout.highestPitch(); pitch++) {
            g.setColor(BLACK_KEYS.contains(pitch % 12) ? BLACK_KEY : WHITE_KEY);
            g.fillRect(RollLayout.LEFT, layout.y(system, pitch), width, layout.rowHeight());
            if (pitch % 12 == 0) {
                g.setColor(TEXT);
                g.drawString("C" + (pitch / 12 - 1), 26, layout.y(system, pitch) + layout.rowHeight() + 2);
                g.setColor(BEAT_LINE);
                int line = layout.y(system, pitch) + layout.rowHeight() - 1;
                g.drawLine(RollLayout.LEFT, line, RollLayout.LEFT + width, line);
            }
        }
        for (int drum : layout.drums()) {
            g.setColor(WHITE_KEY);
            g.fillRect(RollLayout.LEFT, layout.drumY(system, drum), width, layout.drumHeight() - 1);
        }
        if (!layout.drums().isEmpty()) {
            int highest = layout.drums().get(layout.drums().size() - 1);
            g.setColor(TEXT);
            g.drawString("drums", 18, layout.drumY(system, highest) + 9);
        }
    }

    private void drawBars(Graphics2D g, RollLayout layout, int systemIndex) {
        RollLayout.System system = layout.systems().get(systemIndex);
        int top = layout.top(systemIndex);
        int bottom = top + layout.systemHeight();
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
        int labelledTo = 0;
        for (int bar = system.firstBar(); bar <= system.endBar(); bar++) {
            int start = meters.barStart(bar);
            int x = layout.x(system, start);
            g.setColor(BAR_LINE);
            g.drawLine(x, top, x, bottom);
            if (bar == system.endBar()) {
                break;
            }
            if (x >= labelledTo) {
                g.setColor(TEXT);
                g.drawString(Integer.toString(bar + 1), x + 2, top - 4);
                labelledTo = x + 26;
            }
            g.setColor(BEAT_LINE);
            for (int beat = Score.TICKS_PER_QUARTER;
                    beat < meters.barLength(bar) && layout.pixelsPerBeat() >= LEAST_BEAT_WIDTH;
                    beat += Score.TICKS_PER_QUARTER) {
                int beatX = layout.x(system, start + beat);
                g.drawLine(beatX, top, beatX, bottom);
            }
        }
    }

    private void drawNotes(Graphics2D g, RollLayout layout, int systemIndex) {
        RollLayout.System system = layout.systems().get(systemIndex);
        for (Note note : notes) {
            boolean drum = note.instrument() == Instrument.DRUMS;
            int shownEnd = drum ? note.start() + 3 : note.end();
            if (note.start() >= system.endTick()
                    || shownEnd <= system.startTick()
                    || drum && note.start() < system.startTick()) {
                continue;
            }
            int left = layout.x(system, Math.max(note.start(), system.startTick()));
            int right = layout.x(system, Math.min(shownEnd, system.endTick()));
            int y = drum ? layout.drumY(systemIndex, note.pitch()) : layout.y(systemIndex, note.pitch());
            int height = drum ? layout.drumHeight() - 1 : layout.rowHeight();
            g.setColor(shade(note));
            // One pixel of gap, so that a repeated note reads as two.
            g.fillRect(left, y, Math.max(2, right - left - 1), height);
        }
    }

    private Color shade(Note note) {
        float loudness = 0.55f + 0.45f * note.velocity() / (Note.VELOCITIES - 1);
        float light = note.start() < join ? loudness * GIVEN_DIM : loudness;
        Color full = color(note.instrument());
        return new Color(
                Math.round(full.getRed() * light),
                Math.round(full.getGreen() * light),
                Math.round(full.getBlue() * light));
    }

    private void drawJoin(Graphics2D g, RollLayout layout, int systemIndex) {
        RollLayout.System system = layout.systems().get(systemIndex);
        boolean here = join >= system.startTick() && join < system.endTick();
        if (join <= 0 || !here) {
            return;
        }
        int x = layout.x(system, join);
        int top = layout.top(systemIndex);
        g.setColor(JOIN);
        g.setStroke(new BasicStroke(2));
        g.drawLine(x, top - 16, x, top + layout.systemHeight());
        g.fillPolygon(new int[] {x, x + 13, x}, new int[] {top - 26, top - 20, top - 14}, 3);
        g.setStroke(new BasicStroke(1));
    }
}
