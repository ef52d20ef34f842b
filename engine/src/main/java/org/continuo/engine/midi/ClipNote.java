package org.continuo.engine.midi;

import org.continuo.engine.token.Instrument;

/**
 * A note of a clip, at the clip's own resolution. Immutable, thread-safe.
 *
 * @param track index of the track that holds it, from 0
 * @param port MIDI port of the track at the note, 0 unless the file names one; channels of two ports are not the same
 * @param channel 0 to 15
 * @param program General MIDI program of the channel when the note starts, 0 to 127
 * @param drums whether the channel has a drum kit then
 * @param pitch 0 to 127
 * @param velocity 1 to 127
 * @param start tick of the start, from 0
 * @param end tick of the end, after the start
 */
public record ClipNote(
        int track, int port, int channel, int program, boolean drums, int pitch, int velocity, long start, long end) {
    /** The channel that General MIDI gives to drums, counted from 0. */
    public static final int DRUM_CHANNEL = 9;

    public ClipNote {
        if (end <= start || start < 0) {
            throw new IllegalArgumentException("note from tick " + start + " to " + end);
        }
    }

    /** The instrument of the score language that stands for this note's program, or the drums. */
    public Instrument instrument() {
        return drums ? Instrument.DRUMS : Instrument.ofProgram(program);
    }

    ClipNote endingAt(long otherEnd) {
        return otherEnd == end
                ? this
                : new ClipNote(track, port, channel, program, drums, pitch, velocity, start, otherEnd);
    }

    /** A number for port and channel together, to key per-channel state by. */
    int voice() {
        return port << 4 | channel;
    }
}
