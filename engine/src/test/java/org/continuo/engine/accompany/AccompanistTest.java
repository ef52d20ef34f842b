package org.continuo.engine.accompany;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.corpus.BarTraits;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.sample.LogProbability;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.ScoreEncoder;
import org.continuo.engine.token.Scores;
import org.continuo.engine.token.TokenSequence;
import org.continuo.engine.token.Vocabulary;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the model that is shipped. */
class AccompanistTest {
    private static final Score MARCH = StartingPrompt.named("turkish-march").score();
    private static final Set<Instrument> RHYTHM = EnumSet.of(Instrument.BASS, Instrument.DRUMS);

    private static NoteModel model;

    @BeforeAll
    static void load() throws ModelException {
        model = NoteModel.load(ModelFolder.shipped("s"));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void everyoneWhoIsAskedJoinsInAndNobodyElse() {
        for (int candidates : new int[] {1, 3}) {
            Set<Instrument> heard = EnumSet.noneOf(Instrument.class);
            for (Note note : take(MARCH, RHYTHM, 1, candidates).notes()) {
                heard.add(note.instrument());
            }

            assertEquals(RHYTHM, heard, candidates + " candidates");
        }
    }

    @Test
    void partsEndWithTheClip() {
        Take take = take(MARCH, RHYTHM, 2, 2);

        assertEquals(MARCH.meters().barStart(MARCH.bars()), take.end());
        for (Note note : take.notes()) {
            assertTrue(note.start() < MARCH.end() && note.end() <= take.end(), note::toString);
        }
    }

    @Test
    void aLastKeyThatComesUpLateAddsNoBar() {
        int end = MARCH.meters().barStart(4);
        for (int late : new int[] {1, 6}) {
            List<Note> notes = new ArrayList<>();
            for (int start = 0; start < end; start += 24) {
                int rings = start + 24 == end ? late : 0;
                notes.add(new Note(Instrument.PIANO, 60 + start / 24, 5, start, start + 24 + rings));
            }

            Take take = take(new Score(MARCH.meters(), notes), RHYTHM, 2, 1);

            assertEquals(end, take.end(), late + " ticks late");
            assertTrue(take.notes().stream().allMatch(note -> note.end() <= end), take::toString);
        }
    }

    @Test
    void playersKeepToWhatTheyCanDoWhateverTheyHear() {
        for (long seed = 0; seed < 6; seed++) {
            Score random = Scores.random(seed);
            Set<Instrument> added = EnumSet.range(Instrument.GUITAR, Instrument.DRUMS);
            Score given = new Score(
                    random.meters(),
                    random.notes().stream()
                            .filter(note -> !added.contains(note.instrument()))
                            .toList());

            List<Note> notes = take(given, added, seed, 2).notes();

            // A score refuses notes that overlap.
            List<Note> all = new ArrayList<>(given.notes());
            all.addAll(notes);
            assertEquals(all.size(), new Score(given.meters(), all).notes().size(), "seed " + seed);
            for (Note note : notes) {
                long together = notes.stream()
                        .filter(other -> other.instrument() == note.instrument()
                                && other.start() <= note.start()
                                && other.end() > note.start())
                        .count();
                assertTrue(added.contains(note.instrument()), "seed " + seed + ": " + note);
                assertTrue(PartLimits.reaches(note.instrument(), note.pitch()), "seed " + seed + ": " + note);
                assertTrue(together <= PartLimits.voices(note.instrument()), "seed " + seed + ": " + note);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSamePartsAndAnotherSeedOthers() {
        List<Note> first = take(MARCH, RHYTHM, 5, 2).notes();

        assertEquals(first, take(MARCH, RHYTHM, 5, 2).notes());
        assertNotEquals(first, take(MARCH, RHYTHM, 6, 2).notes());
    }

    @Test
    void anInstrumentThatTheClipHasCannotBeAdded() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Accompanist.of(model, MARCH, EnumSet.of(Instrument.PIANO), Conditions.NONE));
    }

    @Test
    void aTakeThatIsStoppedSaysSo() {
        Take take = Accompanist.of(model, MARCH, RHYTHM, Conditions.NONE).take(Sampling.PLAIN, 1, 1, tick -> tick < 48);

        assertFalse(take.complete());
    }

    @Test
    void ofATakesTokensThoseThatAreGivenAreNotCounted() {
        // A chord that ends with the clip, after the last token of the bar.
        Score chord = new Score(
                MARCH.meters(),
                IntStream.range(60, 80)
                        .mapToObj(pitch -> new Note(
                                Instrument.PIANO, pitch, 5, 0, MARCH.meters().barStart(1)))
                        .toList());

        Take take = take(chord, EnumSet.of(Instrument.FLUTE), 1, 1);

        assertTrue(take.tokens() > take.notes().size(), take::toString);
    }

    @Test
    void theGivenPartIsReadExactlyAsItIs() {
        GivenEvents events = new GivenEvents(MARCH);
        try (Passage passage = passage(MARCH, RHYTHM, Conditions.NONE)) {
            for (int i = 0; i < events.size(); i++) {
                passage.advanceTo(events.tick(i));
                passage.add(events.token(i));
            }

            assertEquals(MARCH, passage.score(MARCH.end()));
        }
    }

    @Test
    void ofSeveralBarsTheLikeliestIsKeptAndNoneIsEmptyIfItNeedNotBe() {
        Set<Instrument> bass = EnumSet.of(Instrument.BASS);
        Score bar = new Score(
                MARCH.meters(),
                MARCH.notes().stream()
                        .filter(note -> note.start() < MARCH.meters().barStart(1))
                        .map(note -> new Note(
                                note.instrument(),
                                note.pitch(),
                                note.velocity(),
                                note.start(),
                                Math.min(note.end(), MARCH.meters().barStart(1))))
                        .toList());
        assertEquals(1, bar.bars());
        for (long seed = 0; seed < 3; seed++) {
            double once = meanNats(bar, take(bar, bass, seed, 1).notes(), bass);
            double best = meanNats(bar, take(bar, bass, seed, 6).notes(), bass);

            assertTrue(best >= once - 0.05, "seed " + seed + ": " + once + ", of six " + best); // 8-bit weights round
        }
    }

    @Test
    void aModelThatRemembersLessThanABarTriesTheBarSeveralTimesToo() throws ModelException {
        List<Note> runs = new ArrayList<>();
        for (int i = 0; i < 4 * 192; i++) {
            int start = i / 4 * 2;
            runs.add(new Note(Instrument.PIANO, 36 + i % 4 * 12 + start % 12, 4, start, start + 2));
        }
        Score given = new Score(MeterMap.of(Meter.COMMON), runs);
        try (NoteModel forgetful = NoteModel.load(ModelFolder.shipped("s"), 1, 128)) {
            Take take =
                    Accompanist.of(forgetful, given, RHYTHM, Conditions.NONE).take(Sampling.PLAIN, 1, 3, tick -> true);

            assertTrue(take.complete());
        }
    }

    /** How likely the starts are among all of their instrument, as the accompanist is told it. */
    private static double meanNats(Score bar, List<Note> added, Set<Instrument> players) {
        List<Note> all = new ArrayList<>(bar.notes());
        all.addAll(added);
        TokenSequence tokens = ScoreEncoder.encodeOpen(new Score(bar.meters(), all));
        Set<Instrument> everyone = EnumSet.copyOf(players);
        everyone.addAll(bar.instruments());
        int key = BarTraits.of(bar).key(0);
        Conditions told = Conditions.NONE
                .withInstruments(everyone)
                .withKey(key == BarTraits.UNKNOWN ? Conditions.OPEN : key)
                .withBarsLeft(0);
        double nats = added.isEmpty() ? Double.NEGATIVE_INFINITY : 0;
        try (Passage passage = passage(bar, players, told)) {
            for (int i = 1; i < tokens.size(); i++) {
                int token = tokens.token(i);
                if (Vocabulary.isNoteOn(token) && players.contains(Vocabulary.instrumentOf(token))) {
                    nats += LogProbability.amongStarts(passage.logits(), token) / added.size();
                }
                passage.add(token);
            }
        }
        return nats;
    }

    private static Passage passage(Score given, Set<Instrument> added, Conditions told) {
        Conditions[] conditions = {told};
        return new Passage(model, given.meters(), added, () -> new PartLimits(added, given.end()), conditions);
    }

    private static Take take(Score given, Set<Instrument> added, long seed, int candidates) {
        return Accompanist.of(model, given, added, Conditions.NONE)
                .take(Sampling.PLAIN, seed, candidates, tick -> true);
    }
}
