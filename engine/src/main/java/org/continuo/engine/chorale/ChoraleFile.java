package org.continuo.engine.chorale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Chorales on a sixteenth grid, as a JSON object of splits ("train", "valid", "test"), each a list of pieces, each a list of
 * steps of four MIDI pitches, soprano first, -1 for silence. The usual file holds Bach's, with the split of
 * Boulanger-Lewandowski et al. 2012, "Modeling temporal dependencies in high-dimensional sequences".
 *
 * <p>Stateless, thread-safe.
 */
public final class ChoraleFile {
    private static final long LARGEST = 64L << 20;

    private ChoraleFile() {}

    /**
     * The pieces of one split. Blocks on the file.
     *
     * @throws IOException if the file cannot be read or is none of this kind, with what is wrong
     */
    public static List<Chorale> read(Path file, String split) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " has " + Files.size(file) + " bytes; chorales take " + LARGEST + " at most");
        }
        JsonNode pieces;
        try {
            pieces = new ObjectMapper().readTree(file.toFile()).path(split);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!pieces.isArray() || pieces.isEmpty()) {
            throw new IOException(file + " has no chorales under \"" + split + "\"");
        }
        List<Chorale> chorales = new ArrayList<>();
        for (JsonNode piece : pieces) {
            chorales.add(chorale(file, split + " piece " + chorales.size(), piece));
        }
        return chorales;
    }

    private static Chorale chorale(Path file, String name, JsonNode piece) throws IOException {
        int[][] steps = new int[list(piece, file + ", " + name).size()][];
        for (int step = 0; step < steps.length; step++) {
            JsonNode pitches = list(piece.get(step), file + ", " + name + ", step " + step);
            steps[step] = new int[pitches.size()];
            for (int voice = 0; voice < steps[step].length; voice++) {
                if (!pitches.get(voice).isNumber()) {
                    throw new IOException(file + ", " + name + ", step " + step + ": no number");
                }
                steps[step][voice] = pitches.get(voice).intValue();
            }
        }
        try {
            if (steps.length == 0) {
                throw new IllegalArgumentException("it has no steps");
            }
            return new Chorale(steps);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ", " + name + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode list(JsonNode node, String where) throws IOException {
        if (!node.isArray()) {
            throw new IOException(where + ": no list");
        }
        return node;
    }
}
