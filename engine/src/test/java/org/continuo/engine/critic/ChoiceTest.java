package org.continuo.engine.critic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.continuo.engine.continuation.Continuer;
import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final int CANDIDATES = 5;

    private static NoteModel model;

    private Prompt prompt;
    private Continuer continuer;
    private Extent extent;

    @BeforeAll
    static void load() throws ModelException {
        model = NoteModel.load(ModelFolder.shipped("s"));
    }

    @AfterAll
    static void unload() {
        model.close();
    }

    @BeforeEach
    void read() {
        StartingPrompt elise = StartingPrompt.named("fur-elise");
        prompt = new Prompt(elise.score(), elise.score().meters().barStart(elise.bars()));
        continuer = new Continuer(model, prompt, Conditions.NONE.withInstruments(Set.of(Instrument.PIANO)));
        extent = Extent.toBarLine(prompt.endAfter(4));
    }

    @AfterEach
    void close() {
        continuer.close();
    }

    private Choice.Chosen take(int threads, Choice.Progress progress) {
        return new Choice(prompt, continuer, threads).take(extent, Sampling.PLAIN, 11, CANDIDATES, progress);
    }

    private static long playing() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("candidates"))
                .count();
    }

    @Test
    void theSameTakeIsChosenHoweverManyArePlayedAtOnce() {
        Choice.Chosen alone = take(1, (candidate, tick) -> true);
        for (int threads : new int[] {2, 3, 16}) {
            assertEquals(alone, take(threads, (candidate, tick) -> true), threads + " threads");
            assertEquals(0, playing());
        }
    }

    @Test
    void whereItIsStoppedAllStopAndNothingIsChosen() {
        for (int threads : new int[] {1, 2, 4}) {
            AtomicInteger asked = new AtomicInteger();
            Choice.Chosen stopped = take(threads, (candidate, tick) -> asked.incrementAndGet() < 20);
            assertFalse(stopped.take().complete());
            assertEquals(0, playing());
        }
    }

    @Test
    void whatGoesWrongInOneEndsAllAndIsTold() {
        for (int threads : new int[] {1, 2, 4}) {
            IllegalStateException e = assertThrows(
                    IllegalStateException.class,
                    () -> take(threads, (candidate, tick) -> {
                        if (candidate == 1) {
                            throw new IllegalStateException("candidate 1");
                        }
                        return true;
                    }));
            assertEquals("candidate 1", e.getMessage());
            assertEquals(0, playing());
        }
    }
}
