package org.continuo.engine.midi;

import static org.continuo.engine.midi.SmfBytes.bytes;
import static org.continuo.engine.midi.SmfBytes.chunk;
import static org.continuo.engine.midi.SmfBytes.events;
import static org.continuo.engine.midi.SmfBytes.file;
import static org.continuo.engine.midi.SmfBytes.join;
import static org.continuo.engine.midi.SmfBytes.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not read says so in one line, soon, and without taking the memory that it claims. */
class RefusedFileTest {
    private static final int[] EMPTY = events();

    @Test
    void otherFilesAreRefused() {
        assertRefused("not a MIDI file (starts with 'RIFX' where MThd belongs)", "RIFX....WAVE".getBytes());
        assertRefused("not a MIDI file (starts with bytes 89 50 4e 47 where MThd belongs)", bytes(0x89, 'P', 'N', 'G'));
        assertRefused("not a MIDI file (starts with 'M' where MThd belongs)", "M".getBytes());
        assertRefused("not a MIDI file (starts with 'RIFF' where MThd belongs)", chunk("RIFF", 4, "RMID".getBytes()));
        assertRefused("is empty", new byte[0]);
    }

    @Test
    void headersThatCannotBeAreRefused() {
        assertRefused(
                "cut off inside its header after 9 bytes",
                Arrays.copyOf(file(0, 96).build(), 9));
        assertRefused(
                "its header counts 0 ticks to the quarter note",
                file(0, 0).track(EMPTY).build());
        assertRefused(
                "its format is 3, where 0, 1 and 2 exist",
                file(3, 96).track(EMPTY).build());
        assertRefused(
                "its header counts 40 ticks in each of 17 frames a second, where 24, 25, 29 and 30 frames exist",
                file(0, 0xef28).track(EMPTY).build());
        assertRefused(
                "format 2 (2 patterns that do not play together); save it as format 0 or 1",
                file(2, 96).track(EMPTY).track(EMPTY).build());
        assertRefused("holds no track", file(1, 96).build());
    }

    @Test
    void aLengthThatClaimsMoreThanThereIsIsRemarkedOn() throws MidiFileException {
        int[] sysex = {0, 0xf0, 0xff, 0xff, 0xff, 0x7f, 1, 2};

        assertEquals(1, file(0, 96).track(sysex).read().remarks().size());
        assertEquals(
                1,
                file(0, 96).trackOfLength(0x7fff_fff0L, EMPTY).read().remarks().size());
    }

    @Test
    void tooManyBytesEventsTracksOrQuartersAreRefused() {
        assertRefused("larger than 16 MiB, which is the limit", join("MThd".getBytes(), new byte[MidiLimits.BYTES]));
        int[] clicks = new int[4 + 3 * MidiLimits.EVENTS];
        Arrays.fill(clicks, 0);
        clicks[1] = 0x90;
        assertRefused(
                "more than 400000 events, which is the limit",
                file(0, 96).track(clicks).build());
        byte[][] tracks = new byte[MidiLimits.TRACKS + 1][];
        Arrays.fill(tracks, chunk("MTrk", 0, new byte[0]));
        assertRefused(
                "more than 1024 tracks, which is the limit",
                file(1, 96).raw(join(tracks)).build());
        int[] late = events(of(0xff, 0xff, 0xff, 0x7f, 0x90, 60, 1));
        assertRefused(
                "has an event 268435455 quarter notes from the start; the limit is 65536",
                file(0, 1).track(late).build());
    }

    @Tag("full")
    @Test
    void theMostThatIsAllowedIsReadInTime() {
        int[] clicks = new int[4 + 3 * (MidiLimits.EVENTS - 2)];
        for (int i = 0; i < clicks.length; i++) {
            clicks[i] = i == 1 ? 0x90 : i > 1 && i % 3 == 0 ? 1 : i % 3 == 2 ? i / 3 % 128 : 1;
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> ClipQuantizer.quantize(file(0, 960).track(clicks).read()));
    }

    @Test
    void filesThatAreNotThereAreNamed(@TempDir Path folder) throws Exception {
        assertEquals(
                folder.resolve("none.mid") + ": no such file",
                assertThrows(MidiFileException.class, () -> ClipReader.read(folder.resolve("none.mid")))
                        .getMessage());
        Path inner = Files.createDirectory(folder.resolve("inner"));
        assertEquals(
                "inner: is a folder, not a MIDI file",
                assertThrows(MidiFileException.class, () -> ClipReader.read(inner))
                        .getMessage());
    }

    private static void assertRefused(String problem, byte[] content) {
        MidiFileException e = assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThrows(MidiFileException.class, () -> ClipReader.read("clip.mid", content)));
        assertEquals("clip.mid: " + problem, e.getMessage());
    }
}
