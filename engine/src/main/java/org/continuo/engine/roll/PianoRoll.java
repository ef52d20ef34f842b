package org.continuo.engine.roll;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.continuo.engine.midi.WholeFile;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;

/**
 * A picture of music, after MuseNet's demo: on black, the given notes left of a line, what grew out of them to its right,
 * colored by instrument and brighter the louder. Long pieces run over several systems; the picture is 1600 pixels wide
 * and at most some 6000 high.
 *
 * <p>Immutable, thread-safe; works without a display, and without fonts, though then without letters.
 */
public final class PianoRoll {
    private static final int TITLE_SIZE = 15;
    private static final int LEGEND_SIZE = 12;
    private static final int HEADER_LINE = 25;

    private final String title;
    private final MeterMap meters;
    private final List<Note> notes;
    private final int join;
    private final int end;

    /**
     * @param notes given and new, in ticks of the grid
     * @param join the tick at which what was given ends: notes that start before it are the given ones; 0 for none
     * @param end the tick at which the picture ends, a bar line or inside the last bar shown
     */
    public PianoRoll(String title, MeterMap meters, Collection<Note> notes, int join, int end) {
        this.title = title;
        this.meters = meters;
        // The longest lie undermost, so that no short one is hidden.
        this.notes = notes.stream()
                .sorted(Comparator.<Note>comparingInt(note -> note.start() - note.end())
                        .thenComparing(Note.ORDER))
                .toList();
        this.join = join;
        this.end = end;
    }

    /** The color that stands for an instrument at full loudness. */
    public static Color color(Instrument instrument) {
        return RollColors.of(instrument);
    }

    /** Draws it into a PNG file. Blocks. */
    public void write(Path file) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        if (!ImageIO.write(draw(), "png", png)) {
            throw new IOException(file + ": this Java cannot write PNG files; install a complete one");
        }
        WholeFile.write(file, png.toByteArray());
    }

    BufferedImage draw() {
        RollLayout layout = new RollLayout(meters, notes, Math.max(join, end));
        BufferedImage image = new BufferedImage(RollLayout.WIDTH, layout.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            Lettering letters = new Lettering(g);
            g.setColor(RollColors.BACKGROUND);
            g.fillRect(0, 0, image.getWidth(), image.getHeight());
            drawHeader(g, letters);
            for (int system = 0; system < layout.systems().size(); system++) {
                new SystemPainter(g, letters, layout, system, meters).paint(notes, join);
            }
        } finally {
            g.dispose();
        }
        return image;
    }

    private void drawHeader(Graphics2D g, Lettering letters) {
        letters.writeBold(title, RollLayout.LEFT, HEADER_LINE, TITLE_SIZE, RollColors.TEXT);
        Set<Instrument> used = EnumSet.noneOf(Instrument.class);
        notes.forEach(note -> used.add(note.instrument()));
        int x = RollLayout.WIDTH - RollLayout.RIGHT;
        for (Instrument instrument :
                used.stream().sorted(Comparator.reverseOrder()).toList()) {
            letters.writeUpTo(instrument.label(), x, HEADER_LINE, LEGEND_SIZE, RollColors.TEXT);
            x -= letters.width(instrument.label(), LEGEND_SIZE) + 17;
            g.setColor(RollColors.of(instrument));
            g.fillRect(x, HEADER_LINE - 10, 11, 11);
            x -= 16;
        }
    }
}
