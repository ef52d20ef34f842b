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
    void whatIsRepeatedFromFurtherBackThanTheContextIsForetoldBetterThanByTheModelAlone() throws Exception {
        int bars = 8;
        int[] first = melody(new Random(1), bars);
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"));
                Decoder decoder = model.newDecoder()) {
            Likelihood likelihood = new Likelihood(decoder, 64); // the passage lies further back
            Likelihood.Sum again =
                    likelihood.from(score(first, melody(new Random(2), 1), first), Conditions.NONE, bars + 1);
            Likelihood.Sum another = likelihood.from(
                    score(first, melody(new Random(2), 1), melody(new Random(3), bars)), Conditions.NONE, bars + 1);

            assertTrue(again.nats() < 0.8 * again.natsAlone(), again.toString());
            assertEquals(another.natsAlone(), another.nats(), 0.02 * another.natsAlone());
        }
    }

    @Test
    void pieceIsTheSumOfItsBeginningAndWhatIsScoredFromABarOn() throws Exception {
        int[] melody = melody(new Random(4), 6);
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"));
                Decoder decoder = model.newDecoder()) {
            Likelihood likelihood = new Likelihood(decoder, 128);
            Likelihood.Sum whole = likelihood.of(score(melody, melody), Conditions.NONE);
            Likelihood.Sum end = likelihood.from(score(melody, melody), Conditions.NONE, 8);

            assertEquals(48, whole.notes());
            assertEquals(16, end.notes());
            assertTrue(end.nats() < whole.nats() && end.natsAlone() < whole.natsAlone());
            assertTrue(whole.nats() < whole.natsAlone());
            assertEquals(whole, Likelihood.Sum.ZERO.plus(whole));
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
