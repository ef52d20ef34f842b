package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.engine.midi.MidiLimits;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clip that is large beside the memory that there is: it is continued, or refused in one line. */
class LittleMemoryTest {
    private static final int NOTES = 100_000;

    /** As many as are read: each is two events. */
    private static final int MOST_NOTES = MidiLimits.EVENTS / 2 - 10;

    @TempDir
    Path folder;

    @Test
    void aLargeClipIsContinuedOrRefusedInOneLine() throws Exception {
        assertFalse(isContinued(clip(NOTES), 24));
    }

    @Test
    @Tag("full")
    void aLargeClipIsContinuedOrRefusedInOneLineWhateverMemoryThereIs() throws Exception {
        Path clip = clip(NOTES);
        int continued = 0;
        for (int megabytes = 8; megabytes <= 256; megabytes += megabytes / 4) {
            continued += isContinued(clip, megabytes) ? 1 : 0;
        }
        assertTrue(continued > 0, "256 MB are enough");
    }

    @Test
    @Tag("full")
    void theLargestClipThatIsReadFitsTheHeapThoughAllItsCandidatesArePlayedAtOnce() throws Exception {
        assertTrue(isContinued(clip(MOST_NOTES), 256, "-XX:ActiveProcessorCount=8"));
    }

    private boolean isContinued(Path clip, int megabytes, String... options) throws Exception {
        Path output = folder.resolve("out" + megabytes + ".mid");
        List<String> words =
                ContinuoProcess.call("-Xmx" + megabytes + "m", "continue", clip, "--bars", 1, "-o", output);
        words.addAll(1, List.of(options));
        try (ContinuoProcess call = ContinuoProcess.start(folder, words)) {
            if (call.exit() == 0) {
                call.assertMessagesArePlain();
                assertTrue(Files.size(output) > Files.size(clip), megabytes + " MB");
                return true;
            }
            call.assertFailedInOneLine();
            assertTrue(call.messages().contains("out of memory"), megabytes + " MB: " + call.messages());
            try (Stream<Path> files = Files.list(folder)) {
                assertEquals(
                        List.of(),
                        files.filter(file -> file.getFileName().toString().contains("out" + megabytes + "."))
                                .toList());
            }
            return false;
        }
    }

    private Path clip(int count) throws Exception {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            notes.add(new Note(Instrument.PIANO, 36 + i % 48, 1 + i % 7, i * 6, i * 6 + 6));
        }
        int bars = count * 6 / 96 + 1;
        Path file = folder.resolve("large.mid");
        MidiWriter.write(file, new Score(MeterMap.of(Meter.COMMON), notes), bars, 500_000);
        return file;
    }
}
