package org.continuo.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.continuo.engine.model.Decoder;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class LikelihoodTest {
    private static final int QUARTER = Score.TICKS_PER_QUARTER;

    @Test
    void whatWasHeardBeforeIsForetoldBetterAndOnlyWhatIsAskedForIsScored() throws Exception {
        int bars = 6;
        int[] melody = melody(new Random(4), bars);
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"));
                Decoder decoder = model.newDecoder()) {
            Likelihood likelihood = new Likelihood(decoder, 512);
            Likelihood.Sum once = likelihood.of(score(melody), Conditions.NONE);
            Likelihood.Sum again = likelihood.from(score(melody, melody), Conditions.NONE, bars);

            assertEquals(4 * bars, once.notes());
            assertEquals(4 * bars, again.notes());
            assertTrue(again.nats() < 0.5 * once.nats(), again + " after " + once);
        }
    }

    @Test
    void aPieceLongerThanTheWindowIsScoredWholeAndOnce() throws Exception {
        int[] melody = melody(new Random(5), 60);
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"));
                Decoder decoder = model.newDecoder()) {
            Likelihood.Sum inOne = new Likelihood(decoder, 4096).of(score(melody), Conditions.NONE);
            Likelihood.Sum inMany = new Likelihood(decoder, 128).of(score(melody), Conditions.NONE);

            // Nothing in a melody of chance tells what comes next, so what is further back is hardly missed.
            assertEquals(inOne.tokens(), inMany.tokens());
            assertEquals(1, inMany.nats() / inOne.nats(), 0.08, inMany + " beside " + inOne + ", seed 5");
        }
    }

    /** A pitch for each quarter. */
    private static int[] melody(Random random, int bars) {
        return random.ints(4L * bars, 55, 80).toArray();
    }

    private static Score score(int[]... melodies) {
        List<Note> notes = new ArrayList<>();
        for (int[] melody : melodies) {
            for (int pitch : melody) {
                int start = notes.size() * QUARTER;
                notes.add(new Note(Instrument.PIANO, pitch, 4, start, start + QUARTER));
            }
        }
        return new Score(MeterMap.of(Meter.COMMON), notes);
    }
}
