package org.continuo.engine.midi;

import static org.continuo.engine.midi.SmfBytes.events;
import static org.continuo.engine.midi.SmfBytes.file;
import static org.continuo.engine.midi.SmfBytes.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** At one tick to the quarter, so that lengths read as quarters. */
class SustainPedalTest {
    private static final int[] DOWN = {0, 0xb0, 64, 64};

    @Test
    void aNoteSoundsUntilThePedalComesUp() throws MidiFileException {
        assertEquals(List.of("0-5"), heard(DOWN, of(0, 0x90, 60, 9, 2, 60, 0), of(3, 0xb0, 64, 63)));
    }

    @Test
    void aNoteSoundsUntilItsPitchStartsAgain() throws MidiFileException {
        assertEquals(
                List.of("0-4", "4-9"),
                heard(DOWN, of(0, 0x90, 60, 9, 2, 60, 0, 2, 60, 9, 1, 60, 0), of(4, 0xb0, 64, 0)));
    }

    @Test
    void aPedalThatIsNeverLiftedHoldsFourBars() throws MidiFileException {
        assertEquals(List.of("0-16"), heard(DOWN, of(0, 0x90, 60, 9, 2, 60, 0), of(99, 0xb0, 7, 0)));
    }

    @Test
    void aKeyHeldLongerThanThatIsNotCut() throws MidiFileException {
        assertEquals(List.of("0-30"), heard(DOWN, of(0, 0x90, 60, 9, 30, 60, 0), of(9, 0xb0, 64, 0)));
    }

    @Test
    void thePedalOfAnotherChannelHoldsNothing() throws MidiFileException {
        assertEquals(List.of("0-2"), heard(DOWN, of(0, 0x91, 60, 9, 2, 60, 0), of(3, 0xb0, 64, 0)));
    }

    @Test
    void keyAndPedalThatMoveTogetherDoNotHold() throws MidiFileException {
        assertEquals(
                List.of("0-2", "2-4"),
                heard(
                        DOWN,
                        of(0, 0x90, 60, 9, 2, 0xb0, 64, 0, 0, 64, 127, 0, 0x90, 60, 0, 0, 62, 9),
                        of(2, 0xb0, 64, 0, 0, 0x90, 62, 0)));
    }

    @Test
    void resettingAllControllersLiftsThePedal() throws MidiFileException {
        assertEquals(List.of("0-5"), heard(DOWN, of(0, 0x90, 60, 9, 2, 60, 0), of(3, 0xb0, 121, 0, 9, 64, 0)));
    }

    private static List<String> heard(int[]... parts) throws MidiFileException {
        return SustainPedal.hold(file(0, 1).track(events(parts)).read()).stream()
                .map(note -> note.start() + "-" + note.end())
                .toList();
    }
}
