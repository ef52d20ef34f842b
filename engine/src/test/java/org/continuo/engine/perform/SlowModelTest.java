package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model that is read once while more music passes than it can think of. */
class SlowModelTest {
    private static final int BASS = 1;
    private static final int SEEDS = 40;
    /** Seconds for each read: a third of a quarter note. */
    private static final double READ = 0.04;

    private static NoteModel model;

    @BeforeAll
    static void load() throws ModelException {
        model = BandModel.load();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void aNoteThatHasSoundedForEightQuartersIsEndedThoughThePlanNeverCatchesUp() {
        for (long seed = 0; seed < SEEDS; seed++) {
            double rang = longestNote(seed);
            assertTrue(rang < 10, "seed " + seed + ": a note rang for " + rang + " quarters");
        }
    }

    private static double longestNote(long seed) {
        VirtualHost host = new VirtualHost();
        PerformerSettings settings = PerformerSettings.DEFAULT.withSeed(seed).withLookahead(0.5);
        try (Performer performer = new Performer(model, settings, host)) {
            host.play(performer);
            performer.part(0, Instrument.PIANO, Player.MUSICIAN);
            performer.part(BASS, Instrument.BASS, Player.MODEL);
            host.tempo = 500;
            host.start();
            performer.noteOn(0, 0, 60, 80);
            performer.noteOff(0.5, 0, 60);
            while (host.performance < 64) {
                host.block(READ, 1);
            }
            return host.longestRing[BASS];
        }
    }
}
