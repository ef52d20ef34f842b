package org.continuo.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.continuo.engine.corpus.Manifest;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Style;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeStudyTest {
    private static final int BARS = 16;

    @TempDir
    private Path folder;

    /** A scale up and down in quarters, as a folk piece. */
    private List<Manifest.Entry> scale() throws Exception {
        List<Note> notes = new ArrayList<>();
        for (int quarter = 0; quarter < 4 * BARS; quarter++) {
            int pitch = 60 + Math.abs(quarter % 14 - 7);
            notes.add(new Note(Instrument.PIANO, pitch, 4, quarter * 24, quarter * 24 + 24));
        }
        MidiWriter.write(folder.resolve("scale.mid"), new Score(MeterMap.of(Meter.COMMON), notes), BARS, 500_000);
        return List.of(new Manifest.Entry("scale.mid", "", "files", "test", List.of(Style.indexOf("folk")), null));
    }

    @Test
    void whatWasPlayedBeforeTheStudyWasStoppedIsTold() throws Exception {
        List<Manifest.Entry> entries = scale();
        AtomicInteger asked = new AtomicInteger();
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"))) {
            new TakeStudy(model, Sampling.PLAIN, 1, 1, () -> asked.incrementAndGet() < 0)
                    .play(folder, entries, 2, 1, now -> {});
            int inTheThird = asked.getAndSet(0) + 5;
            TakeStudy study = new TakeStudy(model, Sampling.PLAIN, 1, 1, () -> asked.incrementAndGet() > inTheThird);

            List<TakeStudy.Pair> pairs = study.play(folder, entries, 100, 1, now -> {});

            assertEquals(2, pairs.size());
            assertEquals("folk", pairs.get(1).style());
        }
    }

    @Test
    void takesAreTheSameHoweverManyArePlayedAtOnce() throws Exception {
        List<Manifest.Entry> entries = scale();
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"))) {
            List<String> alone = new ArrayList<>();
            List<String> together = new ArrayList<>();
            new TakeStudy(model, Sampling.PLAIN, 1, 1, () -> false)
                    .play(folder, entries, 4, 1, now -> {})
                    .forEach(pair -> alone.add(pair.take().traits().toString()));
            new TakeStudy(model, Sampling.PLAIN, 1, 3, () -> false)
                    .play(folder, entries, 4, 1, now -> {})
                    .forEach(pair -> together.add(pair.take().traits().toString()));

            assertEquals(alone, together);
            assertEquals(4, new HashSet<>(alone).size(), "each take has a seed of its own");
        }
    }
}
