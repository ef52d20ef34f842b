package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Vocabulary;
import org.junit.jupiter.api.Test;

class KeyboardTest {
    private final Parts parts = new Parts();
    private final Counters counters = new Counters();
    private final Keyboard keyboard = new Keyboard(parts, counters);

    @Test
    void thePedalHoldsNotesUntilItIsReleased() {
        keyboard.strike(0, 0, 60, 64, true);
        keyboard.control(0.5, 0, 64, 127);
        keyboard.release(1, 0, 60);
        assertEquals(List.of("piano 60 on 4 at 0.0"), waiting());
        assertEquals(1, keyboard.sounding());

        keyboard.control(2, 0, 64, 0);

        assertEquals(List.of("piano 60 off at 2.0"), waiting());
        assertEquals(0, keyboard.sounding());
    }

    @Test
    void aKeyStillDownOutlastsThePedal() {
        keyboard.control(0, 0, 64, 127);
        keyboard.strike(0, 0, 60, 64, true);
        keyboard.control(1, 0, 64, 0);
        assertEquals(1, keyboard.sounding());
        keyboard.release(2, 0, 60);

        assertEquals(List.of("piano 60 on 4 at 0.0", "piano 60 off at 2.0"), waiting());
    }

    @Test
    void otherControllersMeanNothing() {
        keyboard.strike(0, 0, 60, 64, true);
        keyboard.control(0, 0, 1, 127);
        keyboard.release(1, 0, 60);

        assertEquals(List.of("piano 60 on 4 at 0.0", "piano 60 off at 1.0"), waiting());
    }

    @Test
    void unknownChannelsAreThePianoAndTheTenthIsDrums() {
        keyboard.strike(0, 3, 60, 1, true);
        keyboard.strike(0, 9, 36, 127, true);
        keyboard.release(1, 9, 36);

        assertEquals(List.of("piano 60 on 0 at 0.0", "drums 36 on 7 at 0.0"), waiting());
    }

    @Test
    void aMusicianOnTheModelsChannelDoesNotTakeItsInstrumentAway() {
        parts.set(0, Instrument.PIANO, Player.MODEL);
        keyboard.strike(0, 0, 60, 64, true);

        assertEquals(List.of("violin 60 on 4 at 0.0"), waiting());
    }

    @Test
    void notesOutOfRangeAreFoldedInAndEndAsTheyBegan() {
        parts.set(0, Instrument.BASS, Player.MUSICIAN);
        keyboard.strike(0, 0, 80, 64, true);
        keyboard.release(1, 0, 80);

        assertEquals(List.of("bass 56 on 4 at 0.0", "bass 56 off at 1.0"), waiting());
    }

    @Test
    void whatThePedalHoldsEndsWhereItsKeyIsStruckAsAnotherInstrument() {
        keyboard.control(0, 0, 64, 127);
        keyboard.strike(0, 0, 60, 64, true);
        keyboard.release(1, 0, 60);
        parts.set(0, Instrument.FLUTE, Player.MUSICIAN);
        keyboard.strike(2, 0, 60, 64, true);

        assertEquals(List.of("piano 60 on 4 at 0.0", "piano 60 off at 2.0", "flute 60 on 4 at 2.0"), waiting());
        assertEquals(1, keyboard.sounding());
        keyboard.control(3, 0, 64, 0);
        keyboard.release(4, 0, 60);
        assertEquals(List.of("flute 60 off at 4.0"), waiting());
        assertEquals(0, keyboard.sounding());
    }

    @Test
    void asManyNotesSoundAsWereStartedAndNotEndedWhateverChanges() {
        Instrument[] instruments = {Instrument.PIANO, Instrument.BASS, Instrument.FLUTE, Instrument.DRUMS};
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Set<Integer> open = new HashSet<>();
            for (int step = 0; step < 300; step++) {
                int channel = random.nextInt(2);
                int pitch = 55 + random.nextInt(30); // the bass's are folded in
                switch (random.nextInt(8)) {
                    case 0 -> parts.set(channel, instruments[random.nextInt(instruments.length)], Player.MUSICIAN);
                    case 1 -> keyboard.control(step, channel, 64, random.nextInt(2) * 127);
                    case 2, 3, 4 -> keyboard.release(step, channel, pitch);
                    default -> keyboard.strike(step, channel, pitch, 64, true);
                }
                follow(open);
                if (random.nextInt(100) == 0) {
                    keyboard.letGo();
                    open.clear();
                }
                assertEquals(open.size(), keyboard.sounding(), "seed " + seed + ", step " + step);
            }
            for (int key = 0; key < 2 * 128; key++) {
                keyboard.control(300, key / 128, 64, 0);
                keyboard.release(300, key / 128, key % 128);
            }
            follow(open);
            assertEquals(Set.of(), open, "seed " + seed);
            assertEquals(0, keyboard.sounding(), "seed " + seed);
        }
    }

    /** Takes what waits. */
    private void follow(Set<Integer> open) {
        for (int i = 0; i < keyboard.waiting(); i++) {
            int token = keyboard.token(i);
            if (Vocabulary.isNoteOff(token)) {
                open.remove(SoundingNotes.key(token));
            } else if (Vocabulary.instrumentOf(token).sustains()) {
                open.add(SoundingNotes.key(token));
            }
        }
        keyboard.taken();
    }

    @Test
    void whatFindsNoRoomIsCounted() {
        for (int i = 0; i < 2_000; i++) {
            keyboard.strike(i, 0, 60, 64, true);
        }
        assertEquals(1024, keyboard.waiting());
        assertEquals(2_000 - 1024, counters.dropped);
    }

    private List<String> waiting() {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < keyboard.waiting(); i++) {
            said.add(Vocabulary.describe(keyboard.token(i)) + " at " + keyboard.time(i));
        }
        keyboard.taken();
        return said;
    }
}
