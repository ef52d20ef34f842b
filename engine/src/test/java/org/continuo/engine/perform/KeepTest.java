package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.continuo.engine.token.Instrument;
import org.junit.jupiter.api.Test;

/** The plan kept or discarded, whole or by bar. SPEC.md section 6.5. */
class KeepTest extends BandFixture {
    private static final Consumer<Performer> AS_IT_IS = performer -> {};

    @Test
    void whatIsDiscardedIsDrawnAnewAndTheSameEachTime() {
        String plain = discarding(0);
        String once = discarding(1);
        assertNotEquals(plain, once);
        assertNotEquals(once, discarding(2));
        assertEquals(once, discarding(1));
    }

    private String discarding(int times) {
        VirtualHost own = new VirtualHost();
        try (Performer performer = new Performer(model, PerformerSettings.DEFAULT, own)) {
            own.play(performer);
            performer.part(BASS, Instrument.BASS, Player.MODEL);
            own.start();
            own.block(0.5, 10_000);
            for (int i = 0; i < times; i++) {
                performer.discard();
            }
            for (int i = 0; i < 100; i++) {
                own.block(0.02, 10_000);
            }
            return own.onsets.toString();
        }
    }

    @Test
    void whatIsKeptStandsWhateverTheMusicianPlaysUnlessItClashes() {
        // a bass that plays C and nothing else: D is kept beside it, B is a clash
        assertEquals(planned(Performer::keep, 62, 0.1, 2), planned(Performer::keep, 50, 0.1, 2), "kept");
        assertNotEquals(planned(AS_IT_IS, 62, 0.1, 2), planned(AS_IT_IS, 50, 0.1, 2), "not kept");
        assertNotEquals(planned(Performer::keep, 62, 0.1, 2), planned(Performer::keep, 59, 0.1, 2), "a clash");
    }

    @Test
    void aClashThatComesTogetherWithTheOrderToKeepIsOneToo() {
        Consumer<Performer> beside = performer -> keepAndStrike(performer, 62);
        Consumer<Performer> clash = performer -> keepAndStrike(performer, 59);
        assertEquals(planned(Performer::keep, 62, 0.1, 2), planned(beside, 0, 0.1, 2), "kept");
        assertNotEquals(planned(beside, 0, 0.1, 2), planned(clash, 0, 0.1, 2), "a clash");
    }

    private static void keepAndStrike(Performer performer, int pitch) {
        performer.keep();
        performer.noteOn(4, PIANO, pitch, 10);
    }

    @Test
    void anOrderToKeepWhileNothingIsPlannedKeepsNothingOfWhatIsPlannedLater() {
        for (long seed = 0; seed < 8; seed++) {
            assertEquals(takenOver(AS_IT_IS, seed), takenOver(Performer::keep, seed), "seed " + seed);
        }
    }

    /** What is said where an order is given in the musician's turn, and they strike a key as soon as the model has planned. */
    private String takenOver(Consumer<Performer> order, long seed) {
        VirtualHost own = new VirtualHost();
        PerformerSettings settings = PerformerSettings.DEFAULT
                .withMode(Mode.CONTINUE)
                .withPatience(1)
                .withSeed(seed);
        try (Performer performer = new Performer(model, settings, own)) {
            own.play(performer);
            performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
            own.start();
            performer.noteOn(0, PIANO, 60, 80);
            own.block(0.1, 10_000);
            performer.noteOff(0.2, PIANO, 60);
            own.block(0.1, 10_000);
            order.accept(performer);
            while (own.said.indexOf("\non ") < 0) {
                own.block(0.02, 10_000);
            }
            own.block(0.02, 10_000);
            performer.noteOn(own.performance, PIANO, 67, 80);
            blocks(own, 4);
            return own.said.toString();
        }
    }

    @Test
    void whatIsKeptUntilABarStandsAndWhatComesAfterYields() {
        // the key is struck at 4 quarters
        Consumer<Performer> keep = performer -> performer.keepUntil(6);
        assertEquals(planned(keep, 62, 0.1, 1.9), planned(keep, 50, 0.1, 1.9), "before it");
        assertNotEquals(planned(keep, 62, 2.1, 4), planned(keep, 50, 2.1, 4), "after it");
        Consumer<Performer> past = performer -> performer.keepUntil(1);
        assertNotEquals(planned(past, 62, 0.1, 2), planned(past, 50, 0.1, 2), "a moment that has passed keeps nothing");
        Consumer<Performer> beyond = performer -> performer.keepUntil(1e9);
        assertEquals(planned(beyond, 62, 0.1, 2), planned(Performer::keep, 62, 0.1, 2), "beyond the end is all of it");
    }

