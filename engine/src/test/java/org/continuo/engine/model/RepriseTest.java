package org.continuo.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepriseTest {
    private static final int FIRST_UNHEARD = 1000;

    private final Reprise reprise = new Reprise();
    private int unheard;

    @Test
    void shouldKnowHowARepeatedPassageWentOnAndBeTheSurerTheLongerItIs() {
        say(0, 100);
        say(300, 340);
        double before = 0;
        for (int token = 20; token < 90; token++) {
            reprise.add(token);
            int said = token - 20 + 1;
            boolean recognized = said >= Reprise.LEAST;
            assertEquals(recognized ? token + 1 : Reprise.NONE, reprise.token(), said + " tokens said again");
            assertTrue(recognized ? reprise.share() > before : reprise.share() == 0, said + " tokens said again");
            before = reprise.share();
            if (said == 16) {
                assertEquals(0.5, reprise.share());
            }
        }
        assertTrue(before > 0.9 && before < 1);
    }

    @Test
    void shouldGoOnAsTheLongestPassageDidNotAsTheLatest() {
        say(0, 50);
        unheard(3);
        say(40, 50);
        unheard(3);
        say(30, 50);
        int afterTheFirst = FIRST_UNHEARD;
        assertEquals(afterTheFirst, reprise.token());
        reprise.rollback(66);
        say(44, 50);
        assertEquals(afterTheFirst + 3, reprise.token(), "of two that are as long the latest");
    }

    @Test
    void shouldLeaveToTheModelWhatTheModelSees() {
        say(0, 40);
        unheard(1);
        say(0, 20);
        reprise.sees(21);
        assertEquals(20, reprise.token());
        reprise.sees(20);
        assertEquals(Reprise.NONE, reprise.token());
    }

    @Test
    void shouldLeaveAThirdTimeToTheModel() {
        say(0, 40);
        say(0, 39);
        assertEquals(39, reprise.token());
        reprise.add(39);
        assertEquals(Reprise.NONE, reprise.token());
        say(0, 30);
        assertEquals(Reprise.NONE, reprise.token());
    }

    @Test
    void shouldNotReachBackAcrossWhereItWasToldToForget() {
        say(0, 40);
        unheard(1);
        say(0, 20);
        assertEquals(20, reprise.token());
        reprise.forget();
        assertEquals(Reprise.NONE, reprise.token());
        say(20, 25);
        assertEquals(Reprise.NONE, reprise.token());
        reprise.add(25);
        assertEquals(26, reprise.token(), "what was said before is remembered");
        reprise.rollback(50);
        assertEquals(Reprise.NONE, reprise.token());
        say(9, 15);
        assertEquals(15, reprise.token());
    }

    @Test
    void shouldSayTheSameWhateverWasTakenBackBetween() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Reprise walked = new Reprise();
            List<Integer> said = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                if (random.nextInt(3) == 0) {
                    int length = said.size() - random.nextInt(Math.min(said.size(), 40) + 1);
                    walked.rollback(length);
                    said.subList(length, said.size()).clear();
                }
                int from = said.isEmpty() || random.nextInt(3) == 0 ? -1 : random.nextInt(said.size());
                for (int i = random.nextInt(30); i >= 0; i--) {
                    said.add(from >= 0 ? said.get(from++) : (Integer) random.nextInt(4));
                    walked.add(said.get(said.size() - 1));
                }
                Reprise fresh = new Reprise();
                said.forEach(fresh::add);
                Reprise copied = new Reprise();
                copied.add(7);
                copied.copyFrom(walked);
                assertEquals(fresh.token(), walked.token(), "seed " + seed + ", step " + step);
                assertEquals(fresh.share(), walked.share(), "seed " + seed + ", step " + step);
                assertEquals(fresh.token(), copied.token(), "seed " + seed + ", step " + step);
            }
        }
    }

    @Test
    void shouldForgetWhatIsFurtherBackThanItReachesAndStayRight() {
        say(0, 50);
        unheard(Reprise.REACH - 100);
        say(0, 20);
        assertEquals(20, reprise.token());
        unheard(Reprise.REACH);
        say(0, 20);
        assertEquals(Reprise.NONE, reprise.token());
        reprise.rollback(10);
        assertEquals(Reprise.NONE, reprise.token());
        say(0, 20);
        unheard(1);
        say(0, 10);
        assertEquals(10, reprise.token());
    }

    private void say(int from, int to) {
        for (int token = from; token < to; token++) {
            reprise.add(token);
        }
    }

    /** Tokens of which no six were ever said. */
    private void unheard(int count) {
        for (int i = 0; i < count; i++) {
            reprise.add(FIRST_UNHEARD + unheard++ % 60_000);
        }
    }
}
