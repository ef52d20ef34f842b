package org.continuo.protocol.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertEquals(120, Tempo.clamped(120));
        assertEquals(5, Tempo.clamped(Double.NaN));
        for (double played : new double[] {5, 120, 999}) {
            assertTrue(Tempo.isPlayed(played));
        }
        for (double changed : new double[] {4.999, 999.5, Double.NaN}) {
            assertFalse(Tempo.isPlayed(changed));
        }
    }

    @Test
    void aTempoThatIsNoneIsRefused() {
        for (double wrong : new double[] {0, -1, 1000.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertFalse(Tempo.isValid(wrong));
        }
    }
}
