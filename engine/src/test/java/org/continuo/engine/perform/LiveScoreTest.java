package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Vocabulary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the model remembers of a session: the score language, and what really happened. */
class LiveScoreTest {
    private static NoteModel model;

    private VirtualHost host = new VirtualHost();

    @BeforeAll
    static void load() throws ModelException {
        model = BandModel.load();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void theMusiciansNotesStandWhereTheyWerePlayed() {
        for (long seed = 0; seed < 8; seed++) {
            String message = "seed " + seed;
            Random random = new Random(seed);
            host = new VirtualHost();
            try (Performer performer = band()) {
                host.start();
                double start = host.performance;
                List<String> played = new ArrayList<>();
                long last = -10;
                for (int i = 0; i < 12; i++) {
                    host.block(0.005 + random.nextInt(40) * 0.005, 10_000);
                    int pitch = 48 + i;
                    long tick = Math.round((host.performance - start) * 24);
                    performer.noteOn(host.performance, 0, pitch, 80);
                    played.add(tick + " piano " + pitch + " on 5");
                    host.block(0.1, 10_000);
                    long end = Math.round((host.performance - start) * 24);
                    performer.noteOff(host.performance, 0, pitch);
                    played.add(Math.max(end, tick + 1) + " piano " + pitch + " off");
                    assertTrue(tick >= last, message);
                    last = tick;
                }
                host.block(0.01, 10_000);
                LiveScore score = performer.score();
                List<String> remembered = new ArrayList<>();
                long first = score.tick(score.size() - 1);
                for (int number = 1; number < score.size(); number++) {
                    if (score.is(number, LiveScore.MUSICIAN)) {
                        remembered.add(score.tick(number) + " " + Vocabulary.describe(score.token(number)));
                    }
                }
                assertTrue(first > 0);
                assertEquals(played, remembered, message);
                checkLanguage(score, message);
                host.stop();
            }
        }
    }

    @Test
    void aKeyHeldThroughAStartThatAJumpFollowsInTheSameMomentStandsBeforeTheBarThatTheJumpOpens() {
        try (Performer performer = band()) {
            host.start();
            host.block(1, 10_000);
            host.stop();
            performer.noteOn(host.performance, 0, 60, 80);
            host.beat = 11.5; // in mid-bar
            host.start();
            host.seek(5);
            host.block(0.5, 10_000);

            checkLanguage(performer.score(), "after two breaks at one moment");
        }
    }

    @Test
    void aKeyHeldThroughABreakThatLeadsNowhereElseSoundsOn() {
        for (int hundredth = 0; hundredth < 10; hundredth++) { // of a quarter: more than two ticks
            String message = hundredth + " hundredths";
            host = new VirtualHost();
            try (Performer performer = band()) {
                host.start();
                host.block(1 + hundredth * 0.005, 10_000);
                performer.noteOn(host.performance - 0.5, 0, 60, 80);
                host.breakHere();
                host.block(0.5, 10_000);
                host.block(0.5, 10_000);

                LiveScore score = performer.score();
                int start = score.startOf(Vocabulary.noteOn(Instrument.PIANO, 60, 0));
                assertTrue(start >= 0 && score.is(start, LiveScore.MUSICIAN), message);
                checkLanguage(score, message);
            }
        }
    }

    @Test
    void throughLoopsAndSeeksTheStreamStaysTheScoreLanguage() {
        for (long seed = 100; seed < 120; seed++) {
            HostScript script = new HostScript(model, seed);
            String message = "script seed " + seed;
            script.run(6, performer -> checkLanguage(performer.score(), message));
        }
    }

    @Test
    void takenBackTheScoreStandsAsItStood() {
        Timeline timeline = new Timeline(new Feel());
        host.play(null);
        try (LiveScore score = new LiveScore(model, timeline, new Counters())) {
            host.transport.flags = 0;
            timeline.open(host.transport, 0);
            score.advanceTo(10);
            score.addStart(Vocabulary.noteOn(Instrument.PIANO, 60, 4), LiveScore.MODEL, 1, 7, 0.4);
            int size = score.size();
            score.advanceTo(40);
            score.addEnd(Vocabulary.noteOff(Instrument.PIANO, 60), LiveScore.MODEL, 7, 1.6);
            score.addStart(Vocabulary.noteOn(Instrument.PIANO, 62, 4), LiveScore.MODEL, 1, 8, 1.6);
            score.advanceTo(200);

            score.rollback(size);

            assertEquals(10, score.tick());
            assertEquals(0, score.barStart());
            assertEquals(1, score.soundingCount());
            assertEquals(7, score.note(score.startOfSounding(0)));
            assertEquals(-1, score.startOf(Vocabulary.noteOn(Instrument.PIANO, 62, 0)));
            assertTrue(score.hasStartHere());
        }
    }

    @Test
    void aNoteThatTheHostMissedIsForgotten() {
        try (Performer performer = band()) {
            host.start();
            host.block(1, 10_000);
            LiveScore score = performer.score();
            int wanted = 0;
            for (int number = 1; number < score.size() && wanted == 0; number++) {
                if (score.is(number, LiveScore.SENT) && score.time(number) < host.performance) {
                    wanted = score.note(number);
                }
            }
            assertTrue(wanted > 0);
            performer.missed(wanted);
            performer.work(host.performance);

            for (int number = 1; number < score.size(); number++) {
                assertFalse(score.note(number) == wanted, "token " + number);
            }
            checkLanguage(score, "after a missed note");
        }
    }

    private Performer band() {
        Performer performer = new Performer(model, PerformerSettings.DEFAULT, host);
        host.play(performer);
        performer.part(0, Instrument.PIANO, Player.MUSICIAN);
        performer.part(1, Instrument.BASS, Player.MODEL);
        performer.part(2, Instrument.DRUMS, Player.MODEL);
        return performer;
    }

    /** Time goes on, bars hold beats, ends come before starts, only what sounds ends, only what does not starts. */
    private static void checkLanguage(LiveScore score, String message) {
        Map<Integer, Long> sounding = new HashMap<>();
        Set<Integer> strokes = new HashSet<>();
        int from = Math.max(1, score.size() - 2_000);
        boolean whole = from == 1;
        long tick = score.tick(from);
        boolean started = false;
        for (int number = from; number < score.size(); number++) {
            int token = score.token(number);
            String at = message + ", token " + number + ": " + Vocabulary.describe(token);
            assertTrue(score.tick(number) >= tick, at);
            boolean note = Vocabulary.isNoteOn(token) || Vocabulary.isNoteOff(token);
            if (!note) {
                assertTrue(number == from || score.tick(number) > tick || token == Vocabulary.BAR && number == 1, at);
                started = false;
                strokes.clear();
            } else {
                assertEquals(tick, score.tick(number), at);
            }
            tick = score.tick(number);
            if (note && !LiveScore.sustains(token)) {
                assertTrue(strokes.add(token), at);
                started = true;
            } else if (Vocabulary.isNoteOn(token)) {
                assertTrue(sounding.put(SoundingNotes.key(token), tick) == null, at);
                started = true;
            } else if (note) {
                Long since = sounding.remove(SoundingNotes.key(token));
                assertTrue(!started, at);
                assertTrue(!whole || since != null && since < tick, at);
            }
        }
    }
}
