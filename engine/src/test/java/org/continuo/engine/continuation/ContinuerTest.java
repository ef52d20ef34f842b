package org.continuo.engine.continuation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Scores;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the model that is shipped. */
class ContinuerTest {
    private static final int BAR = 96;
    private static final Conditions PIANO_ALONE = Conditions.NONE.withInstruments(Set.of(Instrument.PIANO));

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
    void aTakeStartsAtTheJoinAndFillsTheBarsAskedFor() {
        Prompt prompt = new Prompt(scale(4), 4 * BAR);

        Take take = take(prompt, Extent.toBarLine(prompt.endAfter(3)), Set.of(Instrument.PIANO), 1);

        assertEquals(7 * BAR, take.end());
        assertTrue(take.complete());
        assertFalse(take.notes().isEmpty());
        for (Note note : take.notes()) {
            assertTrue(note.start() >= 4 * BAR && note.end() <= take.end(), note::toString);
        }
    }

    @Test
    void aBarBegunBeforeTheJoinIsFilledAndNotCounted() {
        assertEquals(6 * BAR, new Prompt(scale(4), 3 * BAR + 48).endAfter(2));
        assertEquals(6 * BAR, new Prompt(scale(4), 4 * BAR).endAfter(2));
    }

    @Test
    void onlyTheInstrumentsAskedForPlay() {
        Set<Instrument> asked = EnumSet.of(Instrument.BASS, Instrument.DRUMS);
        Prompt prompt = new Prompt(scale(4), 4 * BAR);

        Take take = take(prompt, Extent.toBarLine(prompt.endAfter(8)), asked, 3);

        assertFalse(take.notes().isEmpty());
        for (Note note : take.notes()) {
            assertTrue(asked.contains(note.instrument()), note::toString);
        }
    }

    @Test
    void aListenerIsToldEveryNoteOfTheTakeAsItBeginsAndEndsAndNoOther() {
        Prompt prompt = new Prompt(scale(4), 4 * BAR);
        Set<Instrument> asked = EnumSet.of(Instrument.PIANO, Instrument.DRUMS);
        List<String> begun = new ArrayList<>();
        List<Note> ended = new ArrayList<>();
        TakeListener listener = new TakeListener() {
            @Override
            public void began(Instrument instrument, int pitch, int velocity, int tick) {
                begun.add(instrument + " " + pitch + " " + velocity + " " + tick);
            }

            @Override
            public void ended(Note note) {
                assertTrue(begun.contains(describe(note)), note + " ends and has not begun");
                ended.add(note);
            }

            @Override
            public boolean goOn(int tick) {
                return true;
            }
        };
        try (Continuer continuer = new Continuer(model, prompt, Conditions.NONE.withInstruments(asked))) {
            Take take = continuer.take(Extent.toBarLine(prompt.endAfter(4)), Sampling.PLAIN, 3, listener);

            assertEquals(take.notes(), ended.stream().sorted(Note.ORDER).toList());
            assertEquals(
                    take.notes().stream().map(ContinuerTest::describe).sorted().toList(),
                    begun.stream().sorted().toList());
        }
    }

    @Test
    void noTakeFallsSilent() {
        StartingPrompt elise = StartingPrompt.named("fur-elise");
        Prompt prompt = new Prompt(elise.score(), elise.score().meters().barStart(elise.bars()));
        for (long seed = 1455352250; seed < 1455352250 + 12; seed++) {
            Take take = take(prompt, Extent.toBarLine(prompt.endAfter(16)), Set.of(Instrument.PIANO), seed);
            int silentSince = prompt.join();
            for (Note note : take.notes()) {
                int silence = note.start() - silentSince;
                assertTrue(silence <= 2 * BAR, "seed " + seed + ": " + silence + " ticks of silence");
                silentSince = Math.max(silentSince, note.end());
            }
            assertTrue(take.end() - silentSince <= 2 * BAR, "seed " + seed + ": silent at the end");
        }
    }

    private static String describe(Note note) {
        return note.instrument() + " " + note.pitch() + " " + note.velocity() + " " + note.start();
    }

