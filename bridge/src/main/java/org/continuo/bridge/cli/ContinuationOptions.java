package org.continuo.bridge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be asked of music that goes on from an opening, whatever that is; and the playing of it. */
final class ContinuationOptions {
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

    /** Refuses what makes no sense, before anything is read. */
    void check() throws UsageException {
        takeOptions.check();
        TakeOptions.checkCandidates(candidates);
        if (length != null) {
            length.check();
        }
        samplingOptions.sampling();
        conditionOptions.style();
        conditionOptions.instruments();
    }

    /** The style that was asked for, or null. */
    String styleName() throws UsageException {
        return conditionOptions.styleName();
    }

    /** Where the takes go: where the user says, else to {@code clip} with a word after its name. */
    OutputFiles files(Path clip, String suffix) throws UsageException, IOException {
        OutputFiles files = takeOptions.files(clip, suffix);
        files.check();
        return files;
    }

    /** The same where there is no clip, but the name that one would have. */
    OutputFiles filesNamedAfter(Path clip, String suffix) throws UsageException, IOException {
        OutputFiles files = takeOptions.files(clip, suffix);
        files.checkPlaces();
        return files;
    }

    /**
     * Plays the takes, writes them and tells of them; of several the critic's favourite comes first.
     *
     * @param what the music that is given and what is done with it, for the picture's title
     * @param usualBars played where no length was asked for
     * @return those that were done when it was told to stop, one at least
     */
    List<Take> play(
            Opening opening, String what, int usualBars, OutputFiles files, PrintWriter out, Interruption interruption)
            throws Exception {
        Prompt prompt = opening.prompt();
        Sampling sampling = samplingOptions.sampling();
        Set<Instrument> asked = conditionOptions.instruments();
        Extent extent = LengthOptions.extent(length, prompt, usualBars);
        long[] seeds = takeOptions.seeds();
        TakePlayer player = new TakePlayer(interruption, seeds.length);
        try (NoteModel model = modelOption.load();
                Continuer continuer =
                        new Continuer(model, prompt, opening.conditions(conditionOptions.style(), asked))) {
            List<TakePlayer.Timed> takes = player.ranked(continuer, prompt, extent, sampling, seeds, candidates);
            TakeWriter writer =
                    takeOptions.writer(files, out, what, model.folder().name());
            for (int i = 0; i < takes.size(); i++) {
                Take take = takes.get(i).take();
                writer.write(
                        i + 1,
                        takes.get(i),
                        prompt.barsTo(take.end()),
                        prompt.score(),
                        prompt.join(),
                        file -> WholeFile.write(file, opening.midi(take)));
            }
            return takes.stream().map(TakePlayer.Timed::take).toList();
        }
    }
}
