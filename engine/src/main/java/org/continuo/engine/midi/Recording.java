package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;

/**
 * A performance, note by note as it was played, on its way into a MIDI file: times are quarter notes from its beginning and
 * need not stand on any grid. Not thread-safe.
 */
public final class Recording {
    private static final int RESOLUTION = 960;
    private static final double MICROS_A_MINUTE = 60e6;

    private record Part(int channel, TrackDraft track, long[] soundsUntil) {}

    private final TrackDraft conductor = new TrackDraft();
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private long end;

    static int resolution() {
        return RESOLUTION;
    }

    private static long tick(double quarters) {
        return Math.round(quarters * RESOLUTION);
    }

    /** From {@code at} on so many quarter notes a minute, 4 to 60,000. */
    public void tempo(double at, double tempo) {
        conductor.setting(tick(at), Messages.tempo((int) Math.round(MICROS_A_MINUTE / tempo)));
    }

    public void meter(double at, Meter meter) {
        conductor.setting(tick(at), Messages.meter(meter));
    }

    /**
     * Adds a note. Notes of one track are added by their starts; one that starts while the same pitch sounds is left out
     * up to where it ends.
     *
     * @param track its name, at most 127 bytes; each has one channel
     * @param channel 0-15
     */
    public void note(
            String track, int channel, Instrument instrument, int pitch, int velocity, double from, double to) {
        Part part = parts.computeIfAbsent(track, name -> newPart(name, channel, instrument));
        long start = Math.max(tick(from), part.soundsUntil[pitch]);
        long stop = Math.max(tick(to), tick(from) + 1);
        if (stop <= start) {
            return;
        }
        part.soundsUntil[pitch] = stop;
        part.track.start(start, Messages.noteOn(part.channel, pitch, velocity));
        part.track.end(stop, Messages.noteOff(part.channel, pitch));
        end = Math.max(end, stop);
    }

    private static Part newPart(String name, int channel, Instrument instrument) {
        TrackDraft track = new TrackDraft();
        track.setting(0, Messages.trackName(name));
        if (instrument.sustains()) {
            track.setting(0, Messages.program(channel, instrument.program()));
        }
        return new Part(channel, track, new long[128]);
    }

    /** The tracks, the tempo's first; all last as long as the longest, and {@code length} quarter notes at least. */
    List<ClipTrack> tracks(double length) {
        long last = Math.max(Math.max(end, conductor.lastTick()), tick(length));
        List<ClipTrack> tracks = new ArrayList<>();
        tracks.add(conductor.finish(last));
        for (Part part : parts.values()) {
            tracks.add(part.track.finish(last));
        }
        return tracks;
    }
}
