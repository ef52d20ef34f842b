package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.continuo.protocol.message.Limits;
import org.junit.jupiter.api.Test;

class PlanRouterTest {
    /** A peer that writes down what it is told. */
    private static final class Notebook extends HearingPeer {
        final List<String> lines = new ArrayList<>();

        /** What was written since the last look. */
        List<String> look() {
            List<String> seen = List.copyOf(lines);
            lines.clear();
            return seen;
        }

        @Override
        public void plan(int epoch, int revision, double from, double to) {
            lines.add("plan " + epoch + " " + revision + " " + from + " " + to);
        }

        @Override
        public void planOn(int note, double at, int channel, int pitch, int velocity) {
            lines.add("on " + note + " " + at + " " + channel);
        }

        @Override
        public void planOff(int note, double at) {
            lines.add("off " + note + " " + at);
        }
    }

    private final Notebook allHears = new Notebook();
    private final Notebook bassHears = new Notebook();
    private final Member all = new Member(allHears);
    private final Member bass = new Member(bassHears);
    private final Member[] members = new Member[Limits.SESSIONS];
    private final PlanRouter router = new PlanRouter(members, new Tape());

    PlanRouterTest() {
        members[3] = all;
        members[7] = bass;
        bass.part(1, true);
        bass.offset = -100;
        bass.placed = true;
        bass.last.epoch = 40;
        router.breakTo(2);
    }

    private void plan(int revision, double from, double to, Runnable events) {
        router.plan(2, revision, from, to);
        events.run();
        router.planEnd();
    }

    private void firstPlan() {
        plan(1, 8, 10, () -> {
            router.planOn(1, 8.5, 1, 40, 90);
            router.planOn(2, 8.5, 9, 36, 90);
            router.planOff(1, 9);
            router.planOn(3, 9.5, 1, 43, 90);
        });
    }

    @Test
    void eachMemberIsToldTheNotesOfItsChannelsInItsOwnTimeAndEpoch() {
        firstPlan();
        assertEquals(
                List.of("plan 2 1 8.0 10.0", "on 1 8.5 1", "on 2 8.5 9", "off 1 9.0", "on 3 9.5 1"), allHears.look());
        assertEquals(List.of("plan 40 1 108.0 110.0", "on 1 108.5 1", "off 1 109.0", "on 3 109.5 1"), bassHears.look());
    }

    @Test
    void whoseHostHasYetToBeHeardOfIsToldNothingBeforeItIsOrHasHadTheTime() {
        all.repeatAt = 1; // has come just now
        firstPlan();
        plan(2, 9.25, 10, () -> {});
        assertEquals(List.of(), allHears.look());
        assertEquals(1, all.repeatAt);
        router.repeat(all, 8.25); // and lives in the band's time
        assertEquals(List.of("plan 2 2 8.25 10.0", "on 1 8.5 1", "on 2 8.5 9", "off 1 9.0"), allHears.look());
        plan(3, 9.5, 10, () -> router.planOn(4, 9.75, 1, 45, 90));
        assertEquals(List.of("plan 2 3 9.5 10.0", "on 4 9.75 1"), allHears.look());
    }

    @Test
    void aPlanOfAnotherEpochIsToldToNobody() {
        router.breakTo(3);
        firstPlan();
        assertEquals(List.of(), allHears.look());
    }

    @Test
    void whoMissedThePlanIsToldWhatIsStillToComeOfIt() {
        firstPlan();
        plan(1, 10, 12, () -> router.planOff(3, 10.5));
        plan(2, 11, 12, () -> {});
        allHears.look();
        router.repeat(all, 9);
        assertEquals(List.of("plan 2 2 9.0 12.0", "on 3 9.5 1", "off 3 10.5"), allHears.look());
        router.breakTo(3);
        router.repeat(all, 9);
        assertEquals(List.of("plan 3 2 9.0 12.0"), allHears.look());
    }

    @Test
    void whoIsToBeToldThePlanAgainIsToldItsBeginningThoughItGoesOnMeanwhile() {
        firstPlan(); // lost on its bass, whose host breaks here
        bassHears.look();
        bass.repeatAt = 1;
        plan(1, 10, 12, () -> {
            router.planOff(3, 10.5);
            router.planOn(4, 11, 1, 45, 90);
        });
        assertEquals(List.of(), bassHears.look());
        assertEquals(1, bass.repeatAt);
        router.repeat(bass, 8.25);
        assertEquals(
                List.of(
                        "plan 40 1 108.25 112.0",
                        "on 1 108.5 1",
                        "off 1 109.0",
                        "on 3 109.5 1",
                        "off 3 110.5",
                        "on 4 111.0 1"),
                bassHears.look());
        plan(1, 12, 13, () -> router.planOff(4, 12.5));
        assertEquals(List.of("plan 40 1 112.0 113.0", "off 4 112.5"), bassHears.look());
    }

