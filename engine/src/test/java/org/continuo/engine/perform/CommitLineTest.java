package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CommitLineTest {
    private static final double TEMPO = 120;
    private static final double WAY = 0.015;
    private static final double EXACTLY = 1e-12;

    private final CommitLine line = new CommitLine();

    @Test
    void aModelThatThinksInNoTimeIsHeldToTheWayAlone() {
        revise(1, 0);

        assertEquals(WAY * TEMPO / 60, line.quarters(WAY, TEMPO), EXACTLY);
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
        line.begin(1);
        line.look(1.01, false, TEMPO);
        line.look(1.02, true, TEMPO);
        line.look(9, true, TEMPO);

        assertEquals(WAY + 0.010, seconds(), EXACTLY);
    }

    @Test
    void theNotesOfOneRevisionThatCameTooLateMoveItOnce() {
        line.begin(1);
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
        line.begin(1);
        line.forget();
        line.look(50, true, TEMPO);

        assertEquals(WAY, seconds(), EXACTLY);
    }

    /** A revision at a performance time that takes so many seconds to think of. */
    private void revise(double now, double thought) {
        line.begin(now);
        line.look(now + thought * TEMPO / 60, true, TEMPO);
    }

    private double seconds() {
        return line.quarters(WAY, TEMPO) * 60 / TEMPO;
    }
}
