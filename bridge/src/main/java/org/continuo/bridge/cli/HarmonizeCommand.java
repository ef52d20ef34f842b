package org.continuo.bridge.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.continuo.engine.accompany.Harmonizer;
import org.continuo.engine.accompany.Melody;
import org.continuo.engine.chorale.Chorale;
import org.continuo.engine.chorale.Voice;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.midi.AddedMusic;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.midi.GridClip;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code continuo harmonize}: alto, tenor and bass under a melody. */
@Command(
        name = "harmonize",
        description = "Writes a MIDI file with the melody as it is and three voices under it, as in a chorale.")
final class HarmonizeCommand implements Callable<Integer> {
    private static final int OCTAVE = 12;

    @Parameters(paramLabel = "MELODY.mid", description = "The melody; of several notes at once, the highest.")
    private Path melodyFile;

    @Option(
            names = "--candidates",
            paramLabel = "K",
            defaultValue = "" + Harmonizer.USUAL_CANDIDATES,
            description = "Tries each bar K times and keeps the most natural (default ${DEFAULT-VALUE}).")
    private int candidates;

    @Mixin
    private TakeOptions takeOptions;

    @Mixin
    private ModelOption modelOption;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    HarmonizeCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        takeOptions.check();
        TakeOptions.checkCandidates(candidates);
        OutputFiles files = takeOptions.files(new OutputFiles.BesideClip(melodyFile, "-harmonized"));
        files.check();
        GridClip clip = GivenClip.read(melodyFile, spec);
        Score keys = ClipQuantizer.place(clip.clip(), clip.clip().notes()).score();
        Melody melody = Melody.of(keys, clip.score());
        if (melody.score().notes().isEmpty()) {
            throw new IOException(melodyFile + " has drums alone, no melody to harmonize");
        }
        if (!melody.isAll()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "continuo: " + melodyFile.getFileName() + " has more than a melody; its top line is taken");
        }
        long[] seeds = takeOptions.seeds();
        TakePlayer player = new TakePlayer(interruption, seeds.length);
        try (NoteModel model = modelOption.load()) {
            Harmonizer harmonizer = new Harmonizer(model, melody.score());
            TakeWriter writer = takeOptions.writer(
                    files,
                    spec.commandLine().getOut(),
                    melodyFile.getFileName() + ", harmonized",
                    model.folder().name());
            for (int i = 0; i < seeds.length; i++) {
                long seed = seeds[i];
                TakePlayer.Timed timed = player.play(
                        i + 1,
                        harmonizer.end(),
                        tick -> tick,
                        goOn -> harmonizer.take(Harmonizer.USUAL_SAMPLING, seed, candidates, goOn));
                Take take = timed.take();
                AddedMusic voices = AddedMusic.alongside(
                                asLoudAndLowAs(melody, take.notes()),
                                clip.score().meters(),
                                take.end())
                        .withSounds(sounds(clip, melody));
                int bars = melody.score().barsFilled();
                writer.write(i + 1, timed, bars, melody.score(), file -> MidiWriter.write(file, clip, voices));
            }
        }
        return 0;
    }

    /** The voices as loud as the melody is, and under it where it lies low. */
    private static List<Note> asLoudAndLowAs(Melody melody, List<Note> notes) {
        int loudness = (int) Math.round(
                melody.line().stream().mapToInt(Note::velocity).average().orElse(Chorale.VELOCITY));
        int down = OCTAVE * Math.max(0, melody.octaves());
        return notes.stream()
                .map(note -> new Note(
                        note.instrument(),
                        note.instrument().fold(note.pitch() - down),
                        loudness,
                        note.start(),
                        note.end()))
                .toList();
    }

    /** The voices are named as such and sound like whoever has most of the melody. */
    private static Map<Instrument, AddedMusic.Sound> sounds(GridClip clip, Melody melody) {
        Map<Instrument, Integer> shares = new EnumMap<>(Instrument.class);
        melody.line().forEach(note -> shares.merge(note.instrument(), 1, Integer::sum));
        Instrument singer =
                Collections.max(shares.entrySet(), Map.Entry.comparingByValue()).getKey();
        int program = clip.clip().notes().stream()
                .filter(note -> note.instrument() == singer)
                .mapToInt(ClipNote::program)
                .findFirst()
                .orElse(0);
        Map<Instrument, AddedMusic.Sound> sounds = new EnumMap<>(Instrument.class);
        for (Voice voice : List.of(Voice.ALTO, Voice.TENOR, Voice.BASS)) {
            sounds.put(Chorale.SINGERS.get(voice.ordinal()), new AddedMusic.Sound(voice.title(), program));
        }
        return sounds;
    }
}
