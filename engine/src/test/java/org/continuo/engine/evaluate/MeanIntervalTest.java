package org.continuo.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MeanIntervalTest {
    @Test
    void shouldHoldTheTrueMeanInNearly95OfAHundredSamples() {
        SplittableRandom random = new SplittableRandom(7);
        int held = 0;
        for (int trial = 0; trial < 200; trial++) {
            double[] values = random.doubles(50).toArray();
            MeanInterval interval = MeanInterval.of(values);
            held += interval.low() <= 0.5 && 0.5 <= interval.high() ? 1 : 0;
        }
        assertTrue(held >= 180 && held <= 199, held + " of 200");
    }

    @Test
    void shouldLeaveOutWhatIsNoNumber() {
        MeanInterval interval = MeanInterval.of(new double[] {1, Double.NaN, 3});
        assertEquals(2, interval.mean());
        assertEquals(2, interval.count());
        assertTrue(Double.isNaN(MeanInterval.of(new double[] {Double.NaN}).mean()));
    }
}
