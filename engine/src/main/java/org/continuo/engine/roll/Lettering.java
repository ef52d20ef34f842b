package org.continuo.engine.roll;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;

/**
 * Writes into a picture. On a machine without any font, as bare servers and containers are, nothing is written and the
 * picture is made all the same. Not thread-safe.
 */
final class Lettering {
    private final Graphics2D g;
    private final boolean able;

    Lettering(Graphics2D g) {
        this.g = g;
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        this.able = hasFonts(g);
    }

    private static boolean hasFonts(Graphics2D g) {
        try {
            return g.getFontMetrics(font(10, Font.PLAIN)).stringWidth("0") > 0;
        } catch (RuntimeException | LinkageError | InternalError e) {
            // What Java throws where the system's font library is missing or finds nothing differs by version.
            return false;
        }
    }

    private static Font font(int size, int style) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** The width of a text in pixels; 0 where nothing can be written. */
    int width(String text, int size) {
        return able ? g.getFontMetrics(font(size, Font.PLAIN)).stringWidth(text) : 0;
    }

    /** Writes with the left end of the base line at a place. */
    void write(String text, int x, int y, int size, Color color) {
        write(text, x, y, font(size, Font.PLAIN), color);
    }

    void writeBold(String text, int x, int y, int size, Color color) {
        write(text, x, y, font(size, Font.BOLD), color);
    }

    /** Writes with the right end of the base line at a place. */
    void writeUpTo(String text, int right, int y, int size, Color color) {
        write(text, right - width(text, size), y, size, color);
    }

    private void write(String text, int x, int y, Font font, Color color) {
        if (able) {
            g.setFont(font);
            g.setColor(color);
            g.drawString(text, x, y);
        }
    }
}
