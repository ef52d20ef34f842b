package org.continuo.engine.takes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchTest {
    private static final Meter WALTZ = new Meter(3, 4);

    @TempDir
    Path folder;

    private TakeTree tree;
    private int number;

    /** In bars of three quarters: a bar of silence, a piano in the second and third, drums on channel 5 in the third. */
    @BeforeEach
    void waltz() throws Exception {
        tree = TakeTree.open(folder);
        number = tree.add(
                        "waltz",
                        WALTZ,
                        90,
                        List.of(
                                new TakeNote(false, 2, Instrument.PIANO, 60, 90, 3.01, 4),
                                new TakeNote(false, 2, Instrument.PIANO, 64, 90, 4, 5),
                                new TakeNote(true, 5, Instrument.DRUMS, 36, 90, 6, 6.25),
                                new TakeNote(false, 2, Instrument.PIANO, 67, 90, 7, 11)))
                .number();
    }

    @Test
    void theModelGoesOnFromABarLineAndKnowsNothingOfWhatCameAfter() throws Exception {
        Branch branch = Branch.at(tree, number, 2);
        Prompt prompt = branch.opening().prompt();

        assertEquals(
                List.of(60, 64),
                prompt.score().notes().stream().map(Note::pitch).toList());
        assertEquals(72, prompt.join(), "after one bar: the silent one is not read");
        assertEquals(72, prompt.meters().barStart(1));
    }

    @Test
    void unlessABarIsNamedItIsTheOneAfterTheLastNoteBegins() throws Exception {
        Branch branch = Branch.atTheEnd(tree, number);

        assertEquals(3, branch.bar());
        assertEquals(2 * 72, branch.opening().prompt().join());
    }

    @Test
    void whatIsPlayedFromThereIsATakeThatGoesOnFromTheBar() throws Exception {
        Branch branch = Branch.atTheEnd(tree, number);
        Take added = branch.add(
                tree,
                "more",
                List.of(
                        new Note(Instrument.PIANO, 72, 5, 144, 156),
                        new Note(Instrument.DRUMS, 38, 5, 168, 169),
                        new Note(Instrument.BASS, 40, 5, 168, 216)));

        assertEquals(number, added.parent());
        assertEquals(3, added.fromBar());
        List<TakeNote> music = tree.music(added.number());
        assertEquals(9, music.get(3).end(), "what rang over the bar line ends there");
        assertEquals(new TakeNote(true, 2, Instrument.PIANO, 72, 88, 9, 9.5), music.get(4));
        assertEquals(5, music.get(5).channel());
        assertEquals(new TakeNote(true, 0, Instrument.BASS, 40, 88, 10, 12), music.get(6));
        assertEquals(90, added.tempo());
    }

    @Test
    void beforeItsOwnFirstBarATakeIsTheOneThatItGoesOnFrom() throws Exception {
        Note added = new Note(Instrument.PIANO, 72, 5, 144, 156);
        int later =
                Branch.atTheEnd(tree, number).add(tree, "later", List.of(added)).number();
        Branch branch = Branch.at(tree, later, 2);

        assertEquals(
                List.of(60, 64),
                branch.opening().prompt().score().notes().stream()
                        .map(Note::pitch)
                        .toList());
        assertEquals(
                number,
                branch.add(tree, "from before", List.of(new Note(Instrument.PIANO, 72, 5, 72, 84)))
                        .parent());
    }

    @Test
    void aBarThatNoTakeCanBeginWithIsRefusedBeforeAnythingIsPlayed() {
        for (int bar : new int[] {100_001, 300_000_000, Integer.MAX_VALUE - 1}) {
            TakeException late = assertThrows(TakeException.class, () -> Branch.at(tree, number, bar));
            assertEquals("bar " + (bar + 1) + " is too late for a take to begin with", late.getMessage());
        }
    }

    @Test
    void whereNothingIsPlayedBeforeTheBarItIsRefused() throws Exception {
        TakeException silent = assertThrows(TakeException.class, () -> Branch.at(tree, number, 1));
        assertEquals("nothing is played in take " + number + " before bar 2", silent.getMessage());
        tree.discard(number, 0, 9);
        assertThrows(TakeException.class, () -> Branch.atTheEnd(tree, number));
        assertThrows(TakeException.class, () -> Branch.at(tree, 9, 1));
    }
}
