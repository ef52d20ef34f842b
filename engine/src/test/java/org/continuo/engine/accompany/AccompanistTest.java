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
import org.continuo.engine.continuation.Take;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Scores;
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
        model = NoteModel.load(ModelFolder.ofResource(ModelFolder.class, "s"));
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
    void theGivenPartIsReadExactlyAsItIs() {
        GivenEvents events = new GivenEvents(MARCH);
        try (Passage passage =
                new Passage(model, MARCH.meters(), RHYTHM, () -> new PartLimits(RHYTHM, MARCH.end()), new Conditions[] {
                    Conditions.NONE
                })) {
            for (int i = 0; i < events.size(); i++) {
                passage.advanceTo(events.tick(i));
                passage.add(events.token(i));
            }

            assertEquals(MARCH, passage.score(MARCH.end()));
        }
    }

    private static Take take(Score given, Set<Instrument> added, long seed, int candidates) {
        return Accompanist.of(model, given, added, Conditions.NONE)
                .take(Sampling.PLAIN, seed, candidates, tick -> true);
    }
}
