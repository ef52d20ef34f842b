package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Test;

class PerformanceClockTest {
    private static final long SECOND = 1_000_000_000L;

    private final PerformanceClock clock = new PerformanceClock();

    private void told(int flags, int epoch, double performance, double tempo, long nanos) {
        TransportSnapshot snapshot = new TransportSnapshot();
        snapshot.flags = flags | TransportSnapshot.HAS_TEMPO;
        snapshot.epoch = epoch;
        snapshot.performance = performance;
        snapshot.tempo = tempo;
        clock.set(snapshot, nanos);
    }

    @Test
    void timePassesAtTheTempoWhileTheHostPlays() {
        told(TransportSnapshot.PLAYING, 1, 8, 120, 5 * SECOND);
        assertEquals(8, clock.at(5 * SECOND));
        assertEquals(9, clock.at(5 * SECOND + SECOND / 2));
        told(TransportSnapshot.PLAYING, 1, 9, 60, 5 * SECOND + SECOND / 2);
        assertEquals(9.5, clock.at(6 * SECOND));
    }

    @Test
    void timeStandsWhileTheHostDoes() {
        told(0, 1, 8, 120, 0);
        assertEquals(8, clock.at(100 * SECOND));
        assertFalse(clock.runs(0));
    }

    @Test
    void aHostThatSaysNothingMoreIsFollowedForASecond() {
        told(TransportSnapshot.PLAYING, 1, 0, 60, 0);
        assertTrue(clock.runs(SECOND - 1));
        assertEquals(1, clock.at(SECOND));
        assertEquals(1, clock.at(100 * SECOND));
        assertFalse(clock.runs(SECOND));
    }

    @Test
    void aBreakMayTakeTimeBackThatHadRunAhead() {
        told(TransportSnapshot.PLAYING, 1, 0, 60, 0);
        assertEquals(1, clock.at(SECOND));
        told(0, 2, 0.25, 60, SECOND);
        assertEquals(0.25, clock.at(SECOND));
    }

    @Test
    void withinAnEpochTimeNeverGoesBackHoweverTheWordsOfTheHostArrive() {
        long seed = 3;
        Random random = new Random(seed);
        double performance = 0;
        long nanos = 0;
        double last = 0;
        for (int i = 0; i < 100_000; i++) {
            nanos += random.nextInt(20_000_000);
            if (random.nextInt(3) == 0) {
                performance += random.nextDouble() * 0.05;
                told(TransportSnapshot.PLAYING, 1, performance, 20 + random.nextInt(979), nanos);
            }
            double at = clock.at(nanos);
            assertTrue(at >= last && at >= performance, "seed " + seed + ", step " + i);
            last = at;
        }
    }
}