    @Test
    void whoIsToBeToldThePlanAgainIsToldWhatIsKeptOfItThoughThereIsANewOne() {
        firstPlan();
        bassHears.look();
        bass.repeatAt = 1;
        plan(2, 9.25, 12, () -> router.planOn(4, 11, 1, 45, 90));
        assertEquals(List.of(), bassHears.look());
        router.repeat(bass, 8.25);
        assertEquals(
                List.of("plan 40 2 108.25 112.0", "on 1 108.5 1", "off 1 109.0", "on 4 111.0 1"), bassHears.look());
    }

    @Test
    void aNewPlanMakesUpForOneThatWasToBeToldAgain() {
        firstPlan();
        bassHears.look();
        bass.repeatAt = 1;
        plan(2, 8.25, 10, () -> router.planOn(4, 9, 1, 45, 90));
        assertEquals(List.of("plan 40 2 108.25 110.0", "on 4 109.0 1"), bassHears.look());
        assertEquals(0, bass.repeatAt);
    }

    @Test
    void whoseHostWentOnWhenTheBandsBrokeIsToldTheEndsOfWhatSounds() {
        firstPlan(); // 2 sounds on, 3 will; what does not sound where the band is may sound where a member is
        bassHears.look();
        allHears.look();
        router.breakTo(3);
        router.plan(3, 2, 9.75, 12);
        router.planOn(4, 10, 1, 45, 90);
        router.planEnd();
        assertEquals(
                List.of("plan 3 2 9.75 12.0", "off 1 9.75", "off 2 9.75", "off 3 9.75", "on 4 10.0 1"),
                allHears.look());
        assertEquals(
                List.of("plan 40 2 109.75 112.0", "off 1 109.75", "off 3 109.75", "on 4 110.0 1"), bassHears.look());
        router.plan(3, 3, 11, 12);
        router.planEnd();
        assertEquals(List.of("plan 3 3 11.0 12.0"), allHears.look());
    }

    @Test
    void whoHeardEveryoneBeforeTakingAPartIsToldTheEndsOfWhatItWasTold() {
        firstPlan();
        allHears.look();
        all.part(1, true);
        plan(1, 10, 12, () -> {
            router.planOff(2, 10.5);
            router.planOn(4, 11, 9, 36, 90);
            router.planOff(3, 11);
        });
        assertEquals(List.of("plan 2 1 10.0 12.0", "off 2 10.5", "off 3 11.0"), allHears.look());
    }

    @Test
    void theLastPlanEndsWhatSoundsFromBeforeABreakToo() {
        firstPlan();
        allHears.look();
        router.breakTo(3);
        router.breakTo(4);
        router.endAll(9.25);
        assertEquals(List.of("plan 4 2 9.25 9.25", "off 1 9.25", "off 2 9.25", "off 3 9.25"), allHears.look());
    }

    @Test
    void theLastPlanEndsWhatSoundsAndTakesBackTheRest() {
        firstPlan();
        allHears.look();
        router.endAll(8.75);
        assertEquals(List.of("plan 2 2 8.75 8.75", "off 1 8.75", "off 2 8.75"), allHears.look());
    }

    @Test
    void aNoteWhoseEndWasTakenBackIsStillEndedAtTheEnd() {
        firstPlan();
        plan(2, 8.9, 10, () -> {});
        router.forgetBefore(9.2);
        allHears.look();
        router.endAll(9.3);
        assertEquals(List.of("plan 2 3 9.3 9.3", "off 1 9.3", "off 2 9.3"), allHears.look());
    }

    @Test
    void aNoteThatSoundedThoughItWasTakenBackIsEnded() {
        firstPlan();
        plan(2, 8.4, 10, () -> router.planOn(4, 8.6, 1, 45, 90));
        router.forgetBefore(8.5);
        router.sounded(1, 8.5);
        router.sounded(2, 8.5);
        allHears.look();
        plan(3, 8.7, 10, () -> {
            router.planOff(1, 8.7);
            router.planOff(2, 8.7);
        });
        assertEquals(List.of("plan 2 3 8.7 10.0", "off 1 8.7", "off 2 8.7"), allHears.look());
    }

    @Test
    void whatWasTakenBackIsNeitherRepeatedNorEnded() {
        firstPlan();
        plan(2, 8.4, 10, () -> router.planOn(4, 8.6, 1, 45, 90));
        allHears.look();
        router.repeat(all, 8);
        assertEquals(List.of("plan 2 2 8.0 10.0", "on 4 8.6 1"), allHears.look());
        router.endAll(8.7);
        assertEquals(List.of("plan 2 3 8.7 8.7", "off 4 8.7"), allHears.look());
    }
}
