package org.continuo.engine.takes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.midi.Recording;
import org.continuo.engine.midi.WholeFile;
import org.continuo.protocol.time.Meter;

/**
 * The takes of a session, in a folder: a file for each, written whole or not at all. A take goes on from a bar of another;
 * its bars can be discarded and kept again, one by one; nothing is lost until it is removed.
 *
 * <p>Bounded: at most {@value #MOST_TAKES} takes and {@value #MOST_BYTES} bytes; what is beyond is refused. A file that
 * cannot be read is left alone and remarked on. Confined to one thread; blocks on the folder.
 */
public final class TakeTree {
    /** The most takes of a tree. */
    public static final int MOST_TAKES = 1000;

    /** The most bytes that its files take. */
    public static final long MOST_BYTES = 64L << 20;

    /**
     * What somebody does to a tree.
     *
     * @param <T> what comes of it
     */
    public interface Change<T> {
        T make(TakeTree tree) throws IOException;
    }

    private static final String LOCK = ".lock";
    /** The lock of a file is a whole process's: its threads take turns here. */
    private static final Object TURN = new Object();

    private static final String SUFFIX = ".take.json";

    /** With one digit more, files would not be in the order of their numbers, and a take not before what goes on from it. */
    private static final int HIGHEST_NUMBER = 999_999;

    private static final int DIGITS = 6;

    /** What takes are called. */
    private static final Pattern NUMBERED = Pattern.compile("([0-9]{" + DIGITS + "})\\.take\\.json");

    /** Holds the highest number where its take was removed. */
    private static final String LAST = ".last";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final TreeMap<Integer, Take> takes = new TreeMap<>();
    private final TreeMap<Integer, Long> sizes = new TreeMap<>();
    private final List<String> remarks = new ArrayList<>();
    /** The highest number of a take that is or was here, 0 for none. */
    private int lastNumber;

    private TakeTree(Path folder) {
        this.folder = folder;
    }

    /** Opens the tree of a folder, which is made where there is none. */
    public static TakeTree open(Path folder) throws IOException {
        Files.createDirectories(folder);
        TakeTree tree = new TakeTree(folder);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
        tree.lastNumber = tree.lastRemoved();
        for (Path file : files) {
            tree.load(file);
        }
        return tree;
    }

    /**
     * Changes the tree of a folder, which is made where there is none; engines and commands that share it take turns. Where the
     * change fails, whatever with, the takes that it added are taken back.
     */
    public static <T> T change(Path folder, Change<T> change) throws IOException {
        Files.createDirectories(folder);
        synchronized (TURN) {
            try (FileChannel others =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                others.lock(); // until it is closed
                TakeTree tree = open(folder);
                int before = tree.lastNumber;
                try {
                    return change.make(tree);
                } catch (IOException | RuntimeException | Error e) {
                    tree.takeBackTo(before, e);
                    throw e;
                }
            }
        }
    }

    /**
     * What the MIDI file beside a take is called: by the take's number, which no other has, so that none is written over and they
     * are in order however the date jumps.
     */
    public static String midiName(int number, String name) {
        // A colon is no letter of a name everywhere.
        return String.format(Locale.ROOT, "%03d %s.mid", number, name.replace(':', '.'));
    }

    private void load(Path file) {
        String name = file.getFileName().toString();
        lastNumber = Math.max(lastNumber, numberOf(name));
        try {
            long size = Files.size(file);
            if (takes.size() == MOST_TAKES || bytes() + size > MOST_BYTES) {
                remarks.add(name + " is one too many");
                return;
            }
            Take take = JSON.readValue(file.toFile(), Take.class);
            if (take == null) {
                remarks.add(name + " is no take");
            } else if (!name.equals(fileName(take.number()))) {
                remarks.add(name + " holds take " + take.number());
            } else if (take.parent() != 0 && !takes.containsKey(take.parent())) {
                remarks.add(name + " goes on from take " + take.parent() + ", which is not here");
            } else {
                takes.put(take.number(), take);
                sizes.put(take.number(), size);
            }
        } catch (JsonProcessingException e) {
            remarks.add(name + " is no take");
        } catch (IOException e) {
            remarks.add(name + " cannot be read");
        }
    }

    /** The number of a take by its file's name, whatever is in it; 0 where that is no name of a take. */
    private static int numberOf(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? Integer.parseInt(numbered.group(1)) : 0;
    }

    private int lastRemoved() {
        try (InputStream in = Files.newInputStream(folder.resolve(LAST))) {
            String number = new String(in.readNBytes(DIGITS + 1), StandardCharsets.US_ASCII);
            return numberOf(number + SUFFIX);
        } catch (IOException e) {
            return 0; // nothing was removed
        }
    }

