package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.continuo.engine.model.NoteModel;
import org.junit.jupiter.api.Test;

class SoundCheckTest {
    private static boolean plays() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("sound-check"));
    }

    @Test
    void itEndsByItself() throws Exception {
        try (NoteModel model = BandModel.load();
                SoundCheck check = new SoundCheck(model, PerformerSettings.DEFAULT)) {
            while (plays()) {
                Thread.sleep(5);
            }
            assertDoesNotThrow(check::close);
        }
    }

    @Test
    void closedAtAnyMomentNothingOfItRunsAndTheModelMayClose() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            try (NoteModel model = BandModel.load()) {
                SoundCheck check = new SoundCheck(model, PerformerSettings.DEFAULT);
                Thread.sleep(random.nextInt(40));
                check.close();
                assertTrue(!plays(), "still running, seed " + seed);
            }
        }
    }
}
