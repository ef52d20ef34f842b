package org.continuo.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged folder gives a clear refusal or, where the damage does not matter, a model that works. */
class ModelFolderTest {
    @TempDir
    Path folder;

    private byte[] description;
    private byte[] graph;

    @BeforeEach
    void readGoodModel() throws IOException {
        description = TinyModel.file(TinyModel.EIGHT_BITS, "model.json");
        graph = TinyModel.file(TinyModel.EIGHT_BITS, "model.onnx");
        write(description, graph);
    }

    private void write(byte[] json, byte[] onnx) throws IOException {
        Files.write(folder.resolve("model.json"), json);
        Files.write(folder.resolve("model.onnx"), onnx);
    }

    @Test
    void shouldTellWhatTheModelIs() throws ModelException {
        ModelFolder model = ModelFolder.read(folder);
        assertEquals("model-tiny", model.name());
        assertEquals("int8", model.precision());
        assertEquals(new ModelShape(2, 64, 4, 2, 16, 128, 339, 3, 7, 8), model.shape());
        assertEquals(2 * 2 * 2 * 128 * 16, model.shape().cacheBytes());
        assertEquals(
                "start", model.vocabulary().path("tokens").path(0).path("type").asText());
        assertEquals("random", model.training().path("weights").asText());
        assertEquals("CC-BY-SA-4.0", model.licences().path("weights").asText());
    }

    @Test
    void shouldReadAModelFromTheClassPath() throws ModelException {
        try (NoteModel model = NoteModel.load(ModelFolder.ofResource(getClass(), "/model-tiny"))) {
            assertEquals("model-tiny", model.folder().name());
        }
        assertRefused(() -> ModelFolder.ofResource(getClass(), "/no-such-model"), "/no-such-model/model.json");
    }

    @Test
    void shouldRefuseOrWorkUnderDamage() throws IOException {
        damage(60);
    }

    @Tag("full")
    @Test
    void shouldRefuseOrWorkUnderDamageAThousandTimes() throws IOException {
        damage(1_000);
    }

    private void damage(int seeds) throws IOException {
        int refused = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            byte[] json = description.clone();
            byte[] onnx = graph.clone();
            switch (seed % 4) {
                case 0 -> json = Arrays.copyOf(json, random.nextInt(json.length));
                case 1 -> onnx = Arrays.copyOf(onnx, random.nextInt(onnx.length));
                case 2 -> flip(json, random.nextInt(random.nextBoolean() ? json.length : 500), random);
                default -> flip(onnx, random.nextInt(onnx.length), random);
            }
            write(json, onnx);
            try (NoteModel model = NoteModel.load(ModelFolder.read(folder));
                    Decoder decoder = model.newDecoder()) {
                assertTrue(seed % 4 == 2, "seed " + seed + ": damage was not found");
                decoder.step(1, new int[3], 0);
            } catch (ModelException e) {
                refused++;
                assertOneLine(e, "seed " + seed);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(refused >= seeds * 3 / 4, refused + " of " + seeds + " refused");
    }

    private static void flip(byte[] bytes, int index, Random random) {
        bytes[index] ^= (byte) (1 << random.nextInt(8));
    }

    @Test
    void shouldRefuseAGraphThatSomeoneDamagedAndHashedAgain() throws IOException {
        int refused = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            byte[] onnx = seed % 2 == 0 ? Arrays.copyOf(graph, random.nextInt(graph.length)) : graph.clone();
            if (seed % 2 == 1) {
                // the nodes and shapes stand in the first bytes, weights behind them
                flip(onnx, random.nextInt(6_000), random);
            }
            write(TinyModel.descriptionOf(onnx), onnx);
            try (NoteModel model = NoteModel.load(ModelFolder.read(folder));
                    Decoder decoder = model.newDecoder()) {
                decoder.step(1, new int[3], 0);
            } catch (ModelException e) {
                refused++;
                assertOneLine(e, "seed " + seed);
            } catch (IllegalStateException e) {
                assertTrue(e.getMessage().contains("failed"), "seed " + seed + ": " + e.getMessage());
            }
        }
        assertTrue(refused >= 30, refused + " refused");
    }