    private void rememberLast() {
        try {
            WholeFile.write(folder.resolve(LAST), digits(lastNumber).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // A number that comes again does less harm than a take that cannot be removed from a full disk.
        }
    }

    private static String fileName(int number) {
        return digits(number) + SUFFIX;
    }

    private static String digits(int number) {
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", number);
    }

    private long bytes() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What could not be read when it was opened, a clause each. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** All takes, by number. */
    public List<Take> takes() {
        return List.copyOf(takes.values());
    }

    /** A take. */
    public Take take(int number) throws TakeException {
        Take take = takes.get(number);
        if (take == null) {
            throw new TakeException("there is no take " + number);
        }
        return take;
    }

    /** Adds a take that begins a music of its own. */
    public Take add(String name, Meter meter, double tempo, List<TakeNote> notes) throws IOException {
        return put(new Take(nextNumber(), 0, 0, checked(name), meter, tempo, notes, List.of()));
    }

    /** Adds a take that goes on from bar {@code fromBar} of another, in its meter and tempo. */
    public Take branch(int parent, int fromBar, String name, List<TakeNote> notes) throws IOException {
        Take before = take(parent);
        if (fromBar < before.fromBar()) {
            throw new TakeException(
                    "take " + parent + " begins with bar " + before.fromBar() + ", after bar " + fromBar);
        }
        return put(new Take(
                nextNumber(), parent, fromBar, checked(name), before.meter(), before.tempo(), notes, List.of()));
    }

    /**
     * The number that the next take gets: none that a take of this folder has had, whether it can be read or was removed.
     *
     * @throws TakeException if there is no room for a take
     */
    public int nextNumber() throws TakeException {
        if (takes.size() >= MOST_TAKES) {
            throw new TakeException("there are " + MOST_TAKES + " takes already; remove some first");
        }
        if (lastNumber >= HIGHEST_NUMBER) {
            throw new TakeException("there is no number after " + lastNumber + " for a take");
        }
        return lastNumber + 1;
    }

    private static String checked(String name) throws TakeException {
        if (!Take.isName(name)) {
            throw new TakeException("'" + name + "' is no name for a take: 1 to 100 plain characters");
        }
        return name;
    }

    public Take rename(int number, String name) throws IOException {
        return put(take(number).called(checked(name)));
    }

    /** Bars {@code from} until before {@code to} of a take are not heard any more. */
    public Take discard(int number, int from, int to) throws IOException {
        Take take = take(number);
        Set<Integer> bars = new TreeSet<>(take.discarded());
        for (TakeNote note : take.notes()) {
            int bar = take.bar(note);
            if (bar >= from && bar < to) {
                bars.add(bar);
            }
        }
        return put(take.without(List.copyOf(bars)));
    }

    /** Bars that were discarded are heard again. */
    public Take keep(int number, int from, int to) throws IOException {
        Take take = take(number);
        return put(take.without(
                take.discarded().stream().filter(bar -> bar < from || bar >= to).toList()));
    }

    /** Removes a take for good; not one that another goes on from. */
    public void remove(int number) throws IOException {
        take(number);
        for (Take other : takes.values()) {
            if (other.parent() == number) {
                throw new TakeException(
                        "take " + other.number() + " goes on from take " + number + "; remove that one first");
            }
        }
        forget(number);
        if (number == lastNumber) {
            rememberLast();
        }
    }

    /** Takes back what was added last, before anybody was told of it: the numbers after {@code last} come again. */
    private void takeBackTo(int last, Throwable failure) {
        for (int number : List.copyOf(takes.tailMap(last, false).descendingKeySet())) {
            try {
                forget(number);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private void forget(int number) throws IOException {
        Files.deleteIfExists(folder.resolve(fileName(number)));
        takes.remove(number);
        sizes.remove(number);
    }

    private Take put(Take take) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(take);
        long before = sizes.getOrDefault(take.number(), 0L);
        if (bytes() - before + bytes.length > MOST_BYTES) {
            throw new TakeException("the takes would fill more than " + MOST_BYTES + " bytes; remove some first");
        }
        WholeFile.write(folder.resolve(fileName(take.number())), bytes);
        takes.put(take.number(), take);
        sizes.put(take.number(), (long) bytes.length);
        lastNumber = Math.max(lastNumber, take.number());
        return take;
    }

    /** The music of a take with all that goes before it, by start: where it goes on, the notes before end. */
    public List<TakeNote> music(int number) throws TakeException {
        return musicBefore(number, Double.POSITIVE_INFINITY);
    }

    /** The same up to a moment in quarter notes, at which its notes end. */
    List<TakeNote> musicBefore(int number, double moment) throws TakeException {
        List<TakeNote> music = new ArrayList<>();
        Take take = take(number);
        double until = moment;
        while (take != null) {
            for (TakeNote note : take.notes()) {
                if (note.start() < until && !take.discarded().contains(take.bar(note))) {
                    music.add(note.endingBy(until));
                }
            }
            until = Math.min(until, take.fromBar() * take.meter().quarters());
            take = takes.get(take.parent());
        }
        music.sort(Comparator.comparingDouble(TakeNote::start));
        return music;
    }

    /** The music of a take as a MIDI file, a track for each channel of each side. */
    public byte[] midi(int number) throws TakeException {
        return midi(take(number), music(number), 0);
    }

    /** The music of a take up to a moment in quarter notes, as a MIDI file that ends there. */
    byte[] midiBefore(int number, double moment) throws TakeException {
        return midi(take(number), musicBefore(number, moment), moment);
    }

    private static byte[] midi(Take take, List<TakeNote> music, double length) {
        Recording recording = new Recording();
        recording.tempo(0, take.tempo());
        recording.meter(0, take.meter());
        for (TakeNote note : music) {
            recording.note(
                    note.model(),
                    note.channel(),
                    note.instrument(),
                    note.pitch(),
                    note.velocity(),
                    note.start(),
                    note.end());
        }
        return MidiWriter.bytes(recording, length);
    }
}
