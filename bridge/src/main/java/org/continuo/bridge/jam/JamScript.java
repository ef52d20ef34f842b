package org.continuo.bridge.jam;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiClip;
import org.continuo.engine.midi.MidiFileException;

/**
 * A jam written down, a line for each thing that happens:
 *
 * <pre>
 * # trading fours
 * tempo 100
 * part 0 piano musician
 * part 1 bass model
 * set mode trade
 * play theme.mid on 0
 * at 32 set density 6
 * at 40 note 0 60 80 1.5
 * every 16 at 8 note 0 67 80 4
 * at 48 loop 16 32
 * until 64
 * expect own-turns 4 1..1
 * </pre>
 *
 * Times are performance time, in quarter notes since the jam began; without {@code at} a line is for the beginning, and
 * with {@code every} for that moment and again and again to the end. What is for one moment happens in the order of the lines. The README lists the words. Immutable, thread-safe.
 */
public final class JamScript {
    /** A script longer than this is refused. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int MOST_STEPS = 200_000;
    private static final double LONGEST = 20_000;
    private static final double LEAST_PERIOD = 0.25;
    private static final String EVERY = "every";

    /** Something that happens at a performance time. */
    record Step(double at, JamStep.Act act) {}

    /** The clips that a script names, each read once. */
    private static final class Clips {
        private final Path folder;
        private final Map<Path, MidiClip> read = new LinkedHashMap<>();

        Clips(Path folder) {
            this.folder = folder;
        }

        MidiClip clip(String name) throws IOException, MidiFileException {
            Path file = folder.resolve(name);
            MidiClip clip = read.get(file);
            if (clip == null) {
                clip = ClipReader.read(file);
                read.put(file, clip);
            }
            return clip;
        }
    }

    private final String name;
    private final List<Step> steps;
    private final List<Expectation> expectations;
    private final double length;
    private final List<Path> clips;

    private JamScript(
            String name, List<Step> steps, List<Expectation> expectations, double length, Collection<Path> clips) {
        this.name = name;
        this.steps = List.copyOf(steps);
        this.expectations = List.copyOf(expectations);
        this.length = length;
        this.clips = List.copyOf(clips);
    }

    /**
     * Reads a script; clips are looked for beside it.
     *
     * @throws ScriptException if it is none, saying the line
     * @throws IOException if it, or a clip that it names, cannot be read
     */
    public static JamScript read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new ScriptException(file + " is a folder, not a script");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new ScriptException(file + " is longer than " + MOST_BYTES + " bytes");
        }
        try {
            String name = file.getFileName().toString().replaceFirst("\\.jam$", "");
            return parse(name, Files.readAllLines(file), file.toAbsolutePath().getParent());
        } catch (MalformedInputException e) {
            throw new ScriptException(file + " is not a text in UTF-8");
        }
    }

    /** @param folder where clips are looked for */
    static JamScript parse(String name, List<String> lines, Path folder) throws IOException {
        double length = length(name, lines);
        List<Step> steps = new ArrayList<>();
        List<Expectation> expectations = new ArrayList<>();
        Clips clips = new Clips(folder);
        for (int i = 0; i < lines.size(); i++) {
            JamLine line = JamLine.of(name, i + 1, lines.get(i));
            if (!line.peek().equals(EVERY)) {
                read(line, 0, clips, steps, expectations);
                continue;
            }
            line.word(EVERY);
            double period = line.number("how often", LEAST_PERIOD, LONGEST);
            double first = time(line, 0);
            String act = line.rest("a word");
            for (int again = 0; first + again * period < length; again++) {
                read(JamLine.of(name, i + 1, act), first + again * period, clips, steps, null);
            }
        }
        steps.sort(Comparator.comparingDouble(Step::at)); // stable: lines of one moment keep their order
        KeyStroke.letGoOnce(steps);
        return new JamScript(name, steps, expectations, length, clips.read.keySet());
    }

    private static double length(String name, List<String> lines) throws ScriptException {
        double length = -1;
        for (int i = 0; i < lines.size(); i++) {
            JamLine line = JamLine.of(name, i + 1, lines.get(i));
            if (line.peek().equals("until")) {
                line.word("until");
                length = line.number("the end of the jam", 1, LONGEST);
                line.end();
            }
        }
        if (length < 0) {
            throw new ScriptException(name + ": say how long the jam is, such as 'until 64'");
        }
        return length;
    }

    private static double time(JamLine line, double usual) throws ScriptException {
        if (!line.peek().equals("at")) {
            return usual;
        }
        line.word("at");
        return line.number("a time", 0, LONGEST);
    }

    /** @param expectations null where the line is for several moments, so that nothing is expected in it */
    private static void read(JamLine line, double usual, Clips clips, List<Step> steps, List<Expectation> expectations)
            throws IOException {
        if (line.isEmpty() || line.peek().equals("until") && expectations != null) {
            return;
        }
        double at = time(line, usual);
        String word = line.word("a word");
        switch (word) {
            case "note" -> note(line, at, steps);
            case "play" -> play(line, at, clips, steps);
            case "expect" -> {
                if (expectations == null) {
                    throw line.wrong("'expect' is for the whole jam, without 'every'");
                }
                expectations.add(Expectation.of(line));
            }
            default -> steps.add(new Step(at, JamStep.of(word, line)));
        }
        line.end();
        if (steps.size() > MOST_STEPS) {
            throw line.wrong("a jam has at most " + MOST_STEPS + " steps");
        }
    }

    private static void note(JamLine line, double at, List<Step> steps) throws ScriptException {
        int channel = line.whole("a channel", 0, 15);
        int pitch = line.whole("a pitch", 0, 127);
        int velocity = line.whole("a velocity", 1, 127);
        note(steps, at, channel, pitch, velocity, line.number("a length", 0.001, 1000));
    }

    private static void note(List<Step> steps, double at, int channel, int pitch, int velocity, double length) {
        KeyStroke stroke = new KeyStroke(channel, pitch, velocity);
        steps.add(new Step(at, stroke));
        steps.add(new Step(at + length, stroke.end()));
    }

    /** The notes of a clip that have a pitch, in quarter notes, at the jam's tempo. */
    private static void play(JamLine line, double at, Clips clips, List<Step> steps) throws IOException {
        String file = line.word("a MIDI file");
        line.literal("on");
        int channel = line.whole("a channel", 0, 15);
        MidiClip clip;
        try {
            clip = clips.clip(file);
        } catch (MidiFileException e) {
            throw line.wrong(e.getMessage());
        }
        double quarter = clip.resolution();
        for (ClipNote note : clip.notes()) {
            if (!note.drums() && steps.size() <= MOST_STEPS) {
                double start = at + note.start() / quarter;
                // a key comes up a little before it goes down again
                double length = Math.max(0.01, (note.end() - note.start()) / quarter - 0.01);
                note(steps, start, channel, note.pitch(), note.velocity(), length);
            }
        }
    }

    public String name() {
        return name;
    }

    List<Step> steps() {
        return steps;
    }

    /** What its figures are expected to be. */
    public List<Expectation> expectations() {
        return expectations;
    }

    /** The MIDI files that it names. */
    public List<Path> clips() {
        return clips;
    }

    /** Performance time at which it is over. */
    public double length() {
        return length;
    }
}
