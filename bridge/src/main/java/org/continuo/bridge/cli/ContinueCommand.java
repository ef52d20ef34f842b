package org.continuo.bridge.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.critic.Choice;
import org.continuo.engine.midi.AddedMusic;
import org.continuo.engine.midi.GridClip;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
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
        GridClip clip = GivenClip.read(clipFile, spec);
        Prompt prompt = new Prompt(clip.score(), clip.joinTick());
        Set<Instrument> instruments =
                conditionOptions.instruments(prompt.score().instruments());
        Conditions conditions = Conditions.NONE.withStyle(style).withInstruments(instruments);
        Extent extent = LengthOptions.extent(length, prompt, LengthOptions.USUAL_BARS);
        long[] seeds = takeOptions.seeds();
        TakePlayer player = new TakePlayer(interruption, seeds.length);
        try (NoteModel model = modelOption.load();
                Continuer continuer = new Continuer(model, prompt, instruments, conditions)) {
            List<TakePlayer.Timed> takes = player.ranked(continuer, prompt, extent, sampling, seeds, candidates);
            TakeWriter writer = takeOptions.writer(
                    files,
                    spec,
                    clipFile.getFileName() + ", continued",
                    model.folder().name());
            for (int i = 0; i < takes.size(); i++) {
                Take take = takes.get(i).take();
                AddedMusic added = AddedMusic.continuing(take.notes(), prompt.meters(), prompt.join(), take.end());
                int bars = prompt.barsTo(take.end());
                writer.write(
                        i + 1,
                        takes.get(i),
                        bars,
                        prompt.score(),
                        prompt.join(),
                        file -> MidiWriter.write(file, clip, added));
            }
        }
        interruption.check();
        return 0;
    }
}
