package org.continuo.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.continuo.engine.corpus.Manifest;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningTest {
    private static final int EIGHTH = Score.TICKS_PER_QUARTER / 2;

    @TempDir
    private Path folder;

    /** A file of eighths: a major scale over and over, so many semitones above C. */
    private Manifest.Entry piece(String name, int from) throws Exception {
        int[] scale = {0, 2, 4, 5, 7, 9, 11};
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 8 * Listening.BARS; i++) {
            int pitch = 60 + from + scale[i % scale.length];
            notes.add(new Note(Instrument.PIANO, pitch, 4, i * EIGHTH, i * EIGHTH + EIGHTH));
        }
        MidiWriter.write(folder.resolve(name), new Score(MeterMap.of(Meter.COMMON), notes), Listening.BARS, 500_000);
        return new Manifest.Entry(name, "", "files", "test", List.of(), null);
    }

    @Test
    void aPieceAloneIsNotPlayedAsNoneIsThereToHoldItAgainst() throws Exception {
        assertEquals(List.of(), begun(List.of(piece("c.mid", 0)), 8));
    }

    @Test
    void oneOfTwoPiecesIsPlayedWhereOneIsAskedFor() throws Exception {
        assertEquals(List.of(0), begun(List.of(piece("c.mid", 0), piece("f-sharp.mid", 6)), 1));
    }

    /** The numbers of the clips that were begun; each is broken off at once. */
    private List<Integer> begun(List<Manifest.Entry> entries, int count) throws Exception {
        List<Integer> begun = new ArrayList<>();
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"))) {
            new Listening(model, PerformerSettings.DEFAULT, () -> !begun.isEmpty())
                    .pairs(folder, entries, count, begun::add);
        }
        return begun;
    }
}
