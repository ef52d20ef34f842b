package org.continuo.bridge.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.GridClip;
import picocli.CommandLine.Model.CommandSpec;

/** The clip that a command starts from. */
final class GivenClip {
    private GivenClip() {}

    /** Reads it; what had to be mended is said on standard error. Refuses a clip without notes. */
    static GridClip read(Path file, CommandSpec spec) throws IOException {
        GridClip clip = ClipQuantizer.place(ClipReader.read(file));
        for (String remark : clip.clip().remarks()) {
            spec.commandLine().getErr().println("continuo: " + file.getFileName() + ": " + remark);
        }
        if (clip.score().notes().isEmpty()) {
            throw new IOException(file + " has no notes to go on from");
        }
        return clip;
    }
}