    @Test
    void whatIsDiscardedFromABarIsDrawnAnewAndWhatComesBeforeStands() {
        Consumer<Performer> discard = performer -> performer.discardFrom(6);
        assertEquals(planned(AS_IT_IS, 0, 0, 1.9), planned(discard, 0, 0, 1.9), "before it");
        assertNotEquals(planned(AS_IT_IS, 0, 1.9, 4), planned(discard, 0, 1.9, 4), "after it");
        assertEquals(planned(discard, 0, 0, 4), planned(discard, 0, 0, 4), "the same each time");
        Consumer<Performer> past = performer -> performer.discardFrom(1);
        assertNotEquals(planned(AS_IT_IS, 0, 0.1, 2), planned(past, 0, 0.1, 2), "all that is still to come");
    }

    @Test
    void aKeptNoteThatTheMusicianStrikesAgainEndsThoughWhatIsKeptIsDiscarded() {
        for (long seed = 0; seed < 8; seed++) {
            double rang = longestTakenAgain(seed, false);
            assertTrue(rang > 0 && rang < 10, "seed " + seed + ": a note rang for " + rang + " quarters");
        }
    }

    @Test
    void soItDoesThoughMoreWasKeptSince() {
        for (long seed = 0; seed < 8; seed++) {
            double rang = longestTakenAgain(seed, true);
            assertTrue(rang > 0 && rang < 10, "seed " + seed + ": a note rang for " + rang + " quarters");
        }
    }

    /** The model has taken over from the musician and plays C alone, as they do. */
    private double longestTakenAgain(long seed, boolean keptTwice) {
        VirtualHost own = new VirtualHost();
        PerformerSettings settings = PerformerSettings.DEFAULT
                .withMode(Mode.CONTINUE)
                .withLookahead(8)
                .withPatience(1)
                .withSeed(seed);
        try (Performer performer = new Performer(model, settings, own)) {
            own.play(performer);
            performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
            performer.register(PIANO, 60, 60);
            own.start();
            performer.noteOn(0, PIANO, 60, 80);
            own.block(0.1, 10_000);
            performer.noteOff(0.2, PIANO, 60);
            while (own.ringing() == 0) {
                own.block(0.02, 10_000);
            }
            performer.keep();
            own.block(0.001, 10_000);
            performer.noteOn(own.performance, PIANO, 60, 80);
            blocks(own, 1);
            if (keptTwice) {
                performer.keep();
                performer.noteOn(own.performance, PIANO, 67, 80); // no clash
                blocks(own, 0.1);
            }
            performer.discard();
            blocks(own, 16);
            return own.longestRing[PIANO];
        }
    }

    private static void blocks(VirtualHost own, double quarters) {
        double end = own.performance + quarters;
        while (own.performance < end) {
            own.block(0.02, 10_000);
        }
    }

    /**
     * What sounds of plans of several seeds, some time after four quarters, at which an order is given and the musician strikes
     * a key.
     *
     * @param pitch of the key; 0 for none
     */
    private String planned(Consumer<Performer> order, int pitch, double after, double before) {
        StringBuilder sounded = new StringBuilder();
        for (long seed = 0; seed < 8; seed++) {
            for (VirtualHost.Onset onset : played(order, pitch, seed)) {
                double at = onset.performance() - 4;
                if (at >= after && at < before) {
                    sounded.append(seed + ": " + at + " " + onset.pitch() + " " + onset.velocity() + "; ");
                }
            }
        }
        assertFalse(sounded.isEmpty());
        return sounded.toString();
    }

    private List<VirtualHost.Onset> played(Consumer<Performer> order, int pitch, long seed) {
        VirtualHost own = new VirtualHost();
        PerformerSettings settings = PerformerSettings.DEFAULT
                .withLookahead(4)
                .withSeed(seed)
                .withControls(Controls.OPEN.withChords(ChordChart.of("C")).withFollow(0.5));
        try (Performer performer = new Performer(model, settings, own)) {
            own.play(performer);
            performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
            performer.part(BASS, Instrument.BASS, Player.MODEL);
            own.start();
            for (int i = 0; i < 100; i++) {
                own.block(0.02, 10_000);
            }
            order.accept(performer);
            own.block(0.001, 10_000);
            if (pitch > 0) {
                performer.noteOn(own.performance, PIANO, pitch, pitch == 50 ? 127 : 10);
            }
            for (int i = 0; i < 100; i++) {
                own.block(0.02, 10_000);
            }
            return own.onsets;
        }
    }
}
