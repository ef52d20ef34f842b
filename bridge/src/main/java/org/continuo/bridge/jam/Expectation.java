package org.continuo.bridge.jam;

import java.util.Locale;

/**
 * A figure of a jam and the bounds it is expected in: {@code expect in-scale C 1..1}.
 *
 * @param what the figure's name with its arguments
 */
public record Expectation(String what, Figure figure, double least, double most) {
    /** Reads it after the word "expect". */
    static Expectation of(JamLine line) throws ScriptException {
        String name = line.word("a figure");
        StringBuilder what = new StringBuilder(name);
        Figure figure = Figure.of(name, line, what);
        String bounds = line.word("bounds");
        String[] ends = bounds.split("\\.\\.", -1);
        try {
            double least = Double.parseDouble(ends[0]);
            double most = ends.length == 2 ? Double.parseDouble(ends[1]) : Double.NaN;
            if (least <= most) {
                return new Expectation(what.toString(), figure, least, most);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw line.wrong("'" + bounds + "' are no bounds, such as 0.5..1");
    }

    public boolean isMet(double value) {
        return value >= least && value <= most;
    }

    /** The bounds as they are written. */
    public String bounds() {
        return String.format(Locale.ROOT, "%s..%s", plain(least), plain(most));
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