    @Test
    void whoeverWasAskedForComesInABarAfterTheOther() {
        Prompt prompt = new Prompt(scale(4), 4 * BAR);
        Set<Instrument> asked = EnumSet.of(Instrument.PIANO, Instrument.CELLO, Instrument.CLARINET, Instrument.DRUMS);

        for (long seed = 0; seed < 4; seed++) {
            Take take = take(prompt, Extent.toBarLine(prompt.endAfter(6)), asked, seed);
            Set<Instrument> heard = EnumSet.noneOf(Instrument.class);
            take.notes().forEach(note -> heard.add(note.instrument()));
            heard.add(Instrument.PIANO); // of the prompt
            assertEquals(asked, heard, "seed " + seed);
        }
    }

    @Test
    void noNoteDronesOn() {
        Prompt prompt = new Prompt(scale(4), 4 * BAR);
        for (long seed = 0; seed < 4; seed++) {
            Take take = take(prompt, Extent.toBarLine(prompt.endAfter(16)), EnumSet.allOf(Instrument.class), seed);

            assertFalse(take.notes().isEmpty(), "seed " + seed);
            for (Note note : take.notes()) {
                // The end waits for the next tick that the model goes to: at most a beat.
                assertTrue(note.end() - note.start() < Continuer.LONGEST_NOTE + 24, "seed " + seed + ": " + note);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameTakeAndAnotherSeedAnother() {
        Prompt prompt = new Prompt(scale(2), 2 * BAR);
        try (Continuer continuer = new Continuer(model, prompt, PIANO_ALONE)) {
            Extent extent = Extent.toBarLine(prompt.endAfter(4));
            Take first = continuer.take(extent, Sampling.PLAIN, 11, tick -> true);
            Take other = continuer.take(extent, Sampling.PLAIN, 12, tick -> true);
            Take again = continuer.take(extent, Sampling.PLAIN, 11, tick -> true);

            assertEquals(first, again);
            assertNotEquals(first.notes(), other.notes());
        }
    }

    @Test
    void givenAndNewNotesTogetherNeverOverlapThemselves() {
        for (long seed = 0; seed < 10; seed++) {
            Score given = Scores.random(seed);
            Prompt prompt = new Prompt(given, given.end() / 2 + 7);

            Take take = take(prompt, Extent.toBarLine(prompt.endAfter(2)), EnumSet.allOf(Instrument.class), seed);

            List<Note> all = new ArrayList<>(prompt.score().notes());
            all.addAll(take.notes());
            // A score refuses notes that overlap.
            assertEquals(all.size(), new Score(prompt.meters(), all).notes().size(), "seed " + seed);
        }
    }

    @Test
    void aTakeOfTokensEndsOnABarLine() {
        Prompt prompt = new Prompt(scale(4), 4 * BAR);

        Take take = take(prompt, Extent.ofTokens(50), Set.of(Instrument.PIANO), 5);

        assertEquals(50, take.tokens());
        assertEquals(0, take.end() % BAR);
    }

    @Test
    void aTakeThatIsStoppedSaysSo() {
        Prompt prompt = new Prompt(scale(4), 4 * BAR);
        try (Continuer continuer = new Continuer(model, prompt, PIANO_ALONE)) {
            Take take = continuer.take(Extent.ofTokens(1000), Sampling.PLAIN, 1, tick -> false);

            assertFalse(take.complete());
            assertEquals(1, take.tokens());
        }
    }

    @Test
    void aPieceOfFourMinutesComesOutWhole() {
        Prompt prompt = new Prompt(scale(4), 4 * BAR);

        // 120 bars of four quarters at 120 to the minute
        Take take = take(prompt, Extent.toBarLine(prompt.endAfter(120)), EnumSet.allOf(Instrument.class), 2);

        assertEquals(124 * BAR, take.end());
        assertTrue(take.complete());
    }

    private static Take take(Prompt prompt, Extent extent, Set<Instrument> instruments, long seed) {
        Conditions conditions = Conditions.NONE.withInstruments(instruments);
        try (Continuer continuer = new Continuer(model, prompt, conditions)) {
            return continuer.take(extent, Sampling.PLAIN, seed, tick -> true);
        }
    }

    private static Score scale(int bars) {
        List<Note> notes = new ArrayList<>();
        int[] steps = {0, 2, 4, 5, 7, 9, 11, 12};
        for (int i = 0; i < bars * 8; i++) {
            notes.add(new Note(Instrument.PIANO, 60 + steps[i % 8], 4, i * 12, i * 12 + 12));
        }
        return new Score(MeterMap.of(Meter.COMMON), notes);
    }
}
