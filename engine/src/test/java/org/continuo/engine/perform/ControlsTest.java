package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Scale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the musician holds the model to, with a model that would play anything. SPEC.md section 6. */
class ControlsTest {
    private static final int PIANO = 0;
    private static final int GUITAR = 1;
    private static final int BASS = 2;
    private static final int DRUMS = 3;
    private static final Consumer<Performer> AS_IT_IS = performer -> {};
    private static final int[] SCALE = {60, 62, 64, 65, 67, 69, 71, 72};

    private static NoteModel model;

    private final VirtualHost host = new VirtualHost();

    @BeforeAll
    static void load() throws ModelException {
        model = BandModel.load();
    }

    @AfterAll
    static void close() {
        model.close();
    }

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
            for (VirtualHost.Onset onset : host.onsets) {
                boolean settled = onset.performance() % 12 > 11;
                int step = onset.performance() < 12 ? 1 : 7;
                assertTrue(!settled || onset.velocity() / 16 == step, onset::toString);
            }
        }
    }

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

    /**
     * What sounds of plans of several seeds, some time after four quarters, at which an order is given and the musician strikes
     * a key.
     *
     * @param pitch of the key; 0 for none
     */
    private static String planned(Consumer<Performer> order, int pitch, double after, double before) {
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

    private static List<VirtualHost.Onset> played(Consumer<Performer> order, int pitch, long seed) {
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

    private List<VirtualHost.Onset> pitched() {
        return host.onsets.stream().filter(onset -> onset.channel() != DRUMS).toList();
    }

    private long played(int channel, double from, double to) {
        return host.onsets.stream()
                .filter(onset -> onset.channel() == channel && onset.performance() >= from && onset.performance() < to)
                .count();
    }

    private Performer band(Controls controls) {
        return band(Mode.ACCOMPANY, controls);
    }

    private Performer band(Mode mode, Controls controls) {
        Performer performer = performer(mode, controls);
        performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
        performer.part(GUITAR, Instrument.GUITAR, Player.MODEL);
        performer.part(BASS, Instrument.BASS, Player.MODEL);
        performer.part(DRUMS, Instrument.DRUMS, Player.MODEL);
        return performer;
    }

    private Performer performer(Mode mode, Controls controls) {
        Performer performer =
                new Performer(model, PerformerSettings.DEFAULT.withMode(mode).withControls(controls), host);
        host.play(performer);
        return performer;
    }

    private void start(Performer performer) {
        host.play(performer);
        host.start();
    }

    /** Eighths, half of each sounding. */
    private void playScale(Performer performer, double quarters) {
        double end = host.performance + quarters;
        for (int i = 0; host.performance < end - 1e-9; i++) {
            int pitch = SCALE[i % SCALE.length];
            performer.noteOn(host.performance, PIANO, pitch, 80);
            rest(Math.min(0.25, end - host.performance));
            performer.noteOff(host.performance, PIANO, pitch);
            rest(Math.min(0.25, end - host.performance));
        }
    }

    private void rest(double quarters) {
        double end = host.performance + quarters;
        while (host.performance < end - 1e-9) {
            host.block(Math.min(0.01, (end - host.performance) * 60 / host.tempo), 10_000);
        }
    }
}
