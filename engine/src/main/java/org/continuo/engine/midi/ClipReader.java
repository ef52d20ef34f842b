package org.continuo.engine.midi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.Track;

/**
 * Reads MIDI files of format 0 and 1, with ticks per quarter note or SMPTE frames, sound ones and those that are damaged
 * in ways players forgive. Memory and time are bounded by {@link MidiLimits}. Thread-safe; blocks on the file.
 */
public final class ClipReader {
    private static final int END_OF_TRACK = 0x2f;

    private ClipReader() {}

    /**
     * Reads a file.
     *
     * @throws MidiFileException if there is no such file, it cannot be read, or it is not a MIDI file
     */
    public static MidiClip read(Path file) throws MidiFileException {
        String name = file.getFileName() == null
                ? file.toString()
                : file.getFileName().toString();
        if (Files.isDirectory(file)) {
            throw new MidiFileException(name, "is a folder, not a MIDI file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            // One byte more than allowed tells a file that is too large from one that just fits.
            return read(name, in.readNBytes(MidiLimits.BYTES + 1));
        } catch (NoSuchFileException e) {
            throw new MidiFileException(file.toString(), "no such file", e);
        } catch (MidiFileException e) {
            throw e;
        } catch (IOException e) {
            throw new MidiFileException(name, "cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Reads a file's bytes.
     *
     * @param name what messages call the file
     * @param bytes the whole file; not modified, not kept
     * @throws MidiFileException if it is not a MIDI file, or one beyond {@link MidiLimits}
     */
    public static MidiClip read(String name, byte[] bytes) throws MidiFileException {
        SmfFrames frames = SmfFrames.of(name, bytes);
        try {
            Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(frames.cleanBytes()));
            List<ClipTrack> tracks = new ArrayList<>();
            for (Track track : sequence.getTracks()) {
                tracks.add(track(track));
            }
            return new MidiClip(frames.header().resolution(), tracks, frames.remarks());
        } catch (InvalidMidiDataException | IOException e) {
            throw new MidiFileException(name, "not a MIDI file that can be read (" + e.getMessage() + ")", e);
        }
    }

    private static ClipTrack track(Track track) {
        List<ClipEvent> events = new ArrayList<>(track.size());
        for (int i = 0; i < track.size(); i++) {
            MidiEvent event = track.get(i);
            if (!(event.getMessage() instanceof MetaMessage meta && meta.getType() == END_OF_TRACK)) {
                events.add(new ClipEvent(event.getTick(), event.getMessage().getMessage()));
            }
        }
        return new ClipTrack(events, track.ticks());
    }
}
