package org.continuo.bridge.daw;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.GridClip;
import org.continuo.engine.midi.MidiClip;

/** A clip as a MIDI file, for the commands that work on those. */
public final class ClipFile {
    private static final int TICKS = 960;
    private static final int TEMPO = 0x51;
    private static final int METER = 0x58;
    private static final int END = 0x2f;

    private ClipFile() {}

    /** Writes it: one track for each channel, as programs are told apart by. */
    public static void write(Clip clip, Path file) throws IOException {
        try {
            Sequence sequence = new Sequence(Sequence.PPQ, TICKS);
            Track conductor = sequence.createTrack();
            int micros = (int) Math.round(60_000_000 / clip.tempo());
            conductor.add(new MidiEvent(
                    new MetaMessage(TEMPO, new byte[] {(byte) (micros >> 16), (byte) (micros >> 8), (byte) micros}, 3),
                    0));
            conductor.add(new MidiEvent(
                    new MetaMessage(
                            METER,
                            new byte[] {
                                (byte) clip.numerator(), (byte) Integer.numberOfTrailingZeros(clip.denominator()), 24, 8
                            },
                            4),
                    0));
            conductor.add(new MidiEvent(new MetaMessage(END, new byte[0], 0), ticks(clip.length())));
            Map<Integer, Track> tracks = new HashMap<>();
            for (DawNote note : clip.notes()) {
                Track track = tracks.get(note.channel());
                if (track == null) {
                    track = sequence.createTrack();
                    tracks.put(note.channel(), track);
                    int program = clip.programs().getOrDefault(note.channel(), 0);
                    track.add(new MidiEvent(
                            new ShortMessage(ShortMessage.PROGRAM_CHANGE, note.channel(), program, 0), 0));
                }
                long begins = ticks(note.at());
                track.add(new MidiEvent(
                        new ShortMessage(ShortMessage.NOTE_ON, note.channel(), note.pitch(), note.velocity()), begins));
                track.add(new MidiEvent(
                        new ShortMessage(ShortMessage.NOTE_OFF, note.channel(), note.pitch(), 0),
                        Math.max(begins + 1, ticks(note.at() + note.length()))));
            }
            MidiSystem.write(sequence, 1, file.toFile());
        } catch (InvalidMidiDataException e) {
            throw new IllegalStateException("every figure of a clip has been checked", e);
        }
    }

    /** What {@code file} holds beyond the clip's own notes, which stand in it unchanged. */
    public static DawAnswer read(Clip clip, Path file, boolean continued) throws IOException {
        MidiClip music = ClipReader.read(file);
        Map<String, Integer> given = new HashMap<>();
        for (DawNote note : clip.notes()) {
            given.merge(key(note), 1, Integer::sum);
        }
        Map<Integer, Integer> programs = new HashMap<>();
        List<DawNote> added = new ArrayList<>();
        for (ClipNote read : music.notes()) {
            programs.putIfAbsent(read.channel(), read.program());
            DawNote note = note(read, music.resolution());
            if (given.merge(key(note), -1, Integer::sum) < 0) {
                added.add(note);
            }
        }
        added.sort(Comparator.comparingDouble(DawNote::at)
                .thenComparingInt(DawNote::channel)
                .thenComparingInt(DawNote::pitch));
        double until = Math.max(clip.length(), (double) music.endTick() / music.resolution());
        return new DawAnswer(continued ? clip.length() : 0, until, programs, added);
    }

    /**
     * By how much a continuation has to be put off, so that none of it stands in the clip: music goes on where the last key came
     * up, and a clip may be silent after that. Whole bars, as the bar lines are to stay where they are.
     *
     * @param file the clip, as {@link #write} wrote it
     */
    public static double silence(Clip clip, Path file) throws IOException {
        GridClip grid = ClipQuantizer.place(ClipReader.read(file));
        double join = (double) grid.clipTick(grid.joinTick()) / TICKS;
        double bar = clip.numerator() * 4.0 / clip.denominator();
        return Math.max(0, Math.ceil((clip.length() - join) / bar - 1e-6)) * bar;
    }

    private static String key(DawNote note) {
        return note.channel() + " " + note.pitch() + " " + note.velocity() + " " + ticks(note.at());
    }

    private static DawNote note(ClipNote note, int resolution) {
        double at = (double) note.start() / resolution;
        double length = (double) (note.end() - note.start()) / resolution;
        return new DawNote(note.channel(), note.pitch(), note.velocity(), at, length);
    }

    private static long ticks(double quarters) {
        return Math.round(quarters * TICKS);
    }
}
