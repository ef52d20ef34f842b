package org.continuo.engine.continuation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.TimeCursor;
import org.continuo.engine.token.Vocabulary;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class OstinatoTest {
    private static final int KICK = Vocabulary.noteOn(Instrument.DRUMS, 36, 4);
    private static final int SNARE = Vocabulary.noteOn(Instrument.DRUMS, 38, 4);

    private final TimeCursor time = new TimeCursor(MeterMap.of(Meter.COMMON));
    private final Ostinato ostinato = new Ostinato();
    private final float[] logits = new float[Vocabulary.SIZE];

    @Test
    void aBarThatHasComeFourTimesIsLeanedAgainstMoreEachTime() {
        for (int bar = 1; bar <= 12; bar++) {
            say(Vocabulary.BAR);
            assertEquals(bar <= 4 ? 0 : 4 - bar, leaning(KICK), "bar " + bar);
            assertEquals(0, leaning(SNARE), "bar " + bar);
            say(KICK, Vocabulary.BEAT);
            assertEquals(bar <= 4 ? 0 : 4 - bar, leaning(SNARE), "bar " + bar);
            say(SNARE);
        }
    }

    @Test
    void aNoteIsLeanedAgainstHoweverLoud() {
        bars(5);
        say(Vocabulary.BAR);

        for (int velocity = 0; velocity < 8; velocity++) {
            assertEquals(-2, leaning(Vocabulary.noteOn(Instrument.DRUMS, 36, velocity)));
        }
    }

    @Test
    void onceANoteIsAnotherTheRestOfTheBarIsFree() {
        bars(5);
        say(Vocabulary.BAR, SNARE, Vocabulary.BEAT);

        assertSame(logits, ostinato.lean(logits, time));
    }

    @Test
    void onceANoteIsLeftOutTheRestOfTheBarIsFree() {
        bars(5);
        say(Vocabulary.BAR, Vocabulary.BEAT);

        assertSame(logits, ostinato.lean(logits, time));
    }

    @Test
    void aBarThatIsDifferentBeginsTheCountAnew() {
        bars(6);
        say(Vocabulary.BAR, SNARE);
        bars(4);
        say(Vocabulary.BAR);

        assertEquals(-1, leaning(KICK));
    }

    @Test
    void whatWasGivenCountsForNothing() {
        bars(20);
        ostinato.begin();
        bars(4);
        say(Vocabulary.BAR);

        assertEquals(-1, leaning(KICK));
    }

    @Test
    void nothingIsLeanedAgainstWhatWasGivenNotInTheFirstBarEither() {
        bars(20);
        say(Vocabulary.BAR);
        ostinato.begin();

        assertSame(logits, ostinato.lean(logits, time));
        say(KICK, Vocabulary.BEAT);
        assertSame(logits, ostinato.lean(logits, time));
    }

    @Test
    void nothingIsLeanedAgainstInTheRestOfABarWhoseBeginningWasGiven() {
        bars(20);
        say(Vocabulary.BAR, KICK);
        ostinato.begin();

        assertSame(logits, ostinato.lean(logits, time));
        say(Vocabulary.BEAT);
        assertSame(logits, ostinato.lean(logits, time));
    }

    @Test
    void whatIsRepeatedFromABarLineOnIsLeanedAgainstAllTheSame() {
        bars(20);
        say(Vocabulary.BAR);
        ostinato.begin();
        say(KICK, Vocabulary.BEAT, SNARE);
        bars(4);

        for (int more = 1; more <= 4; more++) {
            say(Vocabulary.BAR);
            assertEquals(-more, leaning(KICK), "bar " + (5 + more));
            say(KICK, Vocabulary.BEAT, SNARE);
        }
    }

    @Test
    void barsOfSilenceAreNoRepetition() {
        for (int bar = 0; bar < 12; bar++) {
            say(Vocabulary.BAR);
        }

        assertSame(logits, ostinato.lean(logits, time));
    }

    /** Kick and snare. */
    private void bars(int count) {
        for (int bar = 0; bar < count; bar++) {
            say(Vocabulary.BAR, KICK, Vocabulary.BEAT, SNARE);
        }
    }

    private void say(int... tokens) {
        for (int token : tokens) {
            ostinato.accept(token, time);
            time.accept(token);
        }
    }

    private float leaning(int token) {
        return ostinato.lean(logits, time)[token];
    }
}
