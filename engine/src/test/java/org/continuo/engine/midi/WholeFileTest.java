package org.continuo.engine.midi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    private Path folder;

    @Test
    void aFileIsReplacedAndNothingElseIsLeftBehind() throws IOException {
        Path file = Files.write(folder.resolve("a.mid"), new byte[100]);

        WholeFile.write(file, CONTENT);

        assertArrayEquals(CONTENT, Files.readAllBytes(file));
        assertEquals(List.of("a.mid"), names());
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.write(folder.resolve("a.mid"), new byte[100]);
        Path link = Files.createSymbolicLink(folder.resolve("b.mid"), file);

        WholeFile.write(link, CONTENT);

        assertTrue(Files.isSymbolicLink(link));
        assertArrayEquals(CONTENT, Files.readAllBytes(file));
    }

    @Test
    void aFailureLeavesTheFileThatWasThere() throws IOException {
        Path target = Files.createDirectory(folder.resolve("a.mid"));
        Files.write(target.resolve("inside"), CONTENT);

        MidiFileException e = assertThrows(MidiFileException.class, () -> WholeFile.write(target, CONTENT));

        assertEquals("a.mid: is a folder; name a file in it", e.getMessage());
        assertEquals(List.of("a.mid"), names());
        assertTrue(Files.exists(target.resolve("inside")));
    }

    @Test
    void aPlaceThatIsLookedAtIsAsItWas() throws IOException {
        Path file = Files.write(folder.resolve("a.mid"), CONTENT);

        WholeFile.checkPlace(file);
        WholeFile.checkPlace(folder.resolve("b.mid"));

        assertArrayEquals(CONTENT, Files.readAllBytes(file));
        assertEquals(List.of("a.mid"), names());
        assertThrows(MidiFileException.class, () -> WholeFile.checkPlace(folder));
        assertThrows(
                MidiFileException.class,
                () -> WholeFile.checkPlace(folder.resolve("none").resolve("a.mid")));
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("none").resolve("a.mid");

        MidiFileException e = assertThrows(MidiFileException.class, () -> WholeFile.write(file, CONTENT));

        assertEquals("a.mid: cannot be written: there is no folder " + file.getParent(), e.getMessage());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
