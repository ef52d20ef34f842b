package org.continuo.engine.critic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.junit.jupiter.api.Test;

/** With the rule that ships. */
class CriticTest {
    private static final int QUARTER = Score.TICKS_PER_QUARTER;

    private final Critic critic = new Critic();
    private final StartingPrompt start = StartingPrompt.named("turkish-march");
    private final int half = start.score().meters().barStart(start.bars() / 2);
    private final int end = start.score().meters().barStart(start.bars());
    private final Prompt prompt = new Prompt(start.score(), half);

    private double judged(List<Note> notes) {
        return critic.judge(prompt, new Take(notes, end, 0, 0, 0, true));
    }

    /** The piece's own second half. */
    private List<Note> own() {
        return start.score().notes().stream()
                .filter(note -> note.start() >= half)
                .toList();
    }

    @Test
    void thePiecesOwnWayIsPreferredToADrone() {
        List<Note> drone = List.of(
                new Note(Instrument.PIANO, 45, 4, half, half + 8 * QUARTER),
                new Note(Instrument.PIANO, 57, 4, half, half + 8 * QUARTER));

        assertTrue(judged(own()) > judged(drone));
    }

    @Test
    void anyMusicIsPreferredToSilence() {
        Note one = new Note(Instrument.PIANO, 45, 4, half, end);

        assertTrue(judged(List.of(one)) > judged(List.of()));
    }

    @Test
    void thePiecesOwnWayIsPreferredToOneNoteOverAndOver() {
        List<Note> hammering = new ArrayList<>();
        for (int tick = half; tick < end; tick += QUARTER / 4) {
            hammering.add(new Note(Instrument.PIANO, 60, 4, tick, tick + QUARTER / 4));
        }

        assertTrue(judged(own()) > judged(hammering));
    }

    @Test
    void whatThereIsNothingToTellByCountsAsUsual() {
        assertEquals(
                critic.judge(Map.of()),
                critic.judge(Map.of("density", Double.NaN, "length", Double.NEGATIVE_INFINITY)));
    }

    @Test
    void theEarKnowsStylesAndNamesOneOfThem() {
        StyleEar ear = new StyleEar();

        assertTrue(ear.styles().size() > 4);
        assertTrue(ear.styles().contains(ear.style(Impression.of(start.score(), half, end))));
    }
}
