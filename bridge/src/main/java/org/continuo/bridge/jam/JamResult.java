package org.continuo.bridge.jam;

import java.nio.file.Path;
import java.util.List;
import org.continuo.engine.midi.MidiFileException;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.midi.Recording;

/**
 * What came of a jam. Immutable but for the counts, which nobody changes any more.
 *
 * @param played by start
 * @param pulses its tempos and meters
 * @param length performance time that it lasted, in quarter notes
 * @param barQuarters quarter notes of a bar, of its last meter
 * @param tempo its last tempo
 * @param seconds it took
 * @param seed that its last notes were drawn with
 */
public record JamResult(
        String name,
        List<Played> played,
        List<HostTransport.Pulse> pulses,
        JamCounts counts,
        double length,
        double barQuarters,
        double tempo,
        double seconds,
        long seed) {
    /**
     * Writes it as a MIDI file: a track for each part of each side.
     *
     * @throws MidiFileException if the file cannot be written
     */
    public void write(Path file) throws MidiFileException {
        Recording recording = new Recording();
        for (HostTransport.Pulse pulse : pulses) {
            recording.tempo(pulse.at(), pulse.tempo());
            recording.meter(pulse.at(), pulse.meter());
        }
        for (Played note : played) {
            recording.note(
                    note.model(),
                    note.channel(),
                    note.instrument(),
                    note.pitch(),
                    note.velocity(),
                    note.start(),
                    note.end());
        }
        MidiWriter.write(file, recording, length);
    }

    List<Played> model() {
        return played.stream().filter(Played::model).toList();
    }

    List<Played> musician() {
        return played.stream().filter(note -> !note.model()).toList();
    }

    /** The model's notes, without drums. */
    List<Played> pitched() {
        return played.stream().filter(note -> note.model() && note.isPitched()).toList();
    }

    int bar(Played note) {
        return (int) Math.floor(note.start() / barQuarters + 1e-9);
    }
}
