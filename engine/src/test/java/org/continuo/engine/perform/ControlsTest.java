package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Scale;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

/** What the musician holds the model to. SPEC.md section 6. */
class ControlsTest extends BandFixture {
    @Test
    void nothingIsPlayedOutsideTheRegisterOfTheBandOrThePartAndDrumsKnowNone() {
        try (Performer performer = band(Controls.OPEN.withLowest(64).withHighest(40))) {
            performer.register(BASS, 30, 45);
            start(performer);
            rest(16);

            assertTrue(played(DRUMS, 0, 16) > 0);
            assertTrue(played(GUITAR, 0, 16) > 0 && played(BASS, 0, 16) > 0);
            for (VirtualHost.Onset onset : host.onsets) {
                int highest = onset.channel() == GUITAR ? 64 : onset.channel() == BASS ? 45 : 127;
                int lowest = onset.channel() == DRUMS ? 0 : 40;
                assertTrue(onset.pitch() >= lowest && onset.pitch() <= highest, onset::toString);
            }
        }
    }

    @Test
    void aPartWhoseInstrumentDoesNotReachItsRegisterIsSilentAndTheOthersPlayOn() {
        try (Performer performer = band(Controls.OPEN)) {
            performer.register(BASS, 100, 127);
            start(performer);
            rest(8);

            assertEquals(0, played(BASS, 0, 8));
            assertTrue(played(GUITAR, 0, 8) > 0);
        }
    }

    @Test
    void everyPitchIsOfTheScale() {
        int key = FeatureLayout.keyValue("F#m");
        try (Performer performer = band(Controls.OPEN.withScale(key))) {
            start(performer);
            rest(16);

            assertTrue(pitched().size() > 20);
            pitched().forEach(onset -> assertTrue(Scale.holds(Scale.of(key), onset.pitch()), onset::toString));
        }
    }

    @Test
    void everyPitchIsOfItsBarsChordInEveryPassOfALoopAndNothingRingsIntoAnother() {
        ChordChart chart = ChordChart.of("C Am F G7");
        try (Performer performer = band(Controls.OPEN.withChords(chart))) {
            host.beat = -4;
            host.loop(4, 12); // Am F
            start(performer);
            for (int tick = 0; tick < 20 * 24; tick++) {
                rest(1.0 / 24);
                double sinceBarLine = host.beat - Math.floor(host.beat / 4) * 4;
                if (sinceBarLine > 0.2) {
                    int classes = chart.classes((long) Math.floor(host.beat / 4));
                    for (VirtualHost.Onset onset : pitched()) {
                        assertTrue(
                                !host.rings(onset.note()) || Scale.holds(classes, onset.pitch()),
                                () -> onset + " rings at " + host.beat);
                    }
                }
            }

            assertTrue(pitched().size() > 20);
            for (VirtualHost.Onset onset : pitched()) {
                int classes = chart.classes((long) Math.floor(onset.beat() / 4 + 1e-9));
                assertTrue(Scale.holds(classes, onset.pitch()), onset::toString);
            }
        }
    }

    @Test
    void itComesToRestAtTheEndAndPlaysAgainWhenTheHostStarts() {
        try (Performer performer = band(Controls.OPEN)) {
            start(performer);
            playScale(performer, 5);
            performer.endIn(3); // the bar of beats 4 to 8 is the first
            playScale(performer, 10.95);
            assertTrue(host.onsets.stream().anyMatch(onset -> onset.performance() > 12), "it plays to the end");
            rest(0.1);
            assertEquals(0, host.ringing(), "all notes have ended at the bar line");
            playScale(performer, 4);
            host.seek(64);
            playScale(performer, 4);
            host.onsets.forEach(onset -> assertTrue(onset.performance() < 16, onset::toString));

            int played = host.onsets.size();
            host.stop();
            host.takeOver();
            playScale(performer, 8);
            assertEquals(played, host.onsets.size(), "no host has started");
            host.stop();
            host.start();
            playScale(performer, 8);
            assertTrue(host.onsets.size() > played, "it plays again");
        }
    }

