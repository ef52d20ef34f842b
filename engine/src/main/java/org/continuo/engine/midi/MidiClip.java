package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.List;
import org.continuo.protocol.time.Meter;

/**
 * The content of a MIDI file: every event as it stands, and what it says about notes, tempo and meter, in ticks of the
 * file's own resolution. Immutable, thread-safe.
 */
public final class MidiClip {
    private static final int TEMPO = 0x51;
    private static final int METER = 0x58;

    private final int resolution;
    private final List<ClipTrack> tracks;
    private final List<String> remarks;
    private final List<ClipNote> notes;
    private final List<TempoChange> tempos = new ArrayList<>();
    private final List<MeterChange> meters = new ArrayList<>();
    private final long endTick;

    MidiClip(int resolution, List<ClipTrack> tracks, List<String> remarks) {
        this.resolution = resolution;
        this.tracks = List.copyOf(tracks);
        this.remarks = List.copyOf(remarks);
        List<PlacedEvent> events = events();
        this.notes = ClipNotes.of(this.tracks, events);
        events.forEach(placed -> readMeta(placed.event()));
        long end = tracks.stream().mapToLong(ClipTrack::endTick).max().orElse(0);
        // A note of no length at the very end is read as one tick long.
        this.endTick =
                Math.max(end, notes.stream().mapToLong(ClipNote::end).max().orElse(0));
    }

    /** Ticks per quarter note, 1 to 32,767. */
    public int resolution() {
        return resolution;
    }

    /** The tracks in the file's order; at least one. */
    public List<ClipTrack> tracks() {
        return tracks;
    }

    /** The events of all tracks as a player meets them; a list of its own for each who asks, as few do and it is long. */
    List<PlacedEvent> events() {
        return PlacedEvent.of(tracks);
    }

    /**
     * All notes by start, then track, channel and pitch. Each is at least one tick long; two notes of one channel and
     * pitch may overlap where the file has them so. The pedal is not considered: see {@link SustainPedal}.
     */
    public List<ClipNote> notes() {
        return notes;
    }

    /** Tempo changes of all tracks by tick; before the first, {@link TempoChange#DEFAULT} holds. */
    public List<TempoChange> tempos() {
        return List.copyOf(tempos);
    }

    /** Meter changes of all tracks by tick; before the first, 4/4 holds. Meters that cannot be are left out. */
    public List<MeterChange> meters() {
        return List.copyOf(meters);
    }

    /** The tick at which the last track ends. */
    public long endTick() {
        return endTick;
    }

    /** What had to be mended to read the file, a clause each ("track 2 is cut off"); empty for a sound file. */
    public List<String> remarks() {
        return remarks;
    }

    /** The time from the clip's start to a tick, in seconds, by its tempo changes. */
    public double seconds(long tick) {
        double micros = 0;
        long from = 0;
        int tempo = TempoChange.DEFAULT;
        for (TempoChange change : tempos) {
            if (change.tick() >= tick) {
                break;
            }
            micros += (double) (change.tick() - from) * tempo / resolution;
            from = change.tick();
            tempo = change.microsPerQuarter();
        }
        return (micros + (double) (tick - from) * tempo / resolution) / 1e6;
    }

    private void readMeta(ClipEvent event) {
        if (event.isChannelMessage()) {
            return;
        }
        byte[] data = event.metaData();
        if (event.isMeta(TEMPO) && data.length >= 3) {
            int micros = (data[0] & 0xff) << 16 | (data[1] & 0xff) << 8 | (data[2] & 0xff);
            if (micros > 0) {
                tempos.add(new TempoChange(event.tick(), micros));
            }
        } else if (event.isMeta(METER) && data.length >= 2) {
            int numerator = data[0] & 0xff;
            int denominator = data[1] >= 0 && data[1] < 8 ? 1 << data[1] : 0;
            if (Meter.isValid(numerator, denominator)) {
                meters.add(new MeterChange(event.tick(), new Meter(numerator, denominator)));
            }
        }
    }
}
