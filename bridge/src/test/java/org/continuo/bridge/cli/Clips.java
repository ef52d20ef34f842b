package org.continuo.bridge.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;

/** Small MIDI files to call commands with. */
final class Clips {
    private static final int HALF_A_SECOND = 500_000;

    private Clips() {}

    /** Two bars of piano over a bass. */
    static Path duet(Path folder) throws IOException {
        Path file = folder.resolve("duet.mid");
        List<Note> notes = List.of(
                new Note(Instrument.BASS, 36, 5, 0, 96),
                new Note(Instrument.PIANO, 60, 4, 0, 48),
                new Note(Instrument.PIANO, 64, 4, 48, 96),
                new Note(Instrument.BASS, 43, 5, 96, 192),
                new Note(Instrument.PIANO, 62, 4, 96, 144),
                new Note(Instrument.PIANO, 67, 4, 144, 192));
        return write(file, notes);
    }

    /** Two bars of a soft flute over a loud bass, whose track comes first. */
    static Path songOverALoudBass(Path folder) throws IOException {
        List<Note> notes = List.of(
                new Note(Instrument.BASS, 36, 7, 0, 96),
                new Note(Instrument.FLUTE, 72, 2, 0, 96),
                new Note(Instrument.BASS, 43, 7, 96, 192),
                new Note(Instrument.FLUTE, 74, 2, 96, 192));
        return write(folder.resolve("song.mid"), notes);
    }

    static Path silence(Path folder) throws IOException {
        return write(folder.resolve("silence.mid"), List.of());
    }

    /** Two bars of piano as a hand plays them: no note stands on the grid, and the resolution is odd. */
    static Path offTheGrid(Path folder) throws IOException, InvalidMidiDataException {
        int resolution = 101;
        Sequence sequence = new Sequence(Sequence.PPQ, resolution);
        Track track = sequence.createTrack();
        for (int beat = 0; beat < 8; beat++) {
            int pitch = 60 + beat;
            long start = (long) beat * resolution + beat * 7 % 5;
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, pitch, 61 + beat), start));
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, pitch, 0), start + 90));
        }
        Path file = folder.resolve("by-hand.mid");
        MidiSystem.write(sequence, 0, file.toFile());
        return file;
    }

    /** A bar of piano that goes down by step, each note let go and held by the pedal. */
    static Path downUnderThePedal(Path folder) throws IOException, InvalidMidiDataException {
        Sequence sequence = new Sequence(Sequence.PPQ, 24);
        Track track = sequence.createTrack();
        track.add(new MidiEvent(new ShortMessage(ShortMessage.CONTROL_CHANGE, 64, 127), 1));
        for (int beat = 0; beat < 4; beat++) {
            int pitch = List.of(72, 71, 69, 67).get(beat);
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, pitch, 80), 24L * beat));
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, pitch, 0), 24L * beat + 20));
        }
        track.add(new MidiEvent(new ShortMessage(ShortMessage.CONTROL_CHANGE, 64, 0), 95));
        Path file = folder.resolve("under-the-pedal.mid");
        MidiSystem.write(sequence, 0, file.toFile());
        return file;
    }

    /** A score played twice. */
    static Score twice(Score score, int bars) {
        int length = score.meters().barStart(bars);
        List<Note> notes = new ArrayList<>(score.notes());
        for (Note note : score.notes()) {
            notes.add(new Note(
                    note.instrument(), note.pitch(), note.velocity(), note.start() + length, note.end() + length));
        }
        return new Score(score.meters(), notes);
    }

    private static Path write(Path file, List<Note> notes) throws IOException {
        MidiWriter.write(file, new Score(MeterMap.of(Meter.COMMON), notes), 2, HALF_A_SECOND);
        return file;
    }
}
