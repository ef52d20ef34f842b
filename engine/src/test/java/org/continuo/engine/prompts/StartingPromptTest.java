package org.continuo.engine.prompts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.junit.jupiter.api.Test;

class StartingPromptTest {
    private static final Path EXAMPLES = Path.of("..", "installers", "examples");
    private static final String HEAD = "title t\nmeter 4/4\ntempo 60\nunit 1/16\n";

    /** -Dcontinuo.writeExamples=true writes them anew. */
    @Test
    void shouldBeWhatTheExampleClipsHold() throws Exception {
        for (String name : StartingPrompt.NAMES) {
            StartingPrompt prompt = StartingPrompt.named(name);
            Path file = EXAMPLES.resolve(name + ".mid");
            if (Boolean.getBoolean("continuo.writeExamples")) {
                MidiWriter.write(file, prompt.score(), prompt.bars(), prompt.microsPerQuarter());
            }

            assertArrayEquals(
                    MidiWriter.bytes(prompt.score(), prompt.bars(), prompt.microsPerQuarter()),
                    Files.readAllBytes(file),
                    name);
        }
    }

    @Test
    void shouldPlayTheOpeningNotesOfFurElise() {
        List<Note> notes = StartingPrompt.named("fur-elise").score().notes();

        assertEquals(
                List.of(76, 75, 76, 75, 76, 71, 74, 72, 45),
                notes.stream().limit(9).map(Note::pitch).toList());
        assertEquals(24, notes.get(0).start(), "the upbeat is the last of three eighths");
    }

    @Test
    void shouldRefuseNamesItDoesNotKnow() {
        assertThrows(IllegalArgumentException.class, () -> StartingPrompt.named("../fur-elise"));
    }

    @Test
    void shouldReadChordsRestsLoudnessAndVoices() {
        StartingPrompt prompt = Notation.read(
                "test", HEAD + "piano a: pp [C4 Eb4]:4 r:2 ff F#4:10 |\npiano a: A4:16\ndrums: kick:2 snare:14");

        assertEquals(
                List.of(
                        new Note(Instrument.PIANO, 60, 2, 0, 24),
                        new Note(Instrument.PIANO, 63, 2, 0, 24),
                        new Note(Instrument.DRUMS, 36, 5, 0, 1),
                        new Note(Instrument.DRUMS, 38, 5, 12, 13),
                        new Note(Instrument.PIANO, 66, 7, 36, 96),
                        new Note(Instrument.PIANO, 69, 7, 96, 192)),
                prompt.score().notes());
        assertEquals(2, prompt.bars());
    }

    @Test
    void shouldNameTheLineThatMakesNoSense() {
        for (String wrong : List.of("piano: C4:15 | D4", "piano: H4", "kazoo: C4", "piano C4", "piano: C9")) {
            Exception e =
                    assertThrows(IllegalArgumentException.class, () -> Notation.read("test", HEAD + wrong), wrong);

            assertTrue(e.getMessage().endsWith("in: " + wrong), e.getMessage());
        }
        assertFalse(StartingPrompt.NAMES.isEmpty());
    }
}
