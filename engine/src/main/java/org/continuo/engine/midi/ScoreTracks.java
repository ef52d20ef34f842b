package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/** Lays a score out as the tracks of a file: tempo and meters first, then one track and channel for each instrument. */
final class ScoreTracks {
    /** Ticks per quarter note: 20 for each tick of the grid, and what most sequencers use. */
    static final int RESOLUTION = 480;

    private static final int SCALE = RESOLUTION / Score.TICKS_PER_QUARTER;

    private ScoreTracks() {}

    /** The tracks of a score that ends at the end of bar {@code bars - 1} or with its last note. */
    static List<ClipTrack> of(Score score, int bars, int microsPerQuarter) {
        TrackDraft conductor = new TrackDraft();
        conductor.setting(0, Messages.tempo(microsPerQuarter));
        long end = (long) Math.max(score.meters().barStart(bars), score.end()) * SCALE;
        for (MeterMap.Change change : score.meters().changes()) {
            long tick = (long) change.tick() * SCALE;
            if (tick < end || tick == 0) {
                conductor.setting(tick, Messages.meter(change.meter()));
            }
        }
        Map<Instrument, TrackDraft> parts = new EnumMap<>(Instrument.class);
        int[] ends = DrumStrokes.writtenEnds(score.notes());
        for (int i = 0; i < ends.length; i++) {
            Note note = score.notes().get(i);
            int channel = channel(note.instrument());
            TrackDraft part = parts.computeIfAbsent(note.instrument(), ScoreTracks::newPart);
            part.start(
                    (long) note.start() * SCALE,
                    Messages.noteOn(channel, note.pitch(), Note.midiVelocity(note.velocity())));
            part.end((long) ends[i] * SCALE, Messages.noteOff(channel, note.pitch()));
            end = Math.max(end, (long) ends[i] * SCALE);
        }
        List<ClipTrack> tracks = new ArrayList<>();
        tracks.add(conductor.finish(end));
        for (TrackDraft part : parts.values()) {
            tracks.add(part.finish(end));
        }
        return tracks;
    }

    /** What a track of this instrument is called: "Piano". */
    static String name(Instrument instrument) {
        String label = instrument.label();
        return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }

    private static TrackDraft newPart(Instrument instrument) {
        TrackDraft part = new TrackDraft();
        part.setting(0, Messages.trackName(name(instrument)));
        part.setting(0, Messages.program(channel(instrument), instrument.program()));
        return part;
    }

    /** The ordinals of all but the drums lie below the drums' channel. */
    private static int channel(Instrument instrument) {
        return instrument == Instrument.DRUMS ? ClipNote.DRUM_CHANNEL : instrument.ordinal();
    }
}
