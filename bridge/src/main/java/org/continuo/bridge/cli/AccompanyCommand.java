package org.continuo.bridge.cli;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.continuo.engine.accompany.Accompanist;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.midi.AddedMusic;
import org.continuo.engine.midi.GridClip;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Score;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code continuo accompany}: new parts beside those of a clip. */
@Command(name = "accompany", description = "Writes a MIDI file with the clip as it is and new parts beside it.")
final class AccompanyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CLIP.mid", description = "The clip.")
    private Path clipFile;

    @Option(
            names = "--with",
            paramLabel = "a,b",
            split = ",",
            splitSynopsisLabel = "",
            required = true,
            description = "Who joins in; none that the clip has already.")
    private List<String> with;

    @Option(
            names = "--candidates",
            paramLabel = "K",
            defaultValue = "1",
            description = "Tries each bar K times and keeps the most natural (default ${DEFAULT-VALUE}).")
    private int candidates;

    @Option(names = "--style", paramLabel = "S", description = "A style or composer; continuo styles lists them.")
    private String style;

    @Mixin
    private TakeOptions takeOptions;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private SamplingOptions samplingOptions;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    AccompanyCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        takeOptions.check();
        TakeOptions.checkCandidates(candidates);
        Sampling sampling = samplingOptions.sampling();
        Conditions wishes = Conditions.NONE.withStyle(ConditionOptions.style(style));
        Set<Instrument> added = ConditionOptions.instruments("--with", with);
        OutputFiles files = takeOptions.files(new OutputFiles.BesideClip(clipFile, "-accompanied"));
        files.check();
        GridClip clip = GivenClip.read(clipFile, spec);
        Set<Instrument> both = EnumSet.copyOf(added);
        both.retainAll(clip.score().instruments());
        if (!both.isEmpty()) {
            String label = both.iterator().next().label();
            throw new UsageException("--with " + label + ": the clip has a " + label + " already; choose others");
        }
        long[] seeds = takeOptions.seeds();
        TakePlayer player = new TakePlayer(interruption, seeds.length);
        try (NoteModel model = modelOption.load()) {
            Accompanist accompanist = Accompanist.of(model, clip.score(), added, wishes);
            TakeWriter writer = takeOptions.writer(
                    files,
                    spec.commandLine().getOut(),
                    clipFile.getFileName() + ", accompanied",
                    model.folder().name());
            Score given = clip.score();
            for (int i = 0; i < seeds.length; i++) {
                long seed = seeds[i];
                TakePlayer.Timed timed = player.play(
                        i + 1,
                        accompanist.end(),
                        tick -> tick,
                        goOn -> accompanist.take(sampling, seed, candidates, goOn));
                Take take = timed.take();
                AddedMusic parts = AddedMusic.alongside(take.notes(), given.meters(), take.end());
                writer.write(i + 1, timed, given.barsFilled(), given, file -> MidiWriter.write(file, clip, parts));
            }
        }
        return 0;
    }
}
