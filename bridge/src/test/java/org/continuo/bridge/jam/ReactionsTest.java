package org.continuo.bridge.jam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How soon the musician is answered, by a clock that the test turns. */
class ReactionsTest {
    private final JamCounts counts = new JamCounts();
    private long nanos;
    private final Reactions reactions = new Reactions(() -> nanos, counts);

    private void millisPass(int millis) {
        nanos += millis * 1_000_000L;
    }

    @Test
    void aKeyIsAnsweredByTheFirstPlanOfANewerRevision() {
        reactions.planned(1, 4);
        reactions.struck(0.5, 1);
        millisPass(3);
        reactions.planned(1, 5);
        assertEquals(0, counts.answered());
        millisPass(4);
        reactions.planned(2, 5);
        millisPass(100);
        reactions.planned(3, 6);
        assertEquals(1, counts.answered());
        assertEquals(7, counts.reactionMillis(1));
    }

    @Test
    void aSlowAnswerIsCountedAsLongAsThePlanLasts() {
        reactions.planned(1, 4);
        reactions.struck(0.5, 1);
        millisPass(1_500);
        reactions.passed(3.9);
        reactions.planned(2, 8);
        assertEquals(1_500, counts.reactionMillis(1));
    }

    @Test
    void aKeyInTheMusiciansOwnTurnWaitsForNoAnswer() {
        reactions.planned(1, 4);
        reactions.struck(3.5, 1);
        reactions.passed(4);
        reactions.struck(4.5, 1);
        millisPass(8_000);
        reactions.planned(2, 12);
        assertEquals(0, counts.answered());
    }

    @Test
    void aBreakEndsTheWait() {
        reactions.planned(1, 4);
        reactions.struck(0.5, 1);
        reactions.broke();
        reactions.struck(0.6, 1);
        millisPass(5_000);
        reactions.planned(2, 8);
        assertEquals(0, counts.answered());
    }
}
