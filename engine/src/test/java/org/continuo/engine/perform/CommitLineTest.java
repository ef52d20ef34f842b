package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Test;

class CommitLineTest {
    private static final double TEMPO = 120;
    private static final double WAY = 0.015;
    private static final double EXACTLY = 1e-12;

    private final Playhead playhead = new Playhead();
    private final CommitLine line = new CommitLine(playhead);

    CommitLineTest() {
        TransportSnapshot transport = new TransportSnapshot();
        transport.flags = TransportSnapshot.HAS_TEMPO;
        transport.tempo = TEMPO;
        playhead.takeTempo(transport);
        line.usualWay(WAY);
    }

    @Test
    void aModelThatThinksInNoTimeIsHeldToTheWayAlone() {
        revise(1, 0);

        assertEquals(WAY * TEMPO / 60, line.quarters(), EXACTLY);
        assertEquals(1 + WAY * TEMPO / 60, line.at(), EXACTLY);
    }

    @Test
    void theSlowestThoughtOfLateIsAddedAndForgottenByAndBy() {
        revise(1, 0.020);
        assertEquals(WAY + 0.020, seconds(), EXACTLY);

        revise(2, 0.005);
        assertTrue(seconds() > WAY + 0.019, "one quick thought after a slow one: " + seconds());

        for (int i = 3; i < 300; i++) {
            revise(i, 0.005);
        }
        assertEquals(WAY + 0.005, seconds(), 1e-4);
    }

    @Test
    void aThoughtIsTimedToTheFirstLookAfterItWasTold() {
        begin(1);
        look(1.01, false);
        look(1.02, true);
        look(9, true);

        assertEquals(WAY + 0.010, seconds(), EXACTLY);
    }

    @Test
    void theNotesOfOneRevisionThatCameTooLateMoveItOnce() {
        begin(1);
        line.missed();
        line.missed();
        line.missed();

        assertEquals(WAY * 1.5, seconds(), EXACTLY);
    }

    @Test
    void howeverMuchIsMissedItStaysWithinAQuarterOfASecondAndComesBack() {
        for (int i = 0; i < 1000; i++) {
            revise(i, 0);
            line.missed();
        }
        assertEquals(0.25, seconds(), EXACTLY);

        for (int i = 0; i < 10_000; i++) {
            revise(i, 0);
        }
        assertEquals(WAY, seconds(), EXACTLY);
    }

    @Test
    void aBreakMakesNoThoughtOfWhatWasBegunBefore() {
        begin(1);
        line.forget();
        look(50, true);

        assertEquals(WAY, seconds(), EXACTLY);
    }

    /** A revision at a performance time that takes so many seconds to think of. */
    private void revise(double now, double thought) {
        begin(now);
        look(now + thought * TEMPO / 60, true);
    }

    private void begin(double now) {
        playhead.passes(now);
        line.begin();
    }

    private void look(double now, boolean told) {
        playhead.passes(now);
        line.look(told);
    }

    private double seconds() {
        return line.quarters() * 60 / TEMPO;
    }
}
