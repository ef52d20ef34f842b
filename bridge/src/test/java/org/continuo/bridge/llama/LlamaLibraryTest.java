package org.continuo.bridge.llama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaLibraryTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSayThatThereIsNoFolder() {
        assertRefused(folder.resolve("none"), "none");
    }

    @Test
    void shouldSayThatNoLibraryLiesInTheFolder() throws Exception {
        Files.writeString(folder.resolve("libllama-common.so"), "not this one");

        assertRefused(folder, "--help");
    }

    @Test
    void shouldSayThatALibraryDoesNotLoad() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("package").resolve("bins"));
        Files.writeString(deep.resolve("libggml.v0.5.0.so"), "no library");
        Files.writeString(deep.resolve("libllama.v0.5.0.so"), "no library");

        assertRefused(folder, "does not load");
    }

    private static void assertRefused(Path folder, String said) {
        String message = assertThrows(LlamaException.class, () -> LlamaLibrary.load(folder))
                .getMessage();

        assertTrue(message.contains(said), message);
        assertEquals(1, message.lines().count(), message);
    }
}