    @Test
    void shouldRefuseClaimsOfMoreThanTheFilesHoldBeforeTakingMemory() throws IOException {
        refuse(
                "\"bytes\":" + graph.length,
                "\"bytes\":1073741824",
                "is " + graph.length + " bytes, model.json speaks of");
        refuse("\"bytes\":" + graph.length, "\"bytes\":1073741825", "files.model.onnx.bytes is 1073741825");
        refuse("\"bytes\":" + graph.length, "\"bytes\":-1", "files.model.onnx.bytes is -1");
        refuse("\"bytes\":" + graph.length, "\"bytes\":1e99", "files.model.onnx.bytes");
        refuse("\"context\":128", "\"context\":131072000", "shape.context is 131072000");
        refuse("\"context\":128", "\"context\":131072", "model.onnx is layers=2");
        refuse("\"context\":128", "\"context\":129", "context 129 is not a multiple of 128");
        refuse("\"layers\":2", "\"layers\":\"2\"", "shape.layers is \"2\"");
        refuse("\"layers\":2", "\"layers\":2.5", "shape.layers is 2.5");
        refuse("\"kv_heads\":2", "\"kv_heads\":3", "do not fit one another");
        refuse("\"tokens\":339", "\"tokens\":340", "vocabulary.tokens has 339 entries, shape.tokens is 340");
        refuse("\"features\":3", "\"features\":4", "vocabulary.slots has 3 entries");
        refuse("\"rows\":7,\"bars", "\"rows\":8,\"bars", "shape.rows is 7");
        refuse("\"cache_bits\":8", "\"cache_bits\":16", "shape.cache_bits is 16, neither 8 nor 32");
        refuse("\"cache_bits\":8", "\"cache_bits\":32", "model.onnx is layers=2");
        refuse("\"version\":1,\"name\"", "\"version\":2,\"name\"", "version is 2; this engine reads version 1");
        refuse("\"name\":\"model-tiny\"", "\"name\":\"a\\nb\"", "name is not 1 to 64 printable characters");
        refuse("\"sha256\":\"", "\"sha256\":\"g", "sha256 is not 64 hexadecimal digits");
    }

    private void refuse(String good, String bad, String reason) throws IOException {
        String json = new String(description, StandardCharsets.UTF_8);
        assertTrue(json.contains(good), good);
        write(json.replace(good, bad).getBytes(StandardCharsets.UTF_8), graph);
        assertRefused(() -> NoteModel.load(ModelFolder.read(folder)).close(), reason);
    }

    @Test
    void shouldRefuseFoldersThatAreNone() throws IOException {
        assertRefused(() -> ModelFolder.read(folder.resolve("none")), "is not a folder");
        assertRefused(() -> ModelFolder.read(folder.resolve("model.json")), "is not a folder");
        Files.delete(folder.resolve("model.onnx"));
        assertRefused(() -> NoteModel.load(ModelFolder.read(folder)).close(), "model.onnx is missing");
        Files.delete(folder.resolve("model.json"));
        Files.createDirectory(folder.resolve("model.json"));
        assertRefused(() -> ModelFolder.read(folder), "model.json is missing or not a file");
    }

    @Test
    void shouldRefuseADescriptionThatIsTooLongOrTooDeep() throws IOException {
        write(new byte[9 << 20], graph);
        assertRefused(() -> ModelFolder.read(folder), "is over");
        write("[".repeat(100_000).getBytes(StandardCharsets.UTF_8), graph);
        assertRefused(() -> ModelFolder.read(folder), "is not JSON");
        write(new byte[0], graph);
        assertRefused(() -> ModelFolder.read(folder), "model.json");
        write("[] []".getBytes(StandardCharsets.UTF_8), graph);
        assertRefused(() -> ModelFolder.read(folder), "is not JSON");
    }

    private interface Action {
        void run() throws ModelException;
    }

    private static void assertRefused(Action action, String reason) {
        ModelException e = assertThrows(ModelException.class, action::run);
        assertOneLine(e, reason);
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    private static void assertOneLine(ModelException e, String where) {
        String message = e.getMessage();
        assertTrue(message.length() > 10 && message.length() <= 400, where + ": " + message);
        assertTrue(message.lines().count() == 1, where + ": " + message);
    }
}
