package org.continuo.protocol.time;

import static org.continuo.protocol.time.TransportSnapshot.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SPEC.md section 7.1. */
class TransportCheckTest {
    private static final double[] FIGURES = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -0.0,
        0,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        1e9,
        -1e9,
        1.0000001e9,
        120,
        -3.5,
        4,
        8
    };
    private static final int[] COUNTS = {
        Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0, 1, 3, 4, 7, 8, 16, 64, 128, 255, 256
    };

    private static TransportSnapshot good() {
        TransportSnapshot t = new TransportSnapshot();
        t.flags = 127;
        t.epoch = 3;
        t.performance = 33;
        t.beat = -2.5;
        t.tempo = 97.5;
        t.numerator = 7;
        t.denominator = 8;
        t.barStart = -3.5;
        t.loopStart = -3.5;
        t.loopEnd = 10.5;
        return t;
    }

    private static void assertLoses(int flags, TransportSnapshot t) {
        assertFalse(TransportCheck.clean(t));
        assertEquals(127 & ~flags, t.flags);
    }

    @Test
    void whatIsRightStaysAsItIs() {
        TransportSnapshot t = good();
        assertTrue(TransportCheck.clean(t));
        assertEquals(127, t.flags);
        assertEquals(-2.5, t.beat);
        assertEquals(97.5, t.tempo);
        assertEquals("7/8", t.numerator + "/" + t.denominator);
        assertEquals("-3.5 -3.5 10.5", t.barStart + " " + t.loopStart + " " + t.loopEnd);
    }

    @Test
    void aWrongFigureLosesItsFlagAndTheOthersStay() {
        TransportSnapshot t = good();
        t.tempo = Double.NaN;
        assertLoses(HAS_TEMPO, t);
        assertEquals(120, t.tempo);
        t = good();
        t.denominator = 0;
        assertLoses(HAS_METER, t);
        assertEquals("4/4", t.numerator + "/" + t.denominator);
        t = good();
        t.loopEnd = t.loopStart;
        assertLoses(LOOPING, t);
        t = good();
        t.barStart = t.beat + 1;
        assertLoses(HAS_BAR_START, t);
        t = good();
        t.barStart = t.beat - 4; // a bar of 7/8 is shorter
        assertLoses(HAS_BAR_START, t);
    }

    @Test
    void withoutATimelineThereAreNoBarLinesAndNoLoop() {
        TransportSnapshot t = good();
        t.beat = Double.NEGATIVE_INFINITY;
        assertLoses(HAS_BEAT | HAS_BAR_START | LOOPING, t);
        assertEquals(0, t.beat);
    }

    @Test
    void unknownFlagsAreDropped() {
        TransportSnapshot t = good();
        t.flags = -1;
        assertTrue(TransportCheck.clean(t));
        assertEquals(127, t.flags);
    }

    @Test
    void nothingThatIsNotFiniteLeaves() {
        poison(2_000);
    }

    @Test
    @Tag("full")
    void nothingThatIsNotFiniteLeavesAHundredThousandBlocksOfEightSeeds() {
        poison(100_000);
    }

    private static void poison(int blocks) {
        for (long seed = 1; seed <= 8; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < blocks; i++) {
                TransportSnapshot told = poisoned(random);
                TransportSnapshot clean = new TransportSnapshot();
                clean.copyFrom(told);
                TransportCheck.clean(clean);
                String place = "seed " + seed + ", block " + i;
                assertInsideLimits(clean, place);
                assertTold(told, clean, place);
                assertTrue(TransportCheck.clean(clean), place + ": clean stays clean");
            }
        }
    }

    private static TransportSnapshot poisoned(SplittableRandom random) {
        TransportSnapshot t = good();
        t.flags = random.nextInt();
        for (int changes = random.nextInt(6); changes > 0; changes--) {
            double figure = FIGURES[random.nextInt(FIGURES.length)];
            int count = COUNTS[random.nextInt(COUNTS.length)];
            switch (random.nextInt(9)) {
                case 0 -> t.epoch = count;
                case 1 -> t.performance = figure;
                case 2 -> t.beat = figure;
                case 3 -> t.tempo = figure;
                case 4 -> t.numerator = count;
                case 5 -> t.denominator = count;
                case 6 -> t.barStart = figure;
                case 7 -> t.loopStart = figure;
                default -> t.loopEnd = figure;
            }
        }
        return t;
    }

    private static void assertInsideLimits(TransportSnapshot t, String place) {
        for (double figure : new double[] {t.performance, t.beat, t.tempo, t.barStart, t.loopStart, t.loopEnd}) {
            assertTrue(Math.abs(figure) <= 1e9, place);
        }
        assertTrue(t.epoch >= 0 && t.performance >= 0 && t.tempo > 0 && t.tempo <= 1000, place);
        assertTrue(Meter.isValid(t.numerator, t.denominator), place);
        assertTrue(!t.has(LOOPING) || t.loopEnd > t.loopStart, place);
    }

    /** A flag that is left was told, and its figure is the one that was told; a right one was not lost. */
    private static void assertTold(TransportSnapshot told, TransportSnapshot clean, String place) {
        assertEquals(0, clean.flags & ~told.flags, place);
        assertEquals(told.flags & (PLAYING | RECORDING), clean.flags & (PLAYING | RECORDING), place);
        boolean tempo = told.has(HAS_TEMPO) && told.tempo > 0 && told.tempo <= 1000;
        assertEquals(tempo, clean.has(HAS_TEMPO), place);
        assertTrue(!tempo || clean.tempo == told.tempo, place);
        boolean meter = told.has(HAS_METER) && Meter.isValid(told.numerator, told.denominator);
        assertEquals(meter, clean.has(HAS_METER), place);
        assertTrue(!meter || clean.numerator == told.numerator && clean.denominator == told.denominator, place);
        boolean beat = told.has(HAS_BEAT) && Math.abs(told.beat) <= 1e9;
        assertEquals(beat, clean.has(HAS_BEAT), place);
        assertTrue(!beat || clean.beat == told.beat, place);
        assertTrue(!clean.has(HAS_BAR_START) || clean.barStart == told.barStart, place);
        assertTrue(!clean.has(LOOPING) || clean.loopStart == told.loopStart && clean.loopEnd == told.loopEnd, place);
    }
}
