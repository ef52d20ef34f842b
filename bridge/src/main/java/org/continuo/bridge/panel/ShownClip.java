package org.continuo.bridge.panel;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MeterChange;
import org.continuo.engine.midi.MidiClip;
import org.continuo.engine.midi.MidiFileException;
import org.continuo.engine.midi.TempoChange;
import org.continuo.engine.token.Instrument;

/**
 * A MIDI file as the page is told of it: parts and notes as they stand in the file, in quarter notes, and the file itself.
 * Immutable, thread-safe.
 */
final class ShownClip {
    private static final double USUAL_TEMPO = 120;

    /** What sounds alike: a channel as long as it has one program. */
    record Part(int port, int channel, int program, Instrument instrument) {
        private static Part of(ClipNote note) {
            return new Part(note.port(), note.channel(), note.program(), note.instrument());
        }
    }

    private final MidiClip clip;
    private final byte[] midi;
    private final Map<Part, Integer> parts = new LinkedHashMap<>();

    private ShownClip(MidiClip clip, byte[] midi) {
        this.clip = clip;
        this.midi = midi;
        clip.notes().forEach(note -> parts.putIfAbsent(Part.of(note), parts.size()));
    }

    /** A file that somebody sent. */
    static ShownClip sent(byte[] midi) throws Refusal {
        if (midi.length > PanelLimits.MIDI_BYTES) {
            throw new Refusal("the clip has " + midi.length + " bytes; the panel takes " + PanelLimits.MIDI_BYTES);
        }
        ShownClip shown;
        try {
            shown = new ShownClip(ClipReader.read("the clip", midi), midi);
        } catch (MidiFileException e) {
            throw new Refusal(e.getMessage());
        }
        if (shown.clip.notes().isEmpty()) {
            throw new Refusal("the clip has no notes to go on from");
        }
        if (shown.clip.notes().size() > PanelLimits.NOTES) {
            throw new Refusal(
                    "the clip has " + shown.clip.notes().size() + " notes; the panel shows " + PanelLimits.NOTES);
        }
        int changes = shown.clip.tempos().size() + shown.clip.meters().size();
        if (changes > PanelLimits.CHANGES) {
            throw new Refusal(
                    "the clip has " + changes + " changes of tempo and meter; the panel shows " + PanelLimits.CHANGES);
        }
        return shown;
    }

    /** A file that the engine has made. */
    static ShownClip made(byte[] midi) {
        try {
            return new ShownClip(ClipReader.read("the take", midi), midi);
        } catch (MidiFileException e) {
            throw new IllegalStateException(e);
        }
    }

    MidiClip clip() {
        return clip;
    }

    byte[] midi() {
        return midi;
    }

    /** How many parts there are; they are numbered in the order in which they come in. */
    int parts() {
        return parts.size();
    }

    /** The index of the part that plays a note. */
    int part(ClipNote note) {
        return parts.get(Part.of(note));
    }

    /** The indices of the notes that begin at or after a moment in quarter notes. */
    List<Integer> notesFrom(double moment) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < clip.notes().size(); i++) {
            if (quarters(clip.notes().get(i).start()) >= moment) {
                indices.add(i);
            }
        }
        return indices;
    }

    private double quarters(long tick) {
        return (double) tick / clip.resolution();
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("parts");
        for (Part part : parts.keySet()) {
            write(out, part.instrument().label(), part.program(), part.channel());
        }
        out.writeEndArray();
        out.writeArrayFieldStart("notes");
        for (ClipNote note : clip.notes()) {
            out.writeStartObject();
            out.writeNumberField("part", part(note));
            out.writeNumberField("pitch", note.pitch());
            out.writeNumberField("velocity", note.velocity());
            out.writeNumberField("at", quarters(note.start()));
            out.writeNumberField("length", quarters(note.end() - note.start()));
            out.writeEndObject();
        }
        out.writeEndArray();
        writeTempos(out);
        writeMeters(out);
        out.writeNumberField("length", quarters(clip.endTick()));
        out.writeArrayFieldStart("remarks");
        for (String remark : clip.remarks()) {
            out.writeString(remark);
        }
        out.writeEndArray();
        out.writeBinaryField("midi", midi);
        out.writeEndObject();
    }

    /** A part as an object of its own. */
    static void write(JsonGenerator out, String instrument, int program, int channel) throws IOException {
        out.writeStartObject();
        out.writeStringField("instrument", instrument);
        out.writeNumberField("program", program);
        out.writeNumberField("channel", channel);
        out.writeEndObject();
    }

    private void writeTempos(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("tempos");
        if (clip.tempos().isEmpty() || clip.tempos().get(0).tick() > 0) {
            writeTempo(out, 0, USUAL_TEMPO);
        }
        for (TempoChange change : clip.tempos()) {
            writeTempo(out, change.tick(), change.beatsPerMinute());
        }
        out.writeEndArray();
    }

    private void writeTempo(JsonGenerator out, long tick, double tempo) throws IOException {
        out.writeStartObject();
        out.writeNumberField("at", quarters(tick));
        out.writeNumberField("bpm", tempo);
        out.writeEndObject();
    }

    private void writeMeters(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("meters");
        if (clip.meters().isEmpty() || clip.meters().get(0).tick() > 0) {
            writeMeter(out, 0, 4, 4);
        }
        for (MeterChange change : clip.meters()) {
            writeMeter(
                    out,
                    change.tick(),
                    change.meter().numerator(),
                    change.meter().denominator());
        }
        out.writeEndArray();
    }

    private void writeMeter(JsonGenerator out, long tick, int numerator, int denominator) throws IOException {
        out.writeStartObject();
        out.writeNumberField("at", quarters(tick));
        out.writeNumberField("numerator", numerator);
        out.writeNumberField("denominator", denominator);
        out.writeEndObject();
    }
}
