package org.continuo.engine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.junit.jupiter.api.Test;

class StepBenchmarkTest {
    @Test
    void shouldMeasureEveryLengthAskedFor() throws ModelException {
        try (NoteModel model = NoteModel.load(ModelFolder.ofResource(getClass(), "/model-tiny"))) {
            StepBenchmark.Result result =
                    new StepBenchmark(System::nanoTime, 1).run(model, new int[] {1, 64, 127}, 200);
            assertEquals("model-tiny", result.model());
            assertEquals(3, result.steps().size());
            for (StepBenchmark.AtLength at : result.steps()) {
                ordered(at.step());
                ordered(at.copied());
            }
            ordered(result.sample());
            assertTrue(result.prefillTokensPerSecond() > 0);
            assertTrue(result.heapBytesPerStep() < 4_000, result.heapBytesPerStep() + " bytes a step");
        }
    }

    private static void ordered(Percentiles p) {
        assertTrue(0 < p.p50() && p.p50() <= p.p90() && p.p90() <= p.p99() && p.p99() <= p.max(), p.toString());
    }

    @Test
    void shouldRefuseALengthThatLeavesNoRoomForTheStep() throws ModelException {
        try (NoteModel model = NoteModel.load(ModelFolder.ofResource(getClass(), "/model-tiny"))) {
            assertThrows(IllegalArgumentException.class, () -> new StepBenchmark(System::nanoTime, 1)
                    .run(model, new int[] {128}, 1));
        }
    }

    @Test
    void shouldTakeTheLeastDurationThatSoManyAreNotAbove() {
        long[] durations = new long[100];
        for (int i = 0; i < 100; i++) {
            durations[i] = (100 - i) * 1_000L;
        }
        assertEquals(new Percentiles(50, 90, 99, 100), Percentiles.of(durations));
        assertEquals(new Percentiles(7, 7, 7, 7), Percentiles.of(new long[] {7_000}));
    }
}
