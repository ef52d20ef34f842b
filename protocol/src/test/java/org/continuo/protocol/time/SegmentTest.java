package org.continuo.protocol.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** SPEC.md section 2.3. */
class SegmentTest {
    @Test
    void bothClocksRunAlongWithEachOther() {
        Segment segment = new Segment(0, 16, -4, Meter.COMMON);
        assertEquals(-4, segment.host(16));
        assertEquals(0, segment.host(20));
        assertEquals(20, segment.performance(0));
    }

    @Test
    void aWrapIsKnownBeforeItComesAndPerformanceTimeGoesOn() {
        LoopRegion loop = new LoopRegion(0, 8);
        Segment pass = new Segment(3, 16, 0, Meter.COMMON);
        Segment next = pass.wrapped(loop);
        assertEquals(new Segment(4, 24, 0, Meter.COMMON), next);
        assertEquals(new Segment(5, 32, 0, Meter.COMMON), next.wrapped(loop));
    }

    @Test
    void followingTheWrapsIsFoldingIntoTheLoop() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            LoopRegion loop = new LoopRegion(random.nextInt(-64, 64) / 8.0, 0.125 + 8 + random.nextInt(256) / 8.0);
            double start = loop.start() - random.nextInt(64) / 8.0;
            Segment segment = new Segment(0, random.nextInt(1_000) / 8.0, start, Meter.COMMON);
            double origin = segment.performanceStart();
            for (int wraps = 0; wraps < 5; wraps++) {
                double into = segment.performanceStart();
                assertEquals(loop.wrap(start + into - origin), segment.host(into), 1e-9, "seed " + seed);
                segment = segment.wrapped(loop);
            }
        }
    }

    @Test
    void aJumpLeavesPerformanceTimeWhereItIs() {
        Segment jumped = new Segment(1, 0, 0, Meter.COMMON).jumped(30, 76, new Meter(7, 8));
        assertEquals(76, jumped.host(30));
        assertEquals(2, jumped.number());
    }

    @Test
    void aLoopDoesNotPlayItsEnd() {
        LoopRegion loop = new LoopRegion(-2, 6);
        assertTrue(loop.contains(-2));
        assertFalse(loop.contains(6));
        assertEquals(-2, loop.wrap(6));
        assertEquals(-1, loop.wrap(15));
        assertEquals(-7, loop.wrap(-7), "before the loop nothing wraps");
        assertEquals(8, loop.length());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LoopRegion(4, 4));
        assertThrows(IllegalArgumentException.class, () -> new LoopRegion(0, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Segment(0, -1, 0, Meter.COMMON));
        assertThrows(IllegalArgumentException.class, () -> new Segment(0, 0, Double.NaN, Meter.COMMON));
        Segment past = new Segment(0, 0, 8, Meter.COMMON);
        assertThrows(IllegalArgumentException.class, () -> past.wrapped(new LoopRegion(0, 8)));
    }
}
