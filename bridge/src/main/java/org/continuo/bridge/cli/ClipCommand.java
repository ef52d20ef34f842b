package org.continuo.bridge.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.continuo.bridge.daw.Clip;
import org.continuo.bridge.daw.ClipText;
import org.continuo.bridge.daw.DawAnswer;
import org.continuo.engine.midi.WholeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code continuo clip}: a clip as lines of text, for scripts inside workstations. */
@Command(
        name = "clip",
        description = "Continues, accompanies or harmonizes a clip that a workstation's script writes down as text;"
                + " installers/daw has the scripts.")
final class ClipCommand implements Callable<Integer> {
    private static final long LARGEST = 16L << 20;

    @Parameters(index = "0", paramLabel = "WORK", description = "${COMPLETION-CANDIDATES}.")
    private ClipWork.Kind kind;

    @Parameters(index = "1", paramLabel = "CLIP.txt", description = "The clip's lines.")
    private Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT.txt",
            required = true,
            description = "Where the lines of what was added go.")
    private Path output;

    @Parameters(index = "2..*", paramLabel = "OPTION", description = "After --: options of that command, as --bars 8.")
    private List<String> options = List.of();

    private final Interruption interruption;

    ClipCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is over " + LARGEST + " bytes");
        }
        OutputFiles.checkPlace("-o", output);
        OutputFiles.checkIsNot("-o", output, file, "the clip itself");
        Clip clip;
        try {
            clip = ClipText.read(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        DawAnswer music = ClipWork.on(clip, kind, options, interruption);
        // The script waits for this file: it is whole from its first moment.
        String lines = String.join("\n", ClipText.write(music)) + "\n";
        WholeFile.write(output, lines.getBytes(StandardCharsets.UTF_8));
        return 0;
    }
}
