package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private final Timeline timeline = new Timeline(new Feel());

    @Test
    void aLoopFromBarLineToBarLineGoesOnWithoutACut() {
        timeline.open(at(0, 0, 4, 4, 0, 8), 0);

        assertEquals(8 * 24, timeline.tickFrom(8));
        assertEquals(96, timeline.atTick(191).barStart(191));
        assertEquals(192, timeline.atTick(192).barStart(192));
        assertEquals(20.5, timeline.performance(timeline.tickFrom(20.5)), 1e-9);
        assertEquals(4.5, timeline.hostAt(20.5), 1e-9);
    }

    @Test
    void aLoopThatEndsInMidBarCutsItAndOpensTheNextAtTheHostsPlace() {
        timeline.open(at(0, 0, 4, 4, 1, 3.5), 0);

        assertEquals(84, timeline.atTick(0).barEnd(0), "cut after three and a half quarters");
        Stretch second = timeline.atPerformance(3.5);
        assertEquals(84, second.barTick);
        assertEquals(84 + 24, timeline.tickFrom(3.5), "one quarter into the bar, as the host");
        assertEquals(3.5, timeline.performance(108), 1e-9);
        assertEquals(6, timeline.atPerformance(6.1).performanceStart, 1e-9);
    }

    @Test
    void aLoopOfASixteenthWrapsManyTimesAheadAndAShorterOneIsNone() {
        timeline.open(at(0, 0, 4, 4, 0, 0.25), 0);
        assertEquals(16, timeline.atPerformance(4).performanceStart / 0.25, 1e-9);

        Timeline other = new Timeline(new Feel());
        other.open(at(0, 0, 4, 4, 0, 0.2), 0);
        assertEquals(0, other.atPerformance(4).performanceStart, 1e-9);
    }

    @Test
    void beforeBarOneBarLinesAreWhereTheHostHasThem() {
        timeline.open(at(0, -2.5, 7, 8, 0, 0), 0);

        // bars of 3.5 quarters from host beat 0 on: the one that holds -2.5 began at -3.5
        assertEquals(24, timeline.tickFrom(0));
        assertEquals(84, timeline.atTick(24).barEnd(24));
        assertEquals(2.5, timeline.performance(84), 1e-9);
    }

    @Test
    void barsThatBeginHalfABarFromTheHostsBeginningAreNumberedOneByOne() {
        // a song that begins with half a bar: lines at 2, 6, 10; of two numbers as near it is the higher
        for (int i = 0; i < 200; i++) {
            double beat = 2 + i * 0.137;
            TransportSnapshot snapshot = at(i * 0.713, beat, 4, 4, 0, 0);
            snapshot.flags |= TransportSnapshot.HAS_BAR_START;
            snapshot.barStart = 2 + 4 * Math.floor((beat - 2) / 4);
            Timeline row = new Timeline(new Feel());
            row.open(snapshot, 0);
            for (int bar = 0; bar < 8; bar++) {
                assertEquals(
                        Math.round(snapshot.barStart / 4 + 0.01) + bar, row.hostBar(bar * 96), "from beat " + beat);
            }
        }
    }

    @Test
    void barsOfSixtyFourthsDoNotDrift() {
        timeline.open(at(0, 0, 3, 64, 0, 0), 0);

        Stretch stretch = timeline.atTick(0);
        // 4.5 ticks a bar
        long line = 0;
        for (int bar = 0; bar < 1000; bar++) {
            assertEquals(Math.round(bar * 4.5), line);
            line = stretch.barEnd(line);
        }
    }

    @Test
    void everyTickIsTheFirstOfItsOwnTime() {
        timeline.open(at(0.123456789, 3.37, 3, 16, 0, 0), 0);

        for (long tick = timeline.last().firstTick(); tick < 5_000; tick++) {
            assertEquals(tick, timeline.tickFrom(timeline.performance(tick)));
            assertEquals(tick, timeline.nearestTick(timeline.performance(tick) + 0.01));
        }
    }

    @Test
    void aPauseGoesOnInTheSameStretchAndASeekDoesNot() {
        timeline.open(at(0, 0, 4, 4, 0, 0), 0);

        assertTrue(timeline.continues(at(5.25, 5.25, 4, 4, 0, 0)));
        assertFalse(timeline.continues(at(5.25, 6.25, 4, 4, 0, 0)));
        assertFalse(timeline.continues(at(5.25, 5.25, 3, 4, 0, 0)));
    }

    @Test
    void aNoteAHairBeforeTheWrapBelongsToTheNextPass() {
        timeline.open(at(0, 0, 4, 4, 0, 4), 0);

        assertEquals(96, timeline.nearestTick(3.99));
    }

    @Test
    void aChangedLoopSaysFromWhenOnWhatWasForetoldIsWrong() {
        timeline.open(at(0, 0, 4, 4, 0, 4), 0);
        timeline.tickFrom(11);

        assertEquals(Double.POSITIVE_INFINITY, timeline.follow(at(1, 1, 4, 4, 0, 4)));
        assertEquals(4, timeline.follow(at(1, 1, 4, 4, 0, 8)), 1e-9);
        assertEquals(8, timeline.atPerformance(9).performanceStart, 1e-9);
    }

    @Test
    void aHostThatStandsAtTheLoopsEndOrAfterItPlaysOn() {
        for (double loopEnd : new double[] {4, 8}) {
            Timeline row = new Timeline(new Feel());
            TransportSnapshot snapshot = new TransportSnapshot();
            snapshot.flags = TransportSnapshot.PLAYING | TransportSnapshot.HAS_BEAT;
            row.open(snapshot, 0);
            snapshot.performance = 8;
            snapshot.beat = 8;
            snapshot.flags |= TransportSnapshot.LOOPING;
            snapshot.loopEnd = loopEnd;
            row.goOn(snapshot);
            assertEquals(12, row.hostAt(12), 1e-9);
            assertEquals(9, row.atPerformance(9).host(9), 1e-9);
        }
    }

    @Test
    void theGridLiesBehindTheHostsByWhatTheMusicianDoesAndItsBarLinesAndWrapsDoNot() {
        Feel feel = new Feel();
        Timeline late = new Timeline(feel);
        late.open(at(0, 0, 4, 4, 0, 4), 0);
        for (int i = 0; i < 100; i++) {
            feel.heard(12 * (i % 8) + 1.5);
        }
        assertEquals(12, late.tickFrom(0.5), "nothing is followed unless it is asked for");
        feel.follow(1);

        assertEquals(1.5, feel.shift(), 1e-4);
        assertEquals(0.5 + 1.5 / 24, late.performance(12), 1e-4);
        assertEquals(12, late.nearestTick(0.5 + 1.5 / 24));
        assertEquals(4, late.atPerformance(5).performanceStart, 1e-9);
        assertEquals(96, late.atPerformance(5).barTick);
        assertEquals(96, late.tickFrom(4));
        assertTrue(late.performance(95) < 4, "no note of a pass sounds after its end");
        feel.follow(-1);
        assertEquals(4, late.performance(96), "none before its beginning");
    }

    @Test
    void noTwoTicksSoundAtOneTimeHoweverTheGridLies() {
        for (double behind : new double[] {-3, -1.7, 0, 0.4, 3}) {
            Feel feel = new Feel();
            Timeline looped = new Timeline(feel);
            looped.open(at(0, 0.3, 4, 4, 0, 1.37), 0);
            for (int i = 0; i < 200; i++) {
                feel.heard(12 * (i % 8) + behind);
            }
            feel.follow(1);
            double before = -1;
            for (long tick = looped.tickFrom(0);
                    looped.performance(tick) < 20;
                    tick = looped.tickFrom(Math.nextUp(before))) {
                assertTrue(looped.performance(tick) > before, behind + ": tick " + tick + " after " + before);
                before = looped.performance(tick);
                Stretch stretch = looped.atTick(tick);
                assertTrue(
                        before >= stretch.performanceStart && before < stretch.performanceEnd, behind + ": " + before);
            }
        }
    }

    @Test
    void swingAndPassingNotesSayNothingOfTheFeel() {
        Feel feel = new Feel();
        for (double tick : new double[] {8, 16, 6, 18, 4, 20}) {
            feel.heard(tick);
        }
        feel.follow(1);

        assertEquals(0, feel.shift());
    }

    private static TransportSnapshot at(
            double performance, double beat, int numerator, int denominator, double loopStart, double loopEnd) {
        TransportSnapshot snapshot = new TransportSnapshot();
        snapshot.flags = TransportSnapshot.PLAYING | TransportSnapshot.HAS_BEAT | TransportSnapshot.HAS_METER;
        snapshot.flags |= loopEnd > loopStart ? TransportSnapshot.LOOPING : 0;
        snapshot.performance = performance;
        snapshot.beat = beat;
        snapshot.numerator = numerator;
        snapshot.denominator = denominator;
        snapshot.loopStart = loopStart;
        snapshot.loopEnd = loopEnd;
        return snapshot;
    }
}
