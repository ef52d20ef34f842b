package org.continuo.bridge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.continuo.engine.corpus.Manifest;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pieces are evaluated: a file, the files of a folder, or what a manifest says of a split. */
final class PieceOptions {
    private static final long SUBSET_SEED = 7;
    private static final List<String> SPLITS = List.of("train", "valid", "test");
    private static final String USUAL_SPLIT = "test";

    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            description = "A MIDI file, a folder of them, or a folder with a manifest.tsv.")
    private Path path;

    @Option(
            names = "--split",
            description = "With a manifest, and of chorales: train, valid or test (default " + USUAL_SPLIT + ").")
    private String split;

    @Option(names = "--style", paramLabel = "S", description = "Without a manifest: the files' style.")
    private String style;

    @Option(names = "--pieces", paramLabel = "N", description = "Scores only so many pieces, chosen by a fixed seed.")
    private Integer pieces;

    /** @throws UsageException where an option is out of its range */
    void check() throws UsageException {
        if (pieces != null && pieces < 1) {
            throw new UsageException("--pieces " + pieces + " is not 1 or more");
        }
        if (!SPLITS.contains(split())) {
            throw new UsageException("--split '" + split + "' is not one of " + String.join(", ", SPLITS));
        }
    }

    /** What was named, as it is said to the user; null where nothing was. */
    Path path() {
        return path;
    }

    String split() {
        return split == null ? USUAL_SPLIT : split;
    }

    /** The first of them, as many as were asked for. */
    <T> List<T> first(List<T> all) {
        return all.subList(0, pieces == null ? all.size() : Math.min(all.size(), pieces));
    }

    /** The folder that entries' paths are relative to. */
    Path base() {
        return Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
    }

    /**
     * The pieces, at least one; in another order where not all were asked for.
     *
     * @throws IOException where there is no such file, or none to score
     * @throws UsageException where an option would be left aside
     */
    List<Manifest.Entry> entries() throws IOException, UsageException {
        if (Files.notExists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        boolean hasManifest = Files.isRegularFile(path.resolve(Manifest.FILE_NAME));
        if (hasManifest && style != null) {
            throw new UsageException(
                    "--style " + style + ": the manifest of " + path + " tells each piece's style; leave it out");
        }
        if (!hasManifest && split != null) {
            throw new UsageException("--split " + split + " is of a manifest, and " + path + " has none; leave it out");
        }
        List<Manifest.Entry> all = hasManifest ? ofManifest() : ofFiles();
        if (all.isEmpty()) {
            throw new IOException(path + " holds no MIDI files to score");
        }
        return pieces != null && pieces < all.size() ? first(shuffled(all)) : all;
    }

    /** The same in an order of chance that is always the same. */
    static List<Manifest.Entry> shuffled(List<Manifest.Entry> entries) {
        List<Manifest.Entry> shuffled = new ArrayList<>(entries);
        Collections.shuffle(shuffled, new Random(SUBSET_SEED));
        return shuffled;
    }

    private List<Manifest.Entry> ofManifest() throws IOException {
        return Manifest.readShippable(path).stream()
                .filter(entry -> entry.split().equals(split()))
                .toList();
    }

    private List<Manifest.Entry> ofFiles() throws IOException, UsageException {
        int value = ConditionOptions.style(style);
        List<Integer> styles = value < 0 ? List.of() : List.of(value);
        Path folder = base().toAbsolutePath();
        return midiFiles().stream()
                .map(file -> folder.relativize(file.toAbsolutePath()).toString())
                .map(file -> new Manifest.Entry(file, "", "files", split(), styles, null))
                .toList();
    }

    private List<Path> midiFiles() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.midi?"))
                    .sorted()
                    .toList();
        }
    }
}
