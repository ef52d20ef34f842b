package org.continuo.bridge.os;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BreathTest {
    private static final long MILLI = 1_000_000;

    @Test
    void aThreadThatAlwaysHasWorkRestsForMoreThanLinuxAsks() {
        Breath breath = new Breath(0);
        long rested = 0;
        long now = 0;
        while (now < 1000 * MILLI) {
            if (breath.isDue(now)) {
                breath.rested(now, now + Breath.NANOS);
                now += Breath.NANOS;
                rested += Breath.NANOS;
            } else {
                now += MILLI / 2;
            }
        }
        assertTrue(rested >= 50 * MILLI, rested + " ns of rest");
    }

    @Test
    void whoWasWokenAtOnceHasNotRested() {
        Breath breath = new Breath(0);
        breath.rested(16 * MILLI, 16 * MILLI + 1000);
        assertTrue(breath.isDue(16 * MILLI + 1000));
        breath.rested(17 * MILLI, 18 * MILLI);
        assertFalse(breath.isDue(18 * MILLI));
    }
}
