package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
    @TempDir
    private Path folder;

    @Test
    void shouldPutTheResultBesideTheClip() {
        OutputFiles files = new OutputFiles(
                new OutputFiles.BesideClip(Path.of("songs", "My Clip.MID"), "-continued"), null, null, 1);

        assertEquals(Path.of("songs", "My Clip-continued.mid"), files.music(1));
        assertNull(files.picture(1));
    }

    @Test
    void shouldNumberSeveralTakesAndTheirPictures() {
        OutputFiles files = new OutputFiles(
                new OutputFiles.BesideClip(Path.of("a.mid"), "-continued"),
                Path.of("out", "b.midi"),
                Path.of("c.png"),
                3);

        assertEquals(Path.of("out", "b-2.mid"), files.music(2));
        assertEquals(Path.of("c-3.png"), files.picture(3));
    }

    @Test
    void shouldTakeTheUsersNameAsItIsForOneTake() {
        OutputFiles files = new OutputFiles(
                new OutputFiles.BesideClip(Path.of("a.mid"), "-continued"), Path.of("b"), Path.of("c.PNG"), 1);

        assertEquals(Path.of("b"), files.music(1));
        assertEquals(Path.of("c.PNG"), files.picture(1));
    }

    @Test
    void shouldRefuseToWriteOneFileTwice() {
        Path same = folder.resolve("same.mid");

        assertThrows(
                UsageException.class,
                new OutputFiles(new OutputFiles.BesideClip(Path.of("a.mid"), "-continued"), same, same, 1)::check);
    }

    @Test
    void shouldRefuseAFolderAsFile() {
        assertThrows(
                UsageException.class,
                new OutputFiles(new OutputFiles.BesideClip(Path.of("a.mid"), "-continued"), folder, null, 1)::check);
        assertThrows(
                UsageException.class,
                new OutputFiles(new OutputFiles.BesideClip(Path.of("a.mid"), "-continued"), Path.of(""), null, 1)
                        ::check);
        assertThrows(
                UsageException.class,
                new OutputFiles(new OutputFiles.BesideClip(Path.of("a.mid"), "-continued"), Path.of("/"), null, 1)
                        ::check);
    }
}
