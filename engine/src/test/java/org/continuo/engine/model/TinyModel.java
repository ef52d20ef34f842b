package org.continuo.engine.model;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** The two small models with random weights that tests read with, and random music for them. */
final class TinyModel {
    static final String EXACT = "model-tiny-fp32";
    static final String EIGHT_BITS = "model-tiny";

    private TinyModel() {}

    static Path folder(String name) {
        URL url = TinyModel.class.getResource("/" + name);
        if (url == null) {
            throw new IllegalStateException(name + " is not among the test resources");
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes of one of a model's two files. */
    static byte[] file(String name, String file) throws IOException {
        return Files.readAllBytes(folder(name).resolve(file));
    }

    /** The description of the model of eight bits, as if {@code graph} were its graph. */
    static byte[] descriptionOf(byte[] graph) throws IOException {
        try {
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(graph));
            return new String(file(EIGHT_BITS, "model.json"), StandardCharsets.UTF_8)
                    .replaceAll("\"bytes\":\\d+", "\"bytes\":" + graph.length)
                    .replaceAll("\"sha256\":\"[0-9a-f]+\"", "\"sha256\":\"" + hash + "\"")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static NoteModel load(String name) throws ModelException {
        return NoteModel.load(ModelFolder.read(folder(name)));
    }

    /** {@code length} random tokens with random feature rows. */
    static TokenHistory music(ModelShape shape, Random random, int length) {
        TokenHistory history = new TokenHistory(shape.features());
        append(history, shape, random, length);
        return history;
    }

    static void append(TokenHistory history, ModelShape shape, Random random, int length) {
        int[] rows = new int[shape.features()];
        for (int i = 0; i < length; i++) {
            for (int slot = 0; slot < rows.length; slot++) {
                rows[slot] = random.nextInt(shape.rows());
            }
            history.add(random.nextInt(shape.tokens()), rows, 0);
        }
    }

    /** The logits after each token, read in one go by a decoder of its own. */
    static float[][] allLogits(NoteModel model, TokenHistory history) {
        float[][] all = new float[history.end()][];
        try (Decoder decoder = model.newDecoder()) {
            decoder.score(history, 0, history.end(), (number, logits) -> all[number] = logits.clone());
        }
        return all;
    }

    static double largestDifference(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
