package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Vocabulary;
import org.junit.jupiter.api.Test;

/** When and what the model plays in modes trade and harmonize. SPEC.md section 6.2. */
class ModesTest extends BandFixture {
    @Test
    void inTradeItPlaysInItsBarsOnlyHoweverTheLoopWraps() {
        try (Performer performer = band(Mode.TRADE, Controls.OPEN.withTradeBars(2))) {
            host.loop(0, 12); // three bars: a turn is longer than what is left of the loop
            start(performer);
            rest(0.02);
            for (int bar = 0; bar < 12; bar++) {
                playScale(performer, 3.9);
                rest(0.1);
                boolean modelNext = (bar + 1) / 2 % 2 != 0;
                assertTrue(modelNext || host.ringing() == 0, "something rings at the end of bar " + bar);
            }
            assertTrue(host.onsets.size() > 20);
            for (VirtualHost.Onset onset : host.onsets) {
                assertEquals(1, (int) (onset.performance() / 4 + 1e-9) / 2 % 2, onset::toString);
            }
        }
    }

    @Test
    void inTradeItAnswersOnTheMusiciansInstrumentWhereItHasNone() {
        try (Performer performer = performer(Mode.TRADE, Controls.OPEN.withTradeBars(1))) {
            performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
            start(performer);
            playScale(performer, 4);
            rest(4);

            assertTrue(played(PIANO, 4, 8) > 0);
            assertEquals(0, played(PIANO, 0, 4));
        }
    }

    @Test
    void inTradeItAnswersAKeyThatWasHeldWhenTheHostStarted() {
        try (Performer performer = performer(Mode.TRADE, Controls.OPEN.withTradeBars(1))) {
            performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
            performer.noteOn(host.performance, PIANO, 60, 80);
            start(performer);
            rest(1);
            performer.noteOff(host.performance, PIANO, 60);
            rest(7);

            assertTrue(played(PIANO, 4, 8) > 0);
        }
    }

    @Test
    void everyChordIsAnsweredByOneNoteOfEachPartAtOnce() {
        try (Performer performer = band(Mode.HARMONIZE, Controls.OPEN)) {
            start(performer);
            rest(2);
            assertEquals(0, host.onsets.size(), "nothing is played of itself");
            for (int i = 0; i < 20; i++) {
                int before = host.onsets.size();
                double struck = host.performance;
                performer.noteOn(struck, PIANO, 60 + i, 80);
                performer.noteOn(struck, PIANO, 64 + i, 80);
                rest(i % 3 == 0 ? 0.02 : 0.5); // staccato is answered too
                performer.noteOff(host.performance, PIANO, 60 + i);
                performer.noteOff(host.performance, PIANO, 64 + i);
                rest(0.3);
                List<VirtualHost.Onset> answer = host.onsets.subList(before, host.onsets.size());
                assertEquals(2, answer.size(), "guitar and bass, once each, at " + struck);
                assertNotEquals(answer.get(0).channel(), answer.get(1).channel());
                answer.forEach(onset -> assertTrue(
                        onset.performance() - struck < performer.commitQuarters() + 2.0 / 24, onset::toString));
                assertEquals(0, host.ringing(), "they end with the keys");
            }
        }
    }

    @Test
    void voicesChangeWithTheNextChordUnderAHeldKey() {
        try (Performer performer = band(Mode.HARMONIZE, Controls.OPEN)) {
            start(performer);
            performer.noteOn(host.performance, PIANO, 48, 80);
            rest(1);
            performer.noteOn(host.performance, PIANO, 72, 80);
            rest(1);

            assertEquals(4, host.onsets.size());
            assertFalse(host.rings(host.onsets.get(0).note())
                    || host.rings(host.onsets.get(1).note()));
            assertTrue(host.rings(host.onsets.get(2).note())
                    && host.rings(host.onsets.get(3).note()));
        }
    }

    @Test
    void inContinueWhatIsTriedBeforeTheHostStartsIsNothingToGoOnFrom() {
        try (Performer performer = performer(Mode.CONTINUE, Controls.OPEN)) {
            performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
            performer.noteOn(host.performance, PIANO, 60, 80);
            performer.noteOff(host.performance, PIANO, 60);
            start(performer);
            rest(12);
            assertEquals(0, host.onsets.size());

            playScale(performer, 2);
            rest(8);
            assertTrue(played(PIANO, 14, 22) > 0, "what is played then is");
        }
    }

