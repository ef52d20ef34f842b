package org.continuo.protocol.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TempoTest {
    @Test
    void musicalTimeAndSecondsAreOneAtATempo() {
        assertEquals(1, Tempo.quartersIn(500e6, 120));
        assertEquals(500e6, Tempo.nanosOf(1, 120));
        assertEquals(1.25, Tempo.quartersIn(Tempo.nanosOf(1.25, 97.5), 97.5), 1e-12);
    }

    @Test
    void whatIsPlayedStaysBetweenFiveAndNineHundredNinetyNine() {
        assertEquals(5, Tempo.clamped(0.01));
        assertEquals(999, Tempo.clamped(1000));
        assertEquals(new Tempo(120), Tempo.DEFAULT.clamped());
    }

    @Test
    void aTempoThatIsNoneIsRefused() {
        for (double wrong : new double[] {0, -1, 1000.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new Tempo(wrong));
        }
    }
}
