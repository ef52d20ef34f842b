package org.continuo.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Vocabulary;
import org.junit.jupiter.api.Test;

class CuesTest {
    private final Cues cues = new Cues();
    private final float[] logits = new float[Vocabulary.SIZE];

    /** What is added to a start of the bass after so many quarters of silence, of which one is natural. */
    private double urgeAfter(double silence) {
        cues.clear();
        cues.give(Instrument.BASS, silence, 1);
        return cues.in(logits)[Vocabulary.noteOn(Instrument.BASS, 40, 3)];
    }

    @Test
    void aSilenceThatIsNaturalChangesNothing() {
        cues.give(Instrument.BASS, 1, 1);

        assertSame(logits, cues.in(logits));
    }

    @Test
    void theLongerTheSilenceTheMoreAStartIsLikelierUpToABound() {
        double last = 0;
        for (double silence = 1.5; silence <= Cues.longestSilence(1); silence += 0.5) {
            assertTrue(urgeAfter(silence) > last, "after " + silence);
            last = urgeAfter(silence);
        }
        assertEquals(last, urgeAfter(1e9));
    }

    @Test
    void onlyStartsOfTheInstrumentAreChangedAndAllOfThemByAsMuch() {
        logits[Vocabulary.BEAT] = 1;
        cues.give(Instrument.BASS, 3, 1);
        float[] cued = cues.in(logits);

        float urge = cued[Vocabulary.noteOn(Instrument.BASS, 40, 0)];
        for (int token = 0; token < Vocabulary.SIZE; token++) {
            boolean bass = Vocabulary.isNoteOn(token) && Vocabulary.instrumentOf(token) == Instrument.BASS;
            assertEquals(logits[token] + (bass ? urge : 0), cued[token], Vocabulary.describe(token));
        }
    }

    @Test
    void theModelsLogitsStayAsTheyAre() {
        urgeAfter(5);

        assertEquals(0, logits[Vocabulary.noteOn(Instrument.BASS, 40, 3)]);
        cues.clear();
        assertSame(logits, cues.in(logits));
    }
}
