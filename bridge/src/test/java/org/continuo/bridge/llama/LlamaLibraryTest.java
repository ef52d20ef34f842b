package org.continuo.bridge.llama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

    /** As before mid-2025, when the cache had other names. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSayThatAnotherVersionLacksWhatIsCalledLater() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/cc")), "no C compiler");
        compile("libggml.so", "void ggml_backend_load_all_from_path(const char *folder) {}");
        compile(
                "libllama.so",
                "void llama_log_set(void *log, void *data) {} void llama_backend_init(void) {}"
                        + " _Bool llama_supports_gpu_offload(void) { return 0; }");

        assertRefused(folder, "llama_");
        assertRefused(folder, "--help");
    }

    private void compile(String library, String source) throws Exception {
        Path file = Files.writeString(folder.resolve(library + ".c"), source);
        Process compiler = new ProcessBuilder(
                        "/usr/bin/cc",
                        "-shared",
                        "-fPIC",
                        "-o",
                        folder.resolve(library).toString(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals(0, compiler.waitFor());
    }

    private static void assertRefused(Path folder, String said) {
        String message = assertThrows(LlamaException.class, () -> LlamaLibrary.load(folder))
                .getMessage();

        assertTrue(message.contains(said), message);
        assertEquals(1, message.lines().count(), message);
    }
}
