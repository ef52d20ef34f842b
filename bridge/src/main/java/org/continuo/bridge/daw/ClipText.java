package org.continuo.bridge.daw;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.token.Instrument;

/**
 * A clip as lines of text, which any script can write and read. In: {@code length 8}, {@code tempo 120}, {@code meter 4 4},
 * {@code program CHANNEL PROGRAM}, {@code note CHANNEL PITCH VELOCITY AT LENGTH}. Out: {@code from 8}, {@code until 40},
 * {@code part CHANNEL PROGRAM NAME} and notes. Times are in quarter notes since the clip's beginning.
 */
public final class ClipText {
    private ClipText() {}

    /** @throws IllegalArgumentException with one line that says which line is wrong, and why */
    public static Clip read(List<String> lines) {
        double length = 0;
        double tempo = 120;
        int numerator = 4;
        int denominator = 4;
        Map<Integer, Integer> programs = new HashMap<>();
        List<DawNote> notes = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] words = lines.get(i).strip().split("\\s+");
            try {
                switch (words[0]) {
                    case "" -> {}
                    case "length" -> length = Double.parseDouble(words[1]);
                    case "tempo" -> tempo = Double.parseDouble(words[1]);
                    case "meter" -> {
                        numerator = Integer.parseInt(words[1]);
                        denominator = Integer.parseInt(words[2]);
                    }
                    case "program" ->
                        programs.put(
                                DawNote.check("channel", Integer.parseInt(words[1]), 0, 15),
                                DawNote.check("program", Integer.parseInt(words[2]), 0, 127));
                    case "note" -> notes.add(note(words));
                    default -> throw new IllegalArgumentException("no such word: " + words[0]);
                }
            } catch (IndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + ": '" + lines.get(i).strip() + "' is too short", e);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
            }
            if (notes.size() > Clip.MOST_NOTES) {
                throw new IllegalArgumentException("more than " + Clip.MOST_NOTES + " notes; select less");
            }
        }
        return new Clip(length, tempo, numerator, denominator, programs, notes);
    }

    private static DawNote note(String[] words) {
        return new DawNote(
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Double.parseDouble(words[4]),
                Double.parseDouble(words[5]));
    }

    /** The lines for what was added. */
    public static List<String> write(DawAnswer music) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "from %.6f", music.from()));
        lines.add(String.format(Locale.ROOT, "until %.6f", music.until()));
        Map<Integer, String> parts = new TreeMap<>();
        for (DawNote note : music.notes()) {
            int program = music.programs().getOrDefault(note.channel(), 0);
            Instrument instrument =
                    note.channel() == ClipNote.DRUM_CHANNEL ? Instrument.DRUMS : Instrument.ofProgram(program);
            parts.put(note.channel(), "part " + note.channel() + " " + program + " " + instrument.label());
        }
        lines.addAll(parts.values());
        for (DawNote note : music.notes()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "note %d %d %d %.6f %.6f",
                    note.channel(),
                    note.pitch(),
                    note.velocity(),
                    note.at(),
                    note.length()));
        }
        return lines;
    }
}
