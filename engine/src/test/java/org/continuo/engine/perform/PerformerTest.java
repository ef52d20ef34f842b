package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the model that is shipped, in a virtual host. */
class PerformerTest {
    private static final int[] SCALE = {60, 62, 64, 65, 67, 69, 71, 72};

    private static NoteModel model;

    private final VirtualHost host = new VirtualHost();

    @BeforeAll
    static void load() throws ModelException {
        model = NoteModel.load(ModelFolder.shipped("s"));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void itPlaysItsPartsWithTheMusicianAndOnlyThose() {
        try (Performer performer = band(PerformerSettings.DEFAULT)) {
            host.start();
            playScale(performer, 16);
            host.stop();

            Set<Integer> channels = new TreeSet<>();
            host.onsets.forEach(onset -> channels.add(onset.channel()));
            assertEquals(Set.of(1, 2), channels);
            assertEquals(0, host.late);
            assertEquals(host.onsets.size(), performer.counters().sounded);
        }
    }

    @Test
    void aNoteIsAnsweredByAPlanAfterAtMostThreeReads() {
        try (Performer performer = band(PerformerSettings.DEFAULT)) {
            host.start();
            playScale(performer, 8);
            for (int note = 0; note < 10; note++) {
                rest(0.3);
                long reads = performer.counters().reads;
                int revision = host.latestRevision;
                performer.noteOn(host.performance, 0, 60 + note, 80);
                while (host.latestRevision == revision) {
                    performer.work(host.performance);
                }
                assertTrue(performer.counters().reads - reads <= 3, "reads: " + (performer.counters().reads - reads));
                performer.noteOff(host.performance, 0, 60 + note);
            }
        }
    }

    @Test
    void theNextPassOfALoopIsPlannedBeforeItBegins() {
        try (Performer performer = band(PerformerSettings.DEFAULT)) {
            host.loop(0, 4);
            host.start();
            rest(3.5);

            assertTrue(host.plannedTo > 5, "planned to " + host.plannedTo);
            rest(8);
            long firstBeats =
                    host.onsets.stream().filter(onset -> onset.beat() < 1).count();
            assertTrue(firstBeats > 0, "the loop's first beat is played");
            assertEquals(0, performer.counters().skipped);
        }
    }

    @Test
    void itPlansAtOnceWhereTheHostJumpsTo() {
        try (Performer performer = band(PerformerSettings.DEFAULT)) {
            host.start();
            playScale(performer, 4);
            int before = host.onsets.size();
            host.seek(100);
            rest(4);

            assertTrue(host.onsets.size() > before);
            host.onsets.subList(before, host.onsets.size()).forEach(onset -> assertTrue(onset.beat() >= 100));
        }
    }

    @Test
    void aHostThatMissesWhateverComesIsGivenNewPlansNoMoreThanOnceAQuarterNote() {
        try (Performer performer = band(PerformerSettings.DEFAULT.withLookahead(0.5))) {
            host.tempo = 30;
            host.ahead = 0.5; // as far as anything is planned, and a second, which no commit line learns to wait for
            host.start();
            playScale(performer, 4);
            long revisions = performer.counters().revisions;
            int late = host.late;
            rest(12);

            long made = performer.counters().revisions - revisions;
            assertTrue(host.late > late, "nothing came too late");
            assertTrue(made <= 12 + 1, made + " revisions in 12 quarter notes");
        }
    }

    @Test
    void whileTheHostStandsNothingIsPlanned() {
        try (Performer performer = band(PerformerSettings.DEFAULT)) {
            assertFalse(performer.work(0));
            host.start();
            playScale(performer, 2);
            host.stop();
            int plans = host.plans;
            performer.noteOn(host.performance, 0, 60, 80);

            assertFalse(performer.work(host.performance));
            assertEquals(plans, host.plans);
        }
    }

    @Test
    void aListenerPlaysNothing() {
        try (Performer performer = band(PerformerSettings.DEFAULT.withMode(Mode.LISTEN))) {
            host.start();
            playScale(performer, 16);

            assertEquals(0, host.onsets.size());
            assertTrue(performer.counters().reads > 0, "it reads along");
        }
    }

    @Test
    void itTakesOverAfterASilenceAndGivesWayWhenTheMusicianPlays() {
        PerformerSettings settings =
                PerformerSettings.DEFAULT.withMode(Mode.CONTINUE).withPatience(2);
        try (Performer performer = new Performer(model, settings, host)) {
            host.play(performer);
            performer.part(0, Instrument.PIANO, Player.MUSICIAN);
            host.start();
            rest(6);
            assertEquals(0, host.onsets.size(), "without a phrase there is nothing to continue");

            playScale(performer, 8);
            assertEquals(0, host.onsets.size(), "while the musician plays it listens");
            double silence = host.performance;
            rest(10);
            assertFalse(host.onsets.isEmpty());
            host.onsets.forEach(onset -> assertTrue(onset.channel() == 0 && onset.performance() >= silence + 1.5));

            int played = host.onsets.size();
            playScale(performer, 8);
            double longest = silence + 10 + settings.commit() * 2 + 0.05;
            assertTrue(host.onsets.subList(played, host.onsets.size()).stream()
                    .allMatch(onset -> onset.performance() < longest));
            assertEquals(0, host.ringing(), "its notes have ended");
        }
    }

    @Test
    void besideAMusicianOffTheGridTheDrumsStayLivelyAndGrowNoDenser() {
        try (Performer performer = band(PerformerSettings.DEFAULT)) {
            host.start();
            while (host.performance < 64) {
                int pitch = SCALE[(int) host.performance % SCALE.length];
                performer.noteOn(host.performance, 0, pitch, 80);
                rest(0.29);
                performer.noteOff(host.performance, 0, pitch);
                rest(0.23);
            }

            long strokes = host.onsets.stream()
                    .filter(onset -> onset.channel() == 2 && onset.performance() >= 48)
                    .count();
            assertTrue(strokes > 16, strokes + " strokes in 16 quarter notes");
            assertTrue(strokes < 11 * 16, strokes + " strokes in 16 quarter notes");
        }
    }

    @Test
    void anInstrumentThatTheMusicianPlaysTooIsTheirs() {
        try (Performer performer = new Performer(model, PerformerSettings.DEFAULT, host)) {
            host.play(performer);
            performer.part(0, Instrument.PIANO, Player.MUSICIAN);
            performer.part(1, Instrument.PIANO, Player.MODEL);
            host.start();
            playScale(performer, 4);

            assertEquals(0, host.onsets.size());
        }
    }

    @Test
    void aPartThatComesLaterIsPlayedThoughTheMusicianIsHeardAsItsInstrumentOnAnotherPartsChannel() {
        try (Performer performer = new Performer(model, PerformerSettings.DEFAULT, host)) {
            host.play(performer);
            performer.part(0, Instrument.BASS, Player.MODEL);
            host.start();
            playScale(performer, 4); // on the bass's channel: as a piano
            performer.part(1, Instrument.PIANO, Player.MODEL);
            playScale(performer, 16);

            assertTrue(host.onsets.stream().anyMatch(onset -> onset.channel() == 1));
        }
    }

    @Test
    void aPartTakenAwayFallsSilentAtTheCommitLine() {
        try (Performer performer = band(PerformerSettings.DEFAULT)) {
            host.start();
            playScale(performer, 8);
            performer.part(1, Instrument.BASS, Player.NOBODY);
            performer.part(2, Instrument.DRUMS, Player.NOBODY);
            rest(0.5);
            int played = host.onsets.size();
            assertEquals(0, host.ringing());
            rest(4);

            assertEquals(played, host.onsets.size());
        }
    }

    private Performer band(PerformerSettings settings) {
        Performer performer = new Performer(model, settings, host);
        host.play(performer);
        performer.part(0, Instrument.PIANO, Player.MUSICIAN);
        performer.part(1, Instrument.BASS, Player.MODEL);
        performer.part(2, Instrument.DRUMS, Player.MODEL);
        return performer;
    }

    /** Eighths, half of each sounding. */
    private void playScale(Performer performer, int quarters) {
        for (int i = 0; i < quarters * 2; i++) {
            int pitch = SCALE[i % SCALE.length];
            performer.noteOn(host.performance, 0, pitch, 80);
            rest(0.25);
            performer.noteOff(host.performance, 0, pitch);
            rest(0.25);
        }
    }

    private void rest(double quarters) {
        double end = host.performance + quarters;
        while (host.performance < end - 1e-9) {
            double seconds = Math.min(0.01, (end - host.performance) * 60 / host.tempo);
            host.block(seconds, 10_000);
        }
    }
}