    @Test
    void inContinueTheModelWaitsForKeysThatAreHeldWhenTheHostStarts() {
        try (Performer performer = performer(Mode.CONTINUE, Controls.OPEN)) {
            performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
            start(performer);
            rest(40); // longer than a key can be held
            host.stop();
            performer.noteOn(host.performance, PIANO, 60, 80);
            host.start();
            rest(8);
            assertEquals(0, host.onsets.size(), "while they hold it");

            performer.noteOff(host.performance, PIANO, 60);
            rest(8);
            assertTrue(host.onsets.size() > 0, "when they have let it go");
        }
    }

    @Test
    void inContinueTheModelWaitsForKeysThatAreHeldOverASeek() {
        try (Performer performer = performer(Mode.CONTINUE, Controls.OPEN)) {
            performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
            start(performer);
            playScale(performer, 2);
            performer.noteOn(host.performance, PIANO, 60, 80);
            rest(1);
            host.seek(40);
            rest(8);
            assertEquals(0, host.onsets.size(), "while they hold it");

            performer.noteOff(host.performance, PIANO, 60);
            rest(8);
            assertTrue(host.onsets.size() > 0, "when they have let it go");
        }
    }

    @Test
    void inContinueASeekMakesNothingOfAKeyWhoseEndNeverCame() {
        try (Performer performer = performer(Mode.CONTINUE, Controls.OPEN)) {
            performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
            start(performer);
            performer.noteOn(host.performance, PIANO, 60, 80);
            rest(40); // longer than a key can be held
            int before = host.onsets.size();
            assertTrue(before > 0);
            host.seek(8);
            rest(8);

            assertTrue(host.onsets.size() > before, "the model plays on");
        }
    }

    @Test
    void aChordThatIsHeldOverASeekHasItsVoicesAfterItToo() {
        try (Performer performer = band(Mode.HARMONIZE, Controls.OPEN)) {
            start(performer);
            performer.noteOn(host.performance, PIANO, 60, 80);
            performer.noteOn(host.performance, PIANO, 64, 80);
            rest(1);
            assertEquals(2, host.ringing());
            host.seek(41.5);
            assertEquals(0, host.ringing(), "the host ends them where it jumps");
            rest(1);
            assertEquals(2, host.ringing());

            performer.noteOff(host.performance, PIANO, 60);
            performer.noteOff(host.performance, PIANO, 64);
            rest(0.3);
            assertEquals(0, host.ringing());
            assertEquals(4, host.onsets.size());
        }
    }

    @Test
    void aChordThatEndsWhereTheHostJumpsHasNoVoicesThere() {
        try (Performer performer = band(Mode.HARMONIZE, Controls.OPEN)) {
            start(performer);
            performer.control(host.performance, PIANO, 64, 127);
            performer.noteOn(host.performance, PIANO, 60, 80);
            performer.noteOff(host.performance, PIANO, 60);
            performer.noteOn(host.performance, PIANO, 64, 80);
            rest(1);
            host.seek(40);
            performer.control(host.performance, PIANO, 64, 0);
            performer.noteOff(host.performance, PIANO, 64);
            rest(2);

            assertEquals(2, host.onsets.size(), "the voices before the jump");
            LiveScore score = performer.score();
            for (int number = 1; number < score.size(); number++) {
                boolean struck = score.is(number, LiveScore.MUSICIAN) && Vocabulary.isNoteOn(score.token(number));
                assertFalse(struck && score.time(number) > 0.5, "a note that nobody struck");
            }
        }
    }

    @Test
    void inContinueItPlaysItsOwnInstrumentAloneOnAChannelThatTheMusicianPlaysOnToo() {
        try (Performer performer = performer(Mode.CONTINUE, Controls.OPEN)) {
            performer.part(PIANO, Instrument.GUITAR, Player.MODEL); // the musician is heard as something else there
            start(performer);
            playScale(performer, 4);
            rest(12);

            LiveScore score = performer.score();
            Set<Instrument> played = EnumSet.noneOf(Instrument.class);
            for (int number = 1; number < score.size(); number++) {
                if (score.note(number) > 0) {
                    played.add(Vocabulary.instrumentOf(score.token(number)));
                }
            }
            assertEquals(Set.of(Instrument.GUITAR), played);
        }
    }
}
