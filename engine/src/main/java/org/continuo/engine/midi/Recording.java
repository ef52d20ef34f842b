package org.continuo.engine.midi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;

/**
 * A performance, note by note as it was played, on its way into a MIDI file: times are quarter notes from its beginning and
 * need not stand on any grid. Not thread-safe.
 */
public final class Recording {
    private static final int RESOLUTION = 960;
    private static final int CHANNELS = 16;
    private static final double MICROS_A_MINUTE = 60e6;

    private record Player(boolean model, int channel, Instrument instrument) {}

    private record Part(int channel, TrackDraft track, long[] soundsUntil) {}

    private final TrackDraft conductor = new TrackDraft();
    private final Map<Player, Part> parts = new LinkedHashMap<>();
    /** Who plays on each channel of the file. */
    private final Instrument[] seats = new Instrument[CHANNELS];

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
     * Adds a note. Each instrument that is played on a channel has a track for what the musician plays and one for the
     * model's. Notes of one track are added by their starts; one that starts while the same pitch sounds is left out up to
     * where it ends.
     *
     * <p>A file's channel has one sound, and the tenth is the drums' (General MIDI): who has been played on a channel that
     * is not theirs to have in the file gets a free one.
     *
     * @param model played by the model, else by the musician
     * @param channel 0-15, where it was played
     */
    public void note(
            boolean model, int channel, Instrument instrument, int pitch, int velocity, double from, double to) {
        Part part = parts.computeIfAbsent(new Player(model, channel, instrument), this::seat);
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

    private Part seat(Player player) {
        Instrument instrument = player.instrument;
        int channel = free(player.channel, instrument);
        seats[channel] = instrument;
        TrackDraft track = new TrackDraft();
        String side = player.model ? " (Continuo)" : "";
        track.setting(0, Messages.trackName((channel + 1) + " " + instrument.label() + side));
        if (instrument.sustains()) {
            track.setting(0, Messages.program(channel, instrument.program()));
        }
        return new Part(channel, track, new long[128]);
    }

    /** The channel wanted, or the first that the instrument can have; where all are taken, the first is shared. */
    private int free(int wanted, Instrument instrument) {
        return IntStream.concat(IntStream.of(wanted), IntStream.range(0, CHANNELS))
                .filter(channel -> suits(channel, instrument))
                .findFirst()
                .orElse(0);
    }

    private boolean suits(int channel, Instrument instrument) {
        boolean isTheDrums = channel == ClipNote.DRUM_CHANNEL;
        return isTheDrums == (instrument == Instrument.DRUMS)
                && (seats[channel] == null || seats[channel] == instrument);
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
