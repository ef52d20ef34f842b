package org.continuo.engine.midi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;
import javax.sound.midi.Track;
import org.continuo.engine.token.Score;

/**
 * Writes MIDI files: a score alone, or a clip with music added to it. Every note written ends, and no added note overlaps
 * another of its channel and pitch. The same music always gives the same bytes.
 *
 * <p>Stateless, thread-safe. {@code write} blocks on the file; the file appears whole or not at all, and what was there
 * before is lost only when the new file is complete.
 */
public final class MidiWriter {
    private static final int END_OF_TRACK = 0x2f;

    private MidiWriter() {}

    /**
     * Writes a score as a file of format 1: a track of tempo and meters, then a track for each instrument.
     *
     * @param bars bars that the file lasts, where the last note does not end later
     * @param microsPerQuarter tempo in microseconds per quarter note, 1 to 16,777,215
     * @throws MidiFileException if the file cannot be written
     */
    public static void write(Path file, Score score, int bars, int microsPerQuarter) throws MidiFileException {
        WholeFile.write(file, bytes(score, bars, microsPerQuarter));
    }

    /**
     * Writes a clip with music added. The clip's tracks and events stay, at exactly their places in the music, but for
     * what it still says to channels after the tick at which music goes on from it; its ticks are made finer where the
     * grid needs it.
     *
     * @throws MidiFileException if the file cannot be written
     */
    public static void write(Path file, GridClip clip, AddedMusic added) throws MidiFileException {
        WholeFile.write(file, bytes(clip, added));
    }

    /**
     * Writes a performance as it was played.
     *
     * @param length quarter notes that the file lasts at least
     * @throws MidiFileException if the file cannot be written
     */
    public static void write(Path file, Recording recording, double length) throws MidiFileException {
        WholeFile.write(file, bytes(recording, length));
    }

    /** The file that {@link #write(Path, Recording, double)} writes. */
    public static byte[] bytes(Recording recording, double length) {
        return bytes(Recording.resolution(), recording.tracks(length));
    }

    /** The file that {@link #write(Path, Score, int, int)} writes. */
    public static byte[] bytes(Score score, int bars, int microsPerQuarter) {
        if (microsPerQuarter < 1 || microsPerQuarter > 0xff_ffff) {
            throw new IllegalArgumentException("tempo of " + microsPerQuarter + " us a quarter is not 1..16777215");
        }
        return bytes(ScoreTracks.RESOLUTION, ScoreTracks.of(score, bars, microsPerQuarter));
    }

    /** The file that {@link #write(Path, GridClip, AddedMusic)} writes. */
    public static byte[] bytes(GridClip clip, AddedMusic added) {
        int resolution = clip.clip().resolution();
        return bytes(resolution * ClipExtension.factor(resolution), ClipExtension.of(clip, added));
    }

    /** The file of a clip as it was read: the same events in plain form. */
    static byte[] bytes(MidiClip clip) {
        return bytes(clip.resolution(), clip.tracks());
    }

    private static byte[] bytes(int resolution, List<ClipTrack> tracks) {
        try {
            Sequence sequence = new Sequence(Sequence.PPQ, resolution);
            for (ClipTrack clipTrack : tracks) {
                Track track = sequence.createTrack();
                for (ClipEvent event : clipTrack.events()) {
                    track.add(new MidiEvent(message(event.message()), event.tick()));
                }
                track.add(new MidiEvent(new MetaMessage(END_OF_TRACK, new byte[0], 0), clipTrack.endTick()));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            MidiSystem.write(sequence, tracks.size() > 1 ? 1 : 0, out);
            return out.toByteArray();
        } catch (InvalidMidiDataException | IOException e) {
            // All messages were valid when read or made here, and memory does not fail to be written.
            throw new IllegalStateException(e);
        }
    }

    private static MidiMessage message(byte[] message) throws InvalidMidiDataException {
        int status = message[0] & 0xff;
        if (status == 0xff) {
            int data = 2;
            while (message[data] < 0) {
                data++;
            }
            byte[] content = Arrays.copyOfRange(message, data + 1, message.length);
            return new MetaMessage(message[1], content, content.length);
        }
        return status >= 0xf0
                ? new SysexMessage(message, message.length)
                : message.length == 2
                        ? new ShortMessage(status, message[1], 0)
                        : new ShortMessage(status, message[1], message[2]);
    }
}
