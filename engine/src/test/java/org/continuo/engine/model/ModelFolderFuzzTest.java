package org.continuo.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Model folders that a fuzzer found: descriptions, and graphs that are not the described one. A test run reads those of the
 * corpus, {@code ModelFolderFuzzTestInputs}; with {@code -Pfuzz} the fuzzer starts from it and looks for more.
 */
class ModelFolderFuzzTest {
    private static final int PATCHES = 20;

    @TempDir
    static Path folder;

    static Stream<Arguments> descriptions() throws IOException {
        return Stream.of(Arguments.of((Object) TinyModel.file(TinyModel.EIGHT_BITS, "model.json")));
    }

    /** The first three bytes say where the others go; behind the graph's end they make it longer. */
    static Stream<Arguments> patches() {
        return Stream.iterate(0, i -> i < PATCHES, i -> i + 1).map(seed -> {
            byte[] patch = new byte[4 + seed % 4];
            new Random(seed).nextBytes(patch);
            return Arguments.of((Object) patch);
        });
    }

    @MethodSource("descriptions")
    @FuzzTest(maxDuration = "60s")
    void everyDescriptionIsReadOrRefusedInOneLine(byte[] description) throws IOException {
        Files.write(folder.resolve("model.json"), description);
        try {
            ModelShape shape = ModelFolder.read(folder).shape();
            assertTrue(shape.cacheBytes() > 0 && shape.cacheBytes() <= ModelShape.LARGEST_CACHE, shape::toString);
        } catch (ModelException e) {
            assertOneLine(e);
        }
    }

    @MethodSource("patches")
    @FuzzTest(maxDuration = "60s")
    void everyGraphButTheDescribedOneIsRefusedInOneLineBeforeTheRuntimeSeesIt(byte[] patch) throws IOException {
        if (patch.length < 3) {
            return;
        }
        byte[] described = TinyModel.file(TinyModel.EIGHT_BITS, "model.onnx");
        int place = ((patch[0] & 0xff) << 16 | (patch[1] & 0xff) << 8 | patch[2] & 0xff) % (described.length + 1);
        byte[] graph = Arrays.copyOf(described, Math.max(described.length, place + patch.length - 3));
        System.arraycopy(patch, 3, graph, place, patch.length - 3);
        Files.write(folder.resolve("model.onnx"), graph);
        Files.write(folder.resolve("model.json"), TinyModel.file(TinyModel.EIGHT_BITS, "model.json"));
        try {
            ModelFolder.read(folder).graph();
            assertArrayEquals(described, graph);
        } catch (ModelException e) {
            assertFalse(Arrays.equals(described, graph));
            assertOneLine(e);
        }
    }

    private static void assertOneLine(ModelException e) {
        String message = e.getMessage();
        assertTrue(message.length() > 10 && message.length() <= 400, message);
        assertTrue(message.lines().count() == 1, message);
    }
}
