package org.continuo.engine.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.continuo.engine.corpus.Manifest;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiFileException;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * Whether the performer listens: it accompanies real pieces on a virtual clock, once hearing them and once hearing another
 * piece's pitches in the same timing, and both answers are held against what the musician really played. What differs
 * comes from the notes it heard.
 */
public final class Listening {
    /** Whole bars of a clip. */
    public static final int BARS = 16;

    /** Notes of the musician that a clip must have. */
    public static final int FEWEST_NOTES = 80;

    private static final Set<Instrument> ANSWERING = EnumSet.of(Instrument.BASS, Instrument.FLUTE);

    /** One clip's two answers, held against the musician. */
    public record Pair(String path, Agreement heard, Agreement control) {}

    private record Clip(String path, Score musician) {}

    private final NoteModel model;
    private final PerformerSettings settings;
    private final BooleanSupplier stopped;

    /** @param stopped asked at every tick; a clip that is broken off is left out */
    public Listening(NoteModel model, PerformerSettings settings, BooleanSupplier stopped) {
        this.model = model;
        this.settings = settings;
        this.stopped = stopped;
    }

    /**
     * Plays up to {@code count} clips: the first bars of pieces that keep one meter, without bass and flute, which the model
     * plays. Blocks for minutes; where it is stopped, gives those that were played. None where there is one such piece alone:
     * it has no other to be held against.
     *
     * @param done told the number of clips done
     */
    public List<Pair> pairs(Path folder, List<Manifest.Entry> entries, int count, IntConsumer done) throws Exception {
        List<Clip> clips = clips(folder, entries, Math.max(2, count));
        int played = clips.size() < 2 ? 0 : Math.min(count, clips.size());
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < played && !stopped.getAsBoolean(); i++) {
            done.accept(i);
            Score musician = clips.get(i).musician;
            Score other = OtherNotes.on(musician, clips.get((i + 1) % clips.size()).musician);
            Pair pair = new Pair(clips.get(i).path, agreement(musician, musician), agreement(musician, other));
            if (!stopped.getAsBoolean()) {
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private Agreement agreement(Score musician, Score heard) {
        int end = musician.meters().barStart(BARS);
        return Agreement.of(musician, Rehearsal.answer(model, settings, heard, List.copyOf(ANSWERING), end, stopped));
    }

    private static List<Clip> clips(Path folder, List<Manifest.Entry> entries, int count) throws Exception {
        List<Clip> clips = new ArrayList<>();
        for (Manifest.Entry entry : entries) {
            if (clips.size() == count) {
                break;
            }
            try {
                Score score = ClipQuantizer.quantize(ClipReader.read(folder.resolve(entry.path())));
                Score clip = musicians(score);
                if (clip.notes().size() >= FEWEST_NOTES) {
                    clips.add(new Clip(entry.path(), clip));
                }
            } catch (MidiFileException e) {
                continue; // counted by evaluate
            }
        }
        return clips;
    }

    private static Score musicians(Score score) {
        MeterMap meters = MeterMap.of(score.meters().meterOfBar(0));
        boolean oneMeter = score.meters().changes().size() == 1;
        int end = meters.barStart(BARS);
        List<Note> notes = score.notes().stream()
                .filter(note -> oneMeter && note.start() < end && !ANSWERING.contains(note.instrument()))
                .map(note -> new Note(
                        note.instrument(), note.pitch(), note.velocity(), note.start(), Math.min(note.end(), end)))
                .toList();
        return new Score(meters, notes);
    }
}
