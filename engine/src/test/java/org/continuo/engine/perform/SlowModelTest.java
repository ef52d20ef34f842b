package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.continuo.engine.token.Instrument;
import org.junit.jupiter.api.Test;

/** A model that is read once while more music passes than it can think of. */
class SlowModelTest extends BandFixture {
    private static final int SEEDS = 40;
    /** Seconds for each read: a third of a quarter note. */
    private static final double READ = 0.04;

    @Test
    void aNoteThatHasSoundedForEightQuartersIsEndedThoughThePlanNeverCatchesUp() {
        for (long seed = 0; seed < SEEDS; seed++) {
            double rang = longestNote(seed);
            assertTrue(rang > 0 && rang < 10, "seed " + seed + ": a note rang for " + rang + " quarters");
        }
    }

    private double longestNote(long seed) {
        VirtualHost slow = new VirtualHost();
        PerformerSettings settings = PerformerSettings.DEFAULT.withSeed(seed).withLookahead(0.5);
        try (Performer performer = new Performer(model, settings, slow)) {
            slow.play(performer);
            performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
            performer.part(BASS, Instrument.BASS, Player.MODEL);
            slow.tempo = 500;
            slow.start();
            performer.noteOn(0, PIANO, 60, 80);
            performer.noteOff(0.5, PIANO, 60);
            while (slow.performance < 64) {
                slow.block(READ, 1);
            }
            return slow.longestRing[BASS];
        }
    }
}
