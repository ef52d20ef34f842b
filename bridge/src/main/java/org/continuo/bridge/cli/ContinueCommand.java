package org.continuo.bridge.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.continuo.engine.continuation.Opening;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code continuo continue}: bars that go on from a clip. */
@Command(name = "continue", description = "Writes a MIDI file with the clip and music that goes on from it.")
final class ContinueCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CLIP.mid", description = "The clip.")
    private Path clipFile;

    @Mixin
    private ContinuationOptions options;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    ContinueCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        options.check();
        OutputFiles files = options.files(new OutputFiles.BesideClip(clipFile, "-continued"));
        options.play(
                Opening.of(GivenClip.read(clipFile, spec)),
                clipFile.getFileName() + ", continued",
                LengthOptions.USUAL_BARS,
                files,
                files::write,
                spec.commandLine().getOut(),
                interruption);
        interruption.check();
        return 0;
    }
}
