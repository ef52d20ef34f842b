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

    /** Where the takes go: where the user says, else to the usual place. */
    OutputFiles files(OutputFiles.Usual usual) throws UsageException, IOException {
        OutputFiles files = takeOptions.files(usual);
        files.check();
        return files;
    }

    /** Puts a take where it is to be, and tells the file. */
    interface Keeping {
        /**
         * @param number of the takes of this call, from 1
         * @param midi what was given and the take
         */
        Path keep(int number, Take take, byte[] midi) throws IOException;
    }

    /**
     * Plays the takes, writes them and tells of them; of several the critic's favourite comes first.
     *
     * @param what the music that is given and what is done with it, for the picture's title
     * @param usualBars played where no length was asked for
     */
    void play(
            Opening opening,
            String what,
            int usualBars,
            OutputFiles files,
            Keeping keeping,
            PrintWriter out,
            Interruption interruption)
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
                Path file = keeping.keep(i + 1, take, opening.midi(take));
                writer.tell(i + 1, takes.get(i), prompt.barsTo(take.end()), prompt.score(), prompt.join(), file);
            }
        }
    }
}
