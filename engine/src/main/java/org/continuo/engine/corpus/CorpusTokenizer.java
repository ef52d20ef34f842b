package org.continuo.engine.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiFileException;
import org.continuo.engine.token.Score;

/**
 * Turns a folder of MIDI files with a manifest into the arrays that training reads. What the model learns from and what
 * it is later played with pass through the same code.
 */
public final class CorpusTokenizer {
    private static final List<String> SPLITS = List.of("train", "valid", "test");

    /** What came out: {@code refused} files could not be read and were left out. */
    public record Result(int pieces, int refused, long tokens, long notes) {}

    private final Path corpus;
    private final List<Manifest.Entry> entries;

    /** @throws IOException when the manifest cannot be read */
    public CorpusTokenizer(Path corpus) throws IOException {
        this.corpus = corpus;
        this.entries = Manifest.readShippable(corpus);
    }

    public int files() {
        return entries.size();
    }

    /**
     * Writes {@code vocabulary.json} and the arrays of each split into {@code folder}. Blocks for minutes.
     *
     * @param progress told the number of files done
     */
    public Result writeTo(Path folder, IntConsumer progress) throws IOException {
        Files.createDirectories(folder);
        new ObjectMapper().writeValue(folder.resolve("vocabulary.json").toFile(), VocabularyJson.describe());
        int pieces = 0;
        int refused = 0;
        int done = 0;
        long tokens = 0;
        long notes = 0;
        for (String split : SPLITS) {
            try (SplitWriter writer = new SplitWriter(folder, split)) {
                for (Manifest.Entry entry : entries) {
                    if (!entry.split().equals(split)) {
                        continue;
                    }
                    Score score = read(entry);
                    if (score == null || score.notes().isEmpty()) {
                        refused++;
                    } else {
                        writer.add(entry, score);
                    }
                    progress.accept(++done);
                }
                pieces += writer.pieces();
                tokens += writer.tokens();
                notes += writer.notes();
            }
        }
        return new Result(pieces, refused, tokens, notes);
    }

    private Score read(Manifest.Entry entry) throws IOException {
        try {
            return ClipQuantizer.quantize(ClipReader.read(corpus.resolve(entry.path())));
        } catch (MidiFileException e) {
            return null;
        }
    }
}
