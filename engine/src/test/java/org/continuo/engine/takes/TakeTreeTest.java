package org.continuo.engine.takes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.MidiClip;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeTreeTest {
    @TempDir
    Path folder;

    /** A note a bar, from bar {@code from} until before {@code to}, each five quarters long. */
    private static List<TakeNote> bars(int pitch, int from, int to) {
        List<TakeNote> notes = new ArrayList<>();
        for (int bar = from; bar < to; bar++) {
            notes.add(new TakeNote(bar % 2 == 0, 0, Instrument.PIANO, pitch, 80, bar * 4, bar * 4 + 5));
        }
        return notes;
    }

    private static List<Integer> pitches(List<TakeNote> music) {
        return music.stream().map(TakeNote::pitch).toList();
    }

    @Test
    void threadsOfOneProgramThatChangeItTakeTurns() throws Exception {
        AtomicReference<Exception> problem = new AtomicReference<>();
        Thread other = new Thread(() -> {
            try {
                TakeTree.change(folder, tree -> tree.add("second", Meter.COMMON, 120, bars(60, 0, 1)));
            } catch (IOException | RuntimeException e) {
                problem.set(e);
            }
        });
        TakeTree.change(folder, tree -> {
            other.start();
            while (other.isAlive() && other.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            return tree.add("first", Meter.COMMON, 120, bars(60, 0, 1));
        });
        other.join();
        assertNull(problem.get());
        assertEquals(
                List.of("first", "second"),
                TakeTree.open(folder).takes().stream().map(Take::name).toList());
    }

    @Test
    void aChangeThatFailsLeavesNoTakeBehindWhateverItFailsWith() throws IOException {
        Take first = TakeTree.open(folder).add("first", Meter.COMMON, 120, bars(60, 0, 4));
        List<TakeTree.Change<Take>> ends = List.of(
                tree -> {
                    throw new IOException("the disk is full");
                },
                tree -> {
                    throw new IllegalStateException("a mistake");
                },
                tree -> {
                    throw new OutOfMemoryError("no room for the file");
                });
        for (TakeTree.Change<Take> end : ends) {
            Throwable failure = assertThrows(
                    Throwable.class,
                    () -> TakeTree.change(folder, tree -> {
                        Take second = tree.branch(first.number(), 1, "second", bars(62, 1, 4));
                        tree.branch(second.number(), 2, "third", bars(64, 2, 4));
                        return end.make(tree);
                    }));

            TakeTree after = TakeTree.open(folder);
            assertEquals(List.of(first), after.takes(), failure::toString);
            assertEquals(2, after.nextNumber(), failure::toString);
        }
    }

    @Test
    void aTakeGoesOnFromABarOfAnotherWhoseNotesEndThere() throws IOException {
        TakeTree tree = TakeTree.open(folder);
        Take first = tree.add("theme", Meter.COMMON, 120, bars(60, 0, 4));
        Take second = tree.branch(first.number(), 2, "darker", bars(48, 0, 5));
        Take third = tree.branch(second.number(), 3, "end", bars(36, 3, 4));

        assertEquals(List.of(60, 60, 60, 60), pitches(tree.music(first.number())));
        assertEquals(List.of(60, 60, 48, 48, 48), pitches(tree.music(second.number())));
        assertEquals(List.of(60, 60, 48, 36), pitches(tree.music(third.number())));
        assertEquals(8, tree.music(third.number()).get(1).end());
        assertEquals(12, tree.music(third.number()).get(2).end());
    }

    @Test
    void barsAreDiscardedAndKeptAgainAndAllIsThereWhenItIsOpenedAnew() throws IOException {
        TakeTree tree = TakeTree.open(folder);
        int number = tree.add("theme", new Meter(3, 4), 90, bars(60, 0, 4)).number();
        tree.discard(number, 0, 4); // bars of three quarters: 0, 1, 2 begin notes
        tree.keep(number, 1, 2);
        tree.rename(number, "Thema, \"leise\"");

        TakeTree again = TakeTree.open(folder);
        assertEquals(List.of(), again.remarks());
        assertEquals(tree.takes(), again.takes());
        assertEquals("Thema, \"leise\"", again.take(number).name());
        assertEquals(
                List.of(4.0, 12.0),
                again.music(number).stream().map(TakeNote::start).toList());
    }

    @Test
    void aTakeIsAMidiFileAsItSounds() throws IOException {
        TakeTree tree = TakeTree.open(folder);
        Take first = tree.add("theme", new Meter(7, 8), 100, bars(60, 0, 3));

        MidiClip clip = ClipReader.read("first", tree.midi(first.number()));
        assertEquals(3, clip.notes().size());
        assertEquals(new Meter(7, 8), clip.meters().get(0).meter());
        assertEquals(600_000, clip.tempos().get(0).microsPerQuarter());
    }

    @Test
    void whatOthersGoOnFromStays() throws IOException {
        TakeTree tree = TakeTree.open(folder);
        Take first = tree.add("a", Meter.COMMON, 120, bars(60, 0, 2));
        Take second = tree.branch(first.number(), 1, "b", bars(62, 1, 2));
        assertThrows(TakeException.class, () -> tree.remove(first.number()));
        tree.remove(second.number());
        tree.remove(first.number());
        assertEquals(List.of(), TakeTree.open(folder).takes());
        assertEquals(3, tree.add("c", Meter.COMMON, 120, List.of()).number(), "numbers are not used again");
    }

    @Test
    void whatCannotBeIsRefusedInOneLineAndChangesNothing() throws IOException {
        TakeTree tree = TakeTree.open(folder);
        Take first = tree.add("a", Meter.COMMON, 120, bars(60, 0, 2));
        Take second = tree.branch(first.number(), 1, "b", bars(62, 1, 2));
        for (String name : new String[] {"", " ", "a\nb", "x".repeat(101), null}) {
            assertThrows(TakeException.class, () -> tree.rename(first.number(), name), name);
        }
        assertThrows(TakeException.class, () -> tree.branch(second.number(), 0, "c", List.of()));
        assertThrows(TakeException.class, () -> tree.branch(9, 0, "c", List.of()));
        assertThrows(TakeException.class, () -> tree.music(9));
        assertEquals(List.of(first, second), tree.takes());
    }

    @Test
    void noMoreTakesAndBytesThanThereIsRoomFor() throws IOException {
        TakeTree tree = TakeTree.open(folder);
        List<TakeNote> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(new TakeNote(true, 0, Instrument.PIANO, 60, 80, i, i + 0.123456789012345));
        }
        TakeException full = assertThrows(TakeException.class, () -> {
            for (int i = 0; i < 100; i++) {
                tree.add("take", Meter.COMMON, 120, many);
            }
        });
        assertTrue(full.getMessage().contains("bytes; remove some first"), full.getMessage());
        int before = tree.takes().size();
        tree.remove(1);
        tree.add("take", Meter.COMMON, 120, many);
        assertEquals(before, TakeTree.open(folder).takes().size());
    }

    @Test
    void aDamagedFileIsLeftAloneAndTheOthersAreThere() throws IOException {
        TakeTree tree = TakeTree.open(folder);
        tree.add("a", Meter.COMMON, 120, bars(60, 0, 2));
        tree.add("b", Meter.COMMON, 120, bars(62, 0, 2));
        Path file = folder.resolve("000001.take.json");
        byte[] whole = Files.readAllBytes(file);
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, damaged);
            TakeTree again = TakeTree.open(folder);
            assertEquals(2, again.takes().size() + again.remarks().size(), "seed " + seed + ", damage " + i);
            assertEquals("b", again.take(2).name());
            assertEquals(damaged.length, Files.size(file), "it is left as it was");
        }
    }

    @Test
    void whatCannotBeReadAsATakeKeepsItsNumber() throws IOException {
        TakeTree.open(folder).add("a", Meter.COMMON, 120, bars(60, 0, 2));
        Files.copy(folder.resolve("000001.take.json"), folder.resolve("000004.take.json"));
        Files.createDirectory(folder.resolve("000006.take.json"));
        Files.createSymbolicLink(folder.resolve("000007.take.json"), folder.resolve("nowhere"));
        Files.writeString(folder.resolve("000008.take.json"), "null");
        Files.writeString(folder.resolve("000009.take.json"), "half a ta");

        TakeTree tree = TakeTree.open(folder);

        assertEquals(
                List.of(
                        "000004.take.json holds take 1",
                        "000006.take.json cannot be read",
                        "000007.take.json cannot be read",
                        "000008.take.json is no take",
                        "000009.take.json is no take"),
                tree.remarks());
        assertEquals(10, tree.add("b", Meter.COMMON, 120, List.of()).number());
        assertEquals("half a ta", Files.readString(folder.resolve("000009.take.json")));
    }

    @Test
    void aTakeThatIsOneTooManyKeepsItsNumber() throws IOException {
        TakeTree.open(folder).add("a", Meter.COMMON, 120, List.of());
        String first = Files.readString(folder.resolve("000001.take.json"));
        for (int number = 2; number <= TakeTree.MOST_TAKES + 1; number++) {
            String other = first.replace("\"number\":1,", "\"number\":" + number + ",");
            Files.writeString(folder.resolve(String.format("%06d.take.json", number)), other);
        }
        byte[] more = Files.readAllBytes(folder.resolve("001001.take.json"));

        TakeTree again = TakeTree.open(folder);
        assertEquals(List.of("001001.take.json is one too many"), again.remarks());
        again.remove(1);
        assertEquals(1002, again.add("b", Meter.COMMON, 120, List.of()).number());
        assertArrayEquals(more, Files.readAllBytes(folder.resolve("001001.take.json")));
    }

    @Test
    void theNumberOfATakeThatWasRemovedIsNotUsedAgainWhenTheFolderIsOpenedAnew() throws IOException {
        TakeTree tree = TakeTree.open(folder);
        for (int i = 0; i < 4; i++) {
            tree.add("a", Meter.COMMON, 120, List.of());
        }
        tree.remove(2);
        assertEquals(5, TakeTree.open(folder).nextNumber());
        tree.remove(4);
        TakeTree.open(folder).remove(3);
        assertEquals(5, TakeTree.open(folder).nextNumber());
        Files.createFile(folder.resolve("000007.take.json"));
        assertEquals(8, TakeTree.open(folder).nextNumber());
        assertEquals(
                8, TakeTree.open(folder).add("b", Meter.COMMON, 120, List.of()).number());
    }

    @Test
    void whatIsNoNumberOfTheLastTakeIsNone() throws IOException {
        TakeTree.open(folder).add("a", Meter.COMMON, 120, List.of());
        for (String last : new String[] {"", "5", "damage", "-00005", "0000005", "99999999999999999999"}) {
            Files.writeString(folder.resolve(".last"), last);
            assertEquals(2, TakeTree.open(folder).nextNumber(), last);
        }
    }

    @Test
    void whereNumbersEndATakeIsRefusedAndNothingIsWrittenOver() throws IOException {
        Files.writeString(folder.resolve("999999.take.json"), "damaged");
        Files.writeString(folder.resolve("9999999.take.json"), "damaged");

        TakeTree tree = TakeTree.open(folder);

        assertEquals(2, tree.remarks().size());
        TakeException full = assertThrows(TakeException.class, () -> tree.add("a", Meter.COMMON, 120, List.of()));
        assertEquals("there is no number after 999999 for a take", full.getMessage());
    }
}