    @Test
    void anEndSurvivesASeekWithAsManyBarsLeft() {
        try (Performer performer = band(Controls.OPEN)) {
            start(performer);
            rest(1);
            performer.endIn(4);
            rest(4); // in the second bar: three are left
            host.seek(42);
            double jumped = host.performance;
            rest(24);

            double last = host.onsets.get(host.onsets.size() - 1).performance();
            assertTrue(last > jumped + 6 && last < jumped + 10, "the last note is at " + (last - jumped));
        }
    }

    @Test
    void anEndCanBeTakenBack() {
        try (Performer performer = band(Controls.OPEN)) {
            start(performer);
            performer.endIn(1);
            rest(2);
            performer.endIn(0);
            rest(10);

            assertTrue(host.onsets.stream().anyMatch(onset -> onset.performance() > 8));
        }
    }

    @Test
    void aPanicEndsEverythingUntilTheMusicianPlays() {
        try (Performer performer = band(Controls.OPEN)) {
            start(performer);
            rest(4);
            performer.noteOn(host.performance, PIANO, 60, 80);
            performer.control(host.performance, PIANO, 64, 127);
            rest(2);
            performer.panic();
            double panic = host.performance;
            rest(0.15);
            assertEquals(0, host.ringing());
            rest(8);
            assertTrue(host.onsets.stream().allMatch(onset -> onset.performance() < panic + 0.1));
            assertEquals(0, performer.score().soundingCount(), "the musician's keys are forgotten");

            performer.noteOff(host.performance, PIANO, 60);
            int before = host.onsets.size();
            performer.noteOn(host.performance, PIANO, 64, 80);
            rest(4);
            assertTrue(host.onsets.size() > before, "it plays again");
        }
    }

    @Test
    void itFadesWhenTheMusicianRestsAndIsBackWithTheirNextNote() {
        try (Performer performer = band(Controls.OPEN.withFade(2))) {
            start(performer);
            playScale(performer, 8);
            double silence = host.performance - 0.25;
            rest(12);
            assertEquals(0, host.ringing());
            double over = silence + 2 + 4;
            assertTrue(host.onsets.stream().anyMatch(onset -> onset.performance() > silence + 2));
            for (VirtualHost.Onset onset : host.onsets) {
                double faded = (onset.performance() - silence - 2) / 4;
                assertTrue(onset.performance() < over, onset::toString);
                assertTrue(faded <= 0 || onset.velocity() <= 16 * Math.ceil((1 - faded) * 7), onset::toString);
            }
            double back = host.performance;
            playScale(performer, 2);
            assertTrue(host.onsets.stream().anyMatch(onset -> onset.performance() > back && onset.velocity() > 8));
        }
    }

    @Test
    void aHeldKeyIsNoRest() {
        try (Performer performer = band(Controls.OPEN.withFade(1))) {
            start(performer);
            performer.noteOn(host.performance, PIANO, 60, 80);
            rest(16);

            assertTrue(host.onsets.stream().anyMatch(onset -> onset.performance() > 14));
        }
    }

    @Test
    void norIsOneThatIsHeldOnIntoAnotherMeter() {
        try (Performer performer = band(Controls.OPEN.withFade(1))) {
            start(performer);
            performer.noteOn(host.performance, PIANO, 60, 80);
            rest(8);
            host.meter(new Meter(3, 4));
            rest(16);

            assertTrue(host.onsets.stream().anyMatch(onset -> onset.performance() > 20));
        }
    }

    @Test
    void itIsAsLoudAsTheMusicianWhereItFollows() {
        try (Performer performer = band(Controls.OPEN.withFollow(1))) {
            start(performer);
            for (int velocity : new int[] {20, 120}) {
                for (int i = 0; i < 24; i++) {
                    performer.noteOn(host.performance, PIANO, 60 + i % 8, velocity);
                    rest(0.4);
                    performer.noteOff(host.performance, PIANO, 60 + i % 8);
                    rest(0.1);
                }
            }
            for (int half = 0; half < 2; half++) {
                int over = 12 + 12 * half;
                List<VirtualHost.Onset> settled = host.onsets.stream()
                        .filter(onset -> onset.performance() > over - 4 && onset.performance() < over)
                        .toList();
                assertFalse(settled.isEmpty());
                for (VirtualHost.Onset onset : settled) {
                    assertEquals(half == 0 ? 1 : 7, onset.velocity() / 16, onset::toString);
                }
            }
        }
    }
}
