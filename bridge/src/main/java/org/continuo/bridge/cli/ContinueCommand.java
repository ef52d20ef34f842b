package org.continuo.bridge.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Opening;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.critic.Choice;
import org.continuo.engine.midi.WholeFile;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Instrument;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code continuo continue}: bars that go on from a clip. */
@Command(name = "continue", description = "Writes a MIDI file with the clip and music that goes on from it.")
final class ContinueCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CLIP.mid", description = "The clip.")
    private Path clipFile;

    @ArgGroup
    private LengthOptions length;

    @Option(
            names = "--candidates",
            paramLabel = "K",
            defaultValue = "" + Choice.USUAL_CANDIDATES,
            description = "Tries for each take, of which the most natural is kept (default ${DEFAULT-VALUE}).")
    private int candidates;

    @Mixin
    private TakeOptions takeOptions;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private ConditionOptions conditionOptions;

    @Mixin
    private SamplingOptions samplingOptions;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    ContinueCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        takeOptions.check();
        TakeOptions.checkCandidates(candidates);
        if (length != null) {
            length.check();
        }
        Sampling sampling = samplingOptions.sampling();
        int style = conditionOptions.style();
        OutputFiles files = takeOptions.files(clipFile, "-continued");
        files.check();
        Opening opening = Opening.of(GivenClip.read(clipFile, spec));
        Prompt prompt = opening.prompt();
        Set<Instrument> asked = conditionOptions.instruments();
        Extent extent = LengthOptions.extent(length, prompt, LengthOptions.USUAL_BARS);
        long[] seeds = takeOptions.seeds();
        TakePlayer player = new TakePlayer(interruption, seeds.length);
        try (NoteModel model = modelOption.load();
                Continuer continuer = new Continuer(model, prompt, opening.conditions(style, asked))) {
            List<TakePlayer.Timed> takes = player.ranked(continuer, prompt, extent, sampling, seeds, candidates);
            TakeWriter writer = takeOptions.writer(
                    files,
                    spec,
                    clipFile.getFileName() + ", continued",
                    model.folder().name());
            for (int i = 0; i < takes.size(); i++) {
                Take take = takes.get(i).take();
                int bars = prompt.barsTo(take.end());
                writer.write(
                        i + 1,
                        takes.get(i),
                        bars,
                        prompt.score(),
                        prompt.join(),
                        file -> WholeFile.write(file, opening.midi(take)));
            }
        }
        interruption.check();
        return 0;
    }
}
