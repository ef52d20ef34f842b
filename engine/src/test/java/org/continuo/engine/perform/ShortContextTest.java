package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelShape;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

/** A model that remembers less than is planned ahead: a sixteenth that loops at the end of a long bar, eight quarters of it. */
class ShortContextTest extends BandFixture {
    private static final int SEEDS = 2;

    @Test
    void whatIsPlannedIsTakenBackWholeThoughTheModelRemembersLess() throws ModelException {
        try (NoteModel forgetful = NoteModel.load(model.folder(), 1, ModelShape.CONTEXT_UNIT)) {
            for (long seed = 0; seed < SEEDS; seed++) {
                double rang = longestNote(forgetful, seed);
                assertTrue(rang > 0 && rang < 10, "seed " + seed + ": a note rang for " + rang + " quarters");
            }
        }
    }

    private static double longestNote(NoteModel forgetful, long seed) {
        VirtualHost own = new VirtualHost();
        PerformerSettings settings =
                PerformerSettings.DEFAULT.withSeed(seed).withLookahead(8).withPolyphony(2);
        try (Performer performer = new Performer(forgetful, settings, own)) {
            own.play(performer);
            performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
            performer.part(BASS, Instrument.BASS, Player.MODEL);
            own.meter = new Meter(15, 4);
            own.beat = 14;
            own.loop(14, 14.25);
            own.start();
            for (int i = 0; own.performance < 14; i++) {
                performer.noteOn(own.performance, PIANO, 60 + i % 12, 80);
                own.block(0.1, 10_000);
                performer.noteOff(own.performance, PIANO, 60 + i % 12);
                own.block(0.1, 10_000);
            }
            return own.longestRing[BASS];
        }
    }
}
