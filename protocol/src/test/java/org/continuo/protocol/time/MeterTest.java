package org.continuo.protocol.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MeterTest {
    @Test
    void aMeterIsReadAsItIsWritten() {
        assertEquals(new Meter(7, 8), Meter.of("7/8"));
        for (String none : new String[] {"", "4", "4/", "4/3", "0/4", "4/4/4", "4 / 4", "x/4", "99999999999/4"}) {
            assertEquals(null, Meter.of(none), none);
        }
    }

    @Test
    void aBarIsAsLongAsItsMeterSays() {
        assertEquals(4, Meter.COMMON.quarters());
        assertEquals(3.5, new Meter(7, 8).quarters());
        assertEquals(0.75, new Meter(3, 16).quarters());
    }

    @Test
    void impossibleMetersAreRefusedWithTheirNumbers() {
        assertFalse(Meter.isValid(0, 4));
        assertFalse(Meter.isValid(4, 3));
        assertFalse(Meter.isValid(4, 128));
        assertFalse(Meter.isValid(256, 4));
        assertEquals(
                "meter 4/3: numerator must be 1..255, denominator a power of two up to 64",
                assertThrows(IllegalArgumentException.class, () -> new Meter(4, 3))
                        .getMessage());
    }
}
