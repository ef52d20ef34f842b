package org.continuo.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.TokenMask;
import org.continuo.engine.token.Vocabulary;
import org.junit.jupiter.api.Test;

class OwnShareTest {
    private static final int BASS = 1 << Instrument.BASS.ordinal();
    private static final int BASS_NOTE = Vocabulary.noteOn(Instrument.BASS, 40, 3);
    private static final int OTHER_BASS_NOTE = Vocabulary.noteOn(Instrument.BASS, 43, 3);
    private static final int PIANO_NOTE = Vocabulary.noteOn(Instrument.PIANO, 60, 3);

    private final float[] logits = new float[Vocabulary.SIZE];
    private final TokenMask mask = new TokenMask(Vocabulary.SIZE);

    OwnShareTest() {
        Arrays.fill(logits, -100);
        mask.allow(BASS_NOTE);
        mask.allow(Vocabulary.BEAT);
    }

    @Test
    void itIsTheShareOfWhatMayBeSaidAmongThatAndTheNotesOfOthers() {
        logits[BASS_NOTE] = 0;
        logits[PIANO_NOTE] = (float) Math.log(3);

        assertEquals(0.25, OwnShare.of(logits, mask, BASS), 1e-6);
    }

    @Test
    void timeCountsForNobodyNorDoesWhatTheMaskForbidsOfOnesOwn() {
        logits[BASS_NOTE] = 0;
        logits[PIANO_NOTE] = 0;
        logits[Vocabulary.BEAT] = 20;
        logits[OTHER_BASS_NOTE] = 20;

        assertEquals(0.5, OwnShare.of(logits, mask, BASS), 1e-6);
    }

    @Test
    void whereNothingMayBeSaidThePlaceIsOthers() {
        mask.forbid(BASS_NOTE);

        assertEquals(0, OwnShare.of(logits, mask, BASS));
    }
}
