package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;

/**
 * Puts a clip on the grid of the score language.
 *
 * <p>Starts and ends go to the nearest of 24 ticks a quarter, ties up, at least one tick apart. Notes of one instrument,
 * pitch and start become one, the longer and the louder; where they overlap otherwise, the earlier ends where the later
 * starts. Pitches beyond an instrument's range are folded in by octaves. Bars follow the clip's meters, 4/4 where there
 * is none; a meter in mid bar starts a bar. Whole bars of silence before the first note are left out.
 *
 * <p>Stateless, thread-safe.
 */
public final class ClipQuantizer {
    private ClipQuantizer() {}

    /** The clip's score, with notes as long as the pedal makes them. */
    public static Score quantize(MidiClip clip) {
        return place(clip).score();
    }

    /** The clip with its score, with notes as long as the pedal makes them. */
    public static GridClip place(MidiClip clip) {
        return place(clip, SustainPedal.hold(clip));
    }

    /**
     * The clip with a score of these notes of it.
     *
     * @param notes {@link MidiClip#notes()}, {@link SustainPedal#hold}, or some of either
     */
    public static GridClip place(MidiClip clip, List<ClipNote> notes) {
        List<Note> grid = onGrid(notes, clip.resolution());
        MeterMap meters = meters(clip);
        int first = grid.stream().mapToInt(Note::start).min().orElse(0);
        int leadingBars = meters.barAt(first);
        int origin = meters.barStart(leadingBars);
        List<Note> shifted = origin == 0
                ? grid
                : grid.stream()
                        .map(note -> new Note(
                                note.instrument(),
                                note.pitch(),
                                note.velocity(),
                                note.start() - origin,
                                note.end() - origin))
                        .toList();
        return new GridClip(clip, new Score(from(meters, leadingBars), shifted), leadingBars, origin);
    }

    /** The grid tick nearest to a tick of a file, ties up. */
    static int gridTick(long tick, int resolution) {
        return Math.toIntExact(Math.floorDiv(2 * tick * Score.TICKS_PER_QUARTER + resolution, 2L * resolution));
    }

    private static List<Note> onGrid(List<ClipNote> notes, int resolution) {
        Map<Integer, List<Note>> byKey = new HashMap<>();
        for (ClipNote note : notes) {
            Instrument instrument = note.instrument();
            int pitch = instrument.fold(note.pitch());
            int start = gridTick(note.start(), resolution);
            int end = instrument.sustains() ? Math.max(start + 1, gridTick(note.end(), resolution)) : start + 1;
            byKey.computeIfAbsent(instrument.ordinal() << 7 | pitch, key -> new ArrayList<>())
                    .add(new Note(instrument, pitch, Note.velocityStep(note.velocity()), start, end));
        }
        List<Note> merged = new ArrayList<>(notes.size());
        byKey.values().forEach(key -> merged.addAll(merge(key)));
        return merged;
    }

    private static List<Note> merge(List<Note> key) {
        key.sort(Note.ORDER);
        List<Note> merged = new ArrayList<>(key.size());
        for (Note note : key) {
            Note last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && last.start() == note.start()) {
                merged.set(
                        merged.size() - 1,
                        new Note(
                                note.instrument(),
                                note.pitch(),
                                Math.max(last.velocity(), note.velocity()),
                                note.start(),
                                Math.max(last.end(), note.end())));
                continue;
            }
            if (last != null && last.end() > note.start()) {
                merged.set(
                        merged.size() - 1,
                        new Note(last.instrument(), last.pitch(), last.velocity(), last.start(), note.start()));
            }
            merged.add(note);
        }
        return merged;
    }

    /** Bar lines from the clip's first tick on. A meter that repeats the one before at a bar line says nothing new. */
    private static MeterMap meters(MidiClip clip) {
        List<MeterMap.Change> changes = new ArrayList<>();
        changes.add(new MeterMap.Change(0, Meter.COMMON));
        for (MeterChange change : clip.meters()) {
            int tick = gridTick(change.tick(), clip.resolution());
            MeterMap.Change last = changes.get(changes.size() - 1);
            if (tick == last.tick()) {
                changes.remove(changes.size() - 1);
                changes.add(new MeterMap.Change(tick, change.meter()));
            } else if (!change.meter().equals(last.meter())
                    || (tick - last.tick()) % MeterMap.ticksPerBar(last.meter()) != 0) {
                changes.add(new MeterMap.Change(tick, change.meter()));
            }
            if (changes.size() == MidiLimits.METERS) {
                break;
            }
        }
        return MeterMap.of(changes);
    }

    private static MeterMap from(MeterMap meters, int bar) {
        int origin = meters.barStart(bar);
        if (origin == 0) {
            return meters;
        }
        List<MeterMap.Change> changes = new ArrayList<>();
        changes.add(new MeterMap.Change(0, meters.meterOfBar(bar)));
        for (MeterMap.Change change : meters.changes()) {
            if (change.tick() > origin) {
                changes.add(new MeterMap.Change(change.tick() - origin, change.meter()));
            }
        }
        return MeterMap.of(changes);
    }
}
