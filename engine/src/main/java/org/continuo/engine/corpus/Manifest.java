package org.continuo.engine.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Style;

/**
 * The list of pieces to train on: a tab-separated file with a header line, one line a MIDI file. Columns used: path,
 * composer, style, performance, split, note; the path reads {@code midi/<licence class>/<source>/...}.
 */
public final class Manifest {
    public static final String FILE_NAME = "manifest.tsv";

    /** The licence classes whose music may teach a model that is shipped. */
    private static final Set<String> SHIPPABLE = Set.of("pd-cc0", "cc-by", "cc-by-sa", "mit-bsd");

    /** Empty for most pieces, and then cut off the end of a line by some programs. */
    private static final String NOTE = "note";

    private static final List<String> COLUMNS = List.of("path", "composer", "style", "performance", "split", NOTE);

    /** One piece and what is known about it; {@code styles} has the most specific first. */
    public record Entry(
            String path, String licence, String source, String split, List<Integer> styles, Conditions.Kind kind) {
        /** The most specific style, an index into {@link Style#NAMES}; {@link Conditions#OPEN} where none is known. */
        public int style() {
            return styles.isEmpty() ? Conditions.OPEN : styles.get(0);
        }

        /** The broadest style, in the same way. */
        public int broadStyle() {
            return styles.isEmpty() ? Conditions.OPEN : styles.get(styles.size() - 1);
        }
    }

    private Manifest() {}

    /**
     * The entries that may teach a shipped model: those of a free licence class, and synthetic bands unless they were made
     * over Nottingham melodies.
     *
     * @throws IOException when the file cannot be read or lacks a column, or a line does
     */
    public static List<Entry> readShippable(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        List<Entry> entries = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String header = lines.readLine();
            if (header == null) {
                throw new IOException(file + " is empty; its first line must name the columns");
            }
            Map<String, Integer> columns = new HashMap<>();
            for (String name : header.split("\t")) {
                columns.put(name, columns.size());
            }
            for (String needed : COLUMNS) {
                if (!columns.containsKey(needed)) {
                    throw new IOException(file + " has no column '" + needed + "'");
                }
            }
            int number = 2;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    String[] cells = cells(line, columns, file + ", line " + number);
                    Entry entry = entry(cells, columns);
                    if (mayShip(entry, cells[columns.get(NOTE)])) {
                        entries.add(entry);
                    }
                }
                number++;
            }
        }
        return entries;
    }

    private static String[] cells(String line, Map<String, Integer> columns, String where) throws IOException {
        String[] cells = Arrays.copyOf(line.split("\t", -1), columns.size());
        for (String needed : COLUMNS) {
            if (cells[columns.get(needed)] == null && !needed.equals(NOTE)) {
                throw new IOException(where + " has no " + needed);
            }
        }
        return cells;
    }

    private static Entry entry(String[] cells, Map<String, Integer> columns) {
        String path = cells[columns.get("path")];
        String[] parts = path.split("/");
        String source = parts.length > 2 ? parts[2] : "";
        List<Integer> styles = new ArrayList<>();
        int composer = Style.indexOf(cells[columns.get("composer")]);
        if (composer >= 0 && Style.isComposer(composer)) {
            styles.add(composer);
        }
        int broad = Style.ofLabel(cells[columns.get("style")]);
        if (broad >= 0) {
            styles.add(broad);
        }
        Conditions.Kind kind = source.equals("mma-synth")
                ? Conditions.Kind.SYNTHETIC
                : "yes".equals(cells[columns.get("performance")]) ? Conditions.Kind.PERFORMED : Conditions.Kind.SCORE;
        return new Entry(path, parts.length > 1 ? parts[1] : "", source, cells[columns.get("split")], styles, kind);
    }

    private static boolean mayShip(Entry entry, String note) {
        return SHIPPABLE.contains(entry.licence)
                || entry.source.equals("mma-synth") && note != null && !note.contains("Nottingham");
    }
}
