package org.continuo.bridge.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.junit.jupiter.api.Test;

class ReactionBenchmarkTest {
    @Test
    void everyNoteIsAnsweredByANewerPlan() throws Exception {
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"))) {
            List<Integer> progress = new ArrayList<>();
            ReactionBenchmark.Result result = new ReactionBenchmark(model, progress::add).run(10, 1);
            assertEquals(0, result.lost());
            assertEquals(
                    IntStream.range(0, 10).boxed().toList(),
                    progress.stream().distinct().toList());
            assertEquals(model.shape().context(), result.context());
            assertTrue(0 < result.p50() && result.p50() <= result.p90() && result.p90() <= result.p99());
            assertTrue(result.p99() <= result.max() && result.max() < 1000, result.toString());
        }
    }

    @Test
    void itEndsWhereverItIsToldTo() throws Exception {
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"))) {
            ReactionBenchmark stopped = new ReactionBenchmark(model, answered -> {
                assertEquals(0, answered, "stopped before the first note was answered");
                throw new CancellationException();
            });
            assertThrows(CancellationException.class, () -> stopped.run(10, 1));
        }
    }
}
