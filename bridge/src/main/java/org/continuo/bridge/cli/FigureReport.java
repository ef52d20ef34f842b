package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** Figures by name, in groups within groups: one JSON object, or a line each with the names joined by dots. */
final class FigureReport {
    private FigureReport() {}

    static void print(PrintWriter out, Map<String, Object> figures, boolean json) throws IOException {
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(figures));
        } else {
            printLines(out, "", figures);
        }
    }

    private static void printLines(PrintWriter out, String prefix, Map<?, ?> figures) {
        figures.forEach((name, value) -> {
            if (value instanceof Map<?, ?> group) {
                printLines(out, prefix + name + ".", group);
            } else {
                String text = value instanceof Double number
                        ? String.format(Locale.ROOT, "%.4f", number)
                        : String.valueOf(value);
                out.println(prefix + name + " " + text);
            }
        });
    }
}
