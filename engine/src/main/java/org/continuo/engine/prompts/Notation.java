package org.continuo.engine.prompts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Style;
import org.continuo.protocol.time.Meter;

/**
 * Reads short pieces written down as text. Lines that start with {@code #} are remarks; {@code title}, {@code style}
 * (that of a player, may be left out), {@code meter}, {@code tempo} (quarter notes a minute) and {@code unit} (a note value such as 1/16) stand first. Then come voices: an
 * instrument, perhaps a word that tells its voices apart, a colon, and what is played, one thing after another:
 * {@code C#4} or {@code Bb3} a note, {@code kick}, {@code snare}, {@code hat}, {@code open}, {@code ride} a drum,
 * {@code [C4 E4]} a chord, {@code r} a rest, each one unit long or, with {@code :3}, three; {@code pp} to {@code ff} the
 * loudness from there on; {@code |} a bar line, which must fall on one and may be left out. A line with the name of an
 * earlier voice goes on from it.
 */
final class Notation {
    private static final Pattern EVENT = Pattern.compile("\\[([^\\]]+)](?::(\\d+))?|([^\\s:]+)(?::(\\d+))?");
    private static final Pattern PITCH = Pattern.compile("([A-G])(#|b)?(\\d)");
    private static final String PITCH_CLASSES = "C.D.EF.G.A.B";
    private static final List<String> LOUDNESS = List.of("", "", "pp", "p", "mp", "mf", "f", "ff");
    private static final Map<String, Integer> DRUMS =
            Map.of("kick", 36, "snare", 38, "hat", 42, "open", 46, "ride", 51);

    /** A voice as far as it is read. */
    private static final class Voice {
        private int tick;
        private int velocity = LOUDNESS.indexOf("mf");
    }

    private final Map<String, String> head = new LinkedHashMap<>();
    private final Map<String, Voice> voices = new LinkedHashMap<>();
    private final List<Note> notes = new ArrayList<>();

    private Notation() {}

    /**
     * Reads a piece.
     *
     * @throws IllegalArgumentException if something in it has no meaning, with the line
     */
    static StartingPrompt read(String name, String text) {
        Notation notation = new Notation();
        for (String line : text.lines().toList()) {
            try {
                notation.readLine(line.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage() + ", in: " + line, e);
            }
        }
        Score score = new Score(MeterMap.of(notation.meter()), notation.notes);
        int end = notation.voices.values().stream()
                .mapToInt(voice -> voice.tick)
                .max()
                .orElse(0);
        int tempo = Integer.parseInt(notation.head("tempo"));
        String style = notation.head.get("style");
        if (style != null && Style.indexOf(style) < 0) {
            throw new IllegalArgumentException(name + ": no style '" + style + "'");
        }
        return new StartingPrompt(
                name, notation.head("title"), style, score, score.meters().barAt(end), tempo);
    }

    private void readLine(String line) {
        int colon = line.indexOf(':');
        String label = colon < 0 ? "" : line.substring(0, colon).strip();
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String[] words = line.split("\\s+", 2);
        if (List.of("title", "style", "meter", "tempo", "unit").contains(words[0])) {
            head.put(words[0], words[1]);
        } else {
            Instrument instrument = Instrument.ofLabel(label.split(" ")[0]);
            if (instrument == null) {
                throw new IllegalArgumentException("no voice '" + label + "'");
            }
            readVoice(instrument, voices.computeIfAbsent(label, key -> new Voice()), line.substring(colon + 1));
        }
    }

    private void readVoice(Instrument instrument, Voice voice, String events) {
        Matcher event = EVENT.matcher(events);
        while (event.find()) {
            String word = event.group(3);
            if (word == null) {
                play(instrument, voice, List.of(event.group(1).strip().split("\\s+")), units(event.group(2)));
            } else if (word.equals("|")) {
                checkBarLine(voice);
            } else if (LOUDNESS.contains(word)) {
                voice.velocity = LOUDNESS.indexOf(word);
            } else {
                play(instrument, voice, word.equals("r") ? List.of() : List.of(word), units(event.group(4)));
            }
        }
    }

    private void play(Instrument instrument, Voice voice, List<String> names, int units) {
        int end = voice.tick + units * unitTicks();
        for (String name : names) {
            int soundsTo = instrument.sustains() ? end : voice.tick + 1;
            notes.add(new Note(instrument, pitch(name), voice.velocity, voice.tick, soundsTo));
        }
        voice.tick = end;
    }

    private void checkBarLine(Voice voice) {
        if (voice.tick % MeterMap.ticksPerBar(meter()) != 0) {
            throw new IllegalArgumentException("a bar line at tick " + voice.tick + " is none of " + meter());
        }
    }

    private static int pitch(String name) {
        Matcher pitch = PITCH.matcher(name);
        if (!pitch.matches()) {
            Integer drum = DRUMS.get(name.toLowerCase(Locale.ROOT));
            if (drum == null) {
                throw new IllegalArgumentException("no note '" + name + "'");
            }
            return drum;
        }
        int alteration = "#".equals(pitch.group(2)) ? 1 : "b".equals(pitch.group(2)) ? -1 : 0;
        return 12 * (Integer.parseInt(pitch.group(3)) + 1) + PITCH_CLASSES.indexOf(pitch.group(1)) + alteration;
    }

    private static int units(String number) {
        return number == null ? 1 : Integer.parseInt(number);
    }

    private String head(String word) {
        String value = head.get(word);
        if (value == null) {
            throw new IllegalArgumentException("no " + word + " is told");
        }
        return value;
    }

    private Meter meter() {
        return fraction(head("meter"));
    }

    private int unitTicks() {
        return MeterMap.ticksPerBar(fraction(head("unit")));
    }

    /** A meter, or a note value, which is a bar of that length. */
    private static Meter fraction(String text) {
        String[] numbers = text.split("/");
        return new Meter(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }
}
