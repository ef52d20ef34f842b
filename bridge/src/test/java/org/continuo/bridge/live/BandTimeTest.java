package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.continuo.bridge.net.OutboxPeer;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Test;

/** How members that count from different beginnings share one time. */
class BandTimeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int KNOWN =
            TransportSnapshot.HAS_TEMPO | TransportSnapshot.HAS_METER | TransportSnapshot.HAS_BEAT;
    private static final int PLAYING = KNOWN | TransportSnapshot.PLAYING;

    private final BandTime time = new BandTime();
    private final Member clock = member();
    private final Member other = member();

    private static Member member() {
        return new Member(new OutboxPeer());
    }

    private static TransportSnapshot at(int flags, int epoch, double performance, double beat) {
        TransportSnapshot snapshot = new TransportSnapshot();
        snapshot.flags = flags;
        snapshot.epoch = epoch;
        snapshot.performance = performance;
        snapshot.beat = beat;
        snapshot.tempo = 60;
        snapshot.numerator = 4;
        snapshot.denominator = 4;
        return snapshot;
    }

    @Test
    void theFirstThatTellsItsTransportIsTheBandsClock() {
        assertEquals(BandTime.Said.BREAK, time.told(clock, at(PLAYING, 7, 20, 4), 0));
        assertEquals(BandTime.Said.ASIDE, time.told(other, at(PLAYING, 1, 3, 4), 0));
        assertEquals(BandTime.Said.GOES_ON, time.told(clock, at(PLAYING, 7, 21, 5), SECOND));
        assertEquals(21, time.snapshot().performance);
        assertEquals(21.5, time.at(SECOND + SECOND / 2));
        assertEquals(BandTime.Said.BREAK, time.told(clock, at(PLAYING, 8, 22, 90), 2 * SECOND));
    }

    @Test
    void anotherPluginOfTheSameHostIsFoundByItsBeatHoweverLateItsWordArrives() {
        time.told(clock, at(PLAYING, 1, 20, 4), 0);
        time.told(other, at(PLAYING, 5, 1003, 4), SECOND / 10);
        assertEquals(20, other.toBand(1003), 1e-12);
        assertEquals(1003.5, other.fromBand(20.5), 1e-12);
        assertEquals(5, other.epoch(time.snapshot().epoch));
        // Small differences of rounding move nothing.
        time.told(other, at(PLAYING, 5, 1004, 5.001), SECOND);
        assertEquals(20, other.toBand(1003), 1e-12);
    }

    @Test
    void aLoopsPassesAreToldApart() {
        TransportSnapshot looping = at(PLAYING | TransportSnapshot.LOOPING, 1, 27.9, 7.9);
        looping.loopEnd = 8;
        time.told(clock, looping, 0);
        TransportSnapshot next = at(PLAYING | TransportSnapshot.LOOPING, 3, 100, 0.1);
        next.loopEnd = 8;
        time.told(other, next, SECOND / 5);
        assertEquals(28.1, other.toBand(100), 1e-12);
    }

    @Test
    void aMemberWithoutBeatsIsPlacedByTheMomentItSpeaks() {
        time.told(clock, at(PLAYING, 1, 20, 4), 0);
        time.told(other, at(TransportSnapshot.PLAYING | TransportSnapshot.HAS_TEMPO, 1, 3, 0), SECOND / 2);
        assertEquals(20.5, other.toBand(3), 1e-9);
    }

    @Test
    void whatAMusicianDoesWhoseHostStandsBesideTheBandsIsPlacedByTheMomentItIsHeard() {
        time.told(clock, at(PLAYING, 1, 20, 4), 0);
        time.told(other, at(KNOWN, 1, 3, 0), SECOND / 2);
        for (int second = 1; second <= 8; second++) {
            time.told(clock, at(PLAYING, 1, 20 + second, 4 + second), second * SECOND);
        }
        assertEquals(28.25, time.of(other, 3, 8 * SECOND + SECOND / 4), 1e-9);
        assertEquals(27.9, time.of(clock, 27.9, 8 * SECOND + SECOND / 2), 1e-9);
        // One that plays counts on itself; and where the band's host stands, too, its time is everybody's.
        time.told(other, at(PLAYING, 2, 3, 0), 8 * SECOND + SECOND / 2);
        assertEquals(28.6, time.of(other, 3.1, 8 * SECOND + 3 * SECOND / 4), 1e-9);
        time.told(other, at(KNOWN, 3, 3.2, 0.2), 8 * SECOND + 3 * SECOND / 4);
        time.told(clock, at(KNOWN, 2, 28.8, 12.8), 8 * SECOND + 3 * SECOND / 4);
        assertEquals(other.toBand(3.2), time.of(other, 3.2, 9 * SECOND), 1e-9);
    }

    @Test
    void whenTheClockGoesTheNextTakesOverAndTimeGoesOnRising() {
        time.told(clock, at(PLAYING, 1, 20, 4), 0);
        time.told(other, at(PLAYING, 5, 3, 90), 0);
        int epoch = time.snapshot().epoch;
        time.left(clock);
        assertEquals(BandTime.Said.BREAK, time.told(other, at(PLAYING, 5, 4, 91), SECOND));
        assertEquals(21, time.snapshot().performance, 1e-9);
        assertEquals(epoch + 1, time.snapshot().epoch);
        time.left(other);
        Member third = member();
        time.told(third, at(PLAYING, 0, 0, 0), 2 * SECOND);
        assertEquals(22, time.snapshot().performance, 1e-9);
        assertEquals(0, third.fromBand(22), 1e-9);
    }

    @Test
    void whenTheClockGoesAnotherPluginOfItsHostTakesOverWithoutABreak() {
        time.told(clock, at(PLAYING, 1, 20, 4), 0);
        time.told(other, at(PLAYING, 5, 3, 4), 0);
        int epoch = time.snapshot().epoch;
        time.left(clock);
        assertEquals(BandTime.Said.GOES_ON, time.told(other, at(PLAYING, 5, 4, 5), SECOND));
        assertEquals(epoch, time.snapshot().epoch);
        assertEquals(21, time.snapshot().performance, 1e-9);
        assertEquals(21.5, time.at(SECOND + SECOND / 2), 1e-9);
        assertEquals(BandTime.Said.BREAK, time.told(other, at(PLAYING, 6, 5, 90), 2 * SECOND));
    }

    @Test
    void aClockThatStandsDoesNotHoldUpAHostThatPlays() {
        time.told(clock, at(PLAYING, 1, 20, 4), 0);
        time.told(other, at(PLAYING, 5, 3, 4), 0);
        time.told(clock, at(KNOWN, 2, 21, 5), SECOND);
        int epoch = time.snapshot().epoch;
        // The other plugins of a host that stops say so at once; what was on its way from them moves nothing.
        assertEquals(BandTime.Said.ASIDE, time.told(other, at(PLAYING, 5, 4.1, 5.1), SECOND + SECOND / 10));
        assertEquals(BandTime.Said.TAKES_OVER, time.told(other, at(PLAYING, 5, 4.3, 5.3), SECOND + 3 * SECOND / 10));
        assertEquals(epoch + 1, time.snapshot().epoch);
        assertTrue(time.runs(SECOND + 3 * SECOND / 10));
        assertTrue(time.snapshot().performance >= 21, "time went back");
        // It stays the clock when the first plays again.
        assertEquals(BandTime.Said.ASIDE, time.told(clock, at(PLAYING, 3, 22, 6.3), 2 * SECOND));
        assertEquals(BandTime.Said.GOES_ON, time.told(other, at(PLAYING, 5, 5.5, 6.5), 2 * SECOND + SECOND / 5));
    }

    @Test
    void aClockThatSaysNothingForASecondDoesNotHoldUpAHostThatPlays() {
        time.told(clock, at(PLAYING, 1, 20, 4), 0);
        time.told(other, at(PLAYING, 5, 3, 90), 0);
        int epoch = time.snapshot().epoch;
        assertEquals(BandTime.Said.ASIDE, time.told(other, at(PLAYING, 5, 3.9, 90.9), 9 * SECOND / 10));
        assertEquals(BandTime.Said.TAKES_OVER, time.told(other, at(PLAYING, 5, 5, 92), 2 * SECOND));
        assertEquals(epoch + 1, time.snapshot().epoch);
        assertTrue(time.runs(2 * SECOND));
        assertTrue(time.snapshot().performance >= 21, "time went back");
        assertEquals(BandTime.Said.ASIDE, time.told(clock, at(PLAYING, 1, 22.1, 6.1), 2 * SECOND + SECOND / 10));
    }

    @Test
    void anotherPluginOfTheHostOfAClockThatSaysNothingTakesOverWithoutABreak() {
        time.told(clock, at(PLAYING, 1, 20, 4), 0);
        time.told(other, at(PLAYING, 5, 3, 4), 0);
        time.told(other, at(PLAYING, 5, 3.9, 4.9), 9 * SECOND / 10);
        int epoch = time.snapshot().epoch;
        assertEquals(BandTime.Said.GOES_ON, time.told(other, at(PLAYING, 5, 4.1, 5.1), 11 * SECOND / 10));
        assertEquals(epoch, time.snapshot().epoch);
        assertEquals(22, time.at(2 * SECOND), 1e-9);
    }

    @Test
    void whoComesToABandThatPlaysHasAQuarterOfASecondToSayWhereItsHostStands() {
        time.told(clock, at(PLAYING, 1, 20, 4), 0);
        time.told(clock, at(PLAYING, 1, 21, 5), SECOND);
        time.joined(other, SECOND);
        assertEquals(SECOND + SECOND / 4, other.repeatAt, 1);
        time.told(other, at(PLAYING, 1, 3, 5), SECOND + SECOND / 50);
        assertEquals(SECOND + SECOND / 50 + SECOND / 100, other.repeatAt, 1);
    }
}
