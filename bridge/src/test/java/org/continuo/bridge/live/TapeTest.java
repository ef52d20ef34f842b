package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.continuo.engine.takes.TakeNote;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Test;

class TapeTest {
    private static final double OPEN = Double.POSITIVE_INFINITY;

    private final Tape tape = new Tape();
    private final TransportSnapshot host = new TransportSnapshot();

    TapeTest() {
        host.flags = TransportSnapshot.HAS_BEAT
                | TransportSnapshot.HAS_BAR_START
                | TransportSnapshot.HAS_TEMPO
                | TransportSnapshot.HAS_METER;
        host.tempo = 90;
        host.numerator = 3;
        host.denominator = 4;
    }

    /** The host plays on from performance time {@code at}, at a beat one quarter into a bar, or stands. */
    private void host(double at, boolean plays) {
        host.flags = plays ? host.flags | TransportSnapshot.PLAYING : host.flags & ~TransportSnapshot.PLAYING;
        host.performance = at;
        host.beat = at + 1;
        host.barStart = Math.floor(host.beat / 3) * 3;
        tape.transport(host, true);
    }

    private List<String> notes(double now) {
        return tape.passage(now).notes().stream()
                .map(n -> (n.model() ? "model " : "") + n.instrument().label() + " " + n.pitch() + " " + n.start() + "-"
                        + n.end())
                .toList();
    }

    @Test
    void notesOfBothSidesAreThereFromTheBarLineBeforeTheStart() {
        tape.part(1, Instrument.BASS);
        host(3, true);
        tape.struck(3.5, 0, 60, 90);
        tape.sounded(7, 4, 1, 40, 80, 4.5);
        tape.sounded(7, 4, 1, 40, 80, 4.5); // by another member that hears the channel
        tape.released(5, 0, 60);
        assertEquals(List.of("piano 60 1.5-3.0", "model bass 40 2.0-2.5"), notes(6));
        assertEquals(new Meter(3, 4), tape.passage(6).meter());
        assertEquals(90, tape.passage(6).tempo());
    }

    @Test
    void anEndThatIsPlannedAnewIsTheOneThatCounts() {
        host(3, true);
        tape.sounded(1, 4, 1, 40, 80, 4.5);
        tape.ends(1, OPEN);
        assertEquals(List.of("model piano 40 2.0-6.0"), notes(8));
        tape.ends(1, 5);
        tape.ends(2, 1); // a note that has yet to sound
        assertEquals(List.of("model piano 40 2.0-3.0"), notes(8));
    }

    @Test
    void aBreakEndsWhatTheModelPlaysAndAStopEndsEverything() {
        host(3, true);
        tape.struck(3.5, 0, 60, 90);
        tape.sounded(1, 4, 1, 40, 80, 9);
        host(5, true);
        assertEquals(List.of("piano 60 1.5-6.0", "model piano 40 2.0-3.0"), notes(8));
        host(6, false);
        tape.struck(6, 0, 61, 90); // tried while the host stands: it has no place
        tape.released(6, 0, 60);
        assertEquals(List.of("piano 60 1.5-4.0", "model piano 40 2.0-3.0"), notes(20));
    }

    @Test
    void aStartForgetsWhatWasBefore() {
        assertNull(tape.passage(1));
        host(3, true);
        tape.struck(3.5, 0, 60, 90);
        host(5, false);
        tape.released(5, 0, 60);
        host(6, true);
        assertNull(tape.passage(7));
        tape.struck(8, 0, 61, 90);
        assertEquals(List.of("piano 61 3.0-4.0"), notes(9));
    }

    @Test
    void aKeyThatIsDownWhenTheHostStartsSoundsFromThere() {
        tape.struck(3, 0, 60, 90); // a hair before the host
        tape.struck(3, 0, 62, 90);
        tape.released(3, 0, 62);
        host(3, true);
        tape.released(4, 0, 60);
        tape.struck(5, 0, 64, 90);
        host(6, false);
        assertEquals(List.of("piano 60 1.0-2.0", "piano 64 3.0-4.0"), notes(6));
        host(6, true);
        assertEquals(List.of("piano 64 1.0-2.0"), notes(7), "held over a stop");
    }

    @Test
    void thePedalHoldsNotesUntilItComesUpOrTheirKeysAreStruckAgain() {
        host(3, true);
        tape.pedalled(3, 0, true);
        tape.struck(3.5, 0, 60, 90);
        tape.struck(3.5, 0, 62, 90);
        tape.struck(3.5, 0, 64, 90);
        tape.released(4, 0, 60);
        tape.released(4, 0, 62);
        assertEquals(List.of("piano 60 1.5-2.5", "piano 62 1.5-2.5", "piano 64 1.5-2.5"), notes(4.5), "so far");
        tape.struck(5, 0, 60, 90);
        tape.pedalled(6, 0, false);
        tape.released(7, 0, 64);
        tape.released(8, 0, 60);
        assertEquals(List.of("piano 60 1.5-3.0", "piano 62 1.5-4.0", "piano 64 1.5-5.0", "piano 60 3.0-6.0"), notes(9));
    }

    @Test
    void aPedalThatStaysDownHoldsNoNoteForMoreThanFourBars() {
        host(3, true);
        tape.pedalled(3, 0, true);
        tape.struck(3.5, 0, 60, 90);
        tape.released(4, 0, 60);
        tape.struck(4, 0, 62, 90); // a key may be held for as long as one likes
        tape.released(24, 0, 62);
        assertEquals(List.of("piano 60 1.5-17.5", "piano 62 2.0-22.0"), notes(60));
    }

    @Test
    void aPanicForgetsKeysAndPedals() {
        host(3, true);
        tape.pedalled(3, 0, true);
        tape.struck(3, 0, 60, 90);
        tape.struck(3, 0, 62, 90);
        tape.released(3.5, 0, 62);
        tape.letGo(4);
        tape.struck(5, 0, 64, 90);
        tape.released(6, 0, 64);
        assertEquals(List.of("piano 60 1.0-2.0", "piano 62 1.0-2.0", "piano 64 3.0-4.0"), notes(9));
        host(9, false);
        host(10, true);
        assertNull(tape.passage(11));
    }

    @Test
    void drumsKnowNoPedal() {
        host(3, true);
        tape.pedalled(3, 9, true);
        tape.struck(3, 9, 36, 90);
        tape.released(4, 9, 36);
        assertEquals(List.of("drums 36 1.0-2.0"), notes(9));
    }

    @Test
    void anotherHostThatPlaysOnWhereTheBandsStoodForgetsNothing() {
        host(3, true);
        tape.struck(3.5, 0, 60, 90);
        host(5, false);
        host.flags |= TransportSnapshot.PLAYING;
        tape.goesOn(host);
        tape.struck(6, 0, 61, 90);
        assertEquals(List.of("piano 60 1.5-3.0", "piano 61 4.0-5.0"), notes(7));
    }

    @Test
    void whereAnotherHostTakesOverWhatTheModelPlaysHasEnded() {
        host(3, true);
        tape.struck(3.5, 0, 60, 90);
        tape.sounded(1, 4, 1, 40, 80, OPEN);
        host.performance = 5; // the clock has fallen silent there
        tape.goesOn(host);
        assertEquals(List.of("piano 60 1.5-5.0", "model piano 40 2.0-3.0"), notes(7));
    }

    @Test
    void whereAnotherHostTakesOverBeforeAnythingWasPlayedTheTapeBeginsThere() {
        host(500, false); // a plugin that is switched off
        host.flags |= TransportSnapshot.PLAYING;
        tape.goesOn(host);
        tape.struck(501, 0, 60, 90);
        tape.released(502, 0, 60);
        assertEquals(List.of("piano 60 1.0-2.0"), notes(503)); // beat 501 is a bar line
        assertEquals(new Meter(3, 4), tape.passage(503).meter());
        assertEquals(90, tape.passage(503).tempo());
    }

    @Test
    void ofMoreNotesThanThereIsRoomForTheLatestAreThere() {
        host(3, true);
        for (int i = 1; i <= 3 * Tape.NOTES; i++) {
            double at = 3 + i * 0.1;
            tape.sounded(i, at, 1, 40, 80, OPEN);
            tape.ends(i, at + 0.05);
        }
        List<TakeNote> notes = tape.passage(1e5).notes();
        assertEquals(Tape.NOTES, notes.size());
        assertEquals(1 + (2 * Tape.NOTES + 1) * 0.1, notes.get(0).start(), 1e-6);
        assertTrue(notes.stream().allMatch(note -> Math.abs(note.end() - note.start() - 0.05) < 1e-6));
    }

    @Test
    void figuresThatNoMusicianPlaysAreLeftOut() {
        host(3, true);
        tape.struck(1e9, 0, 60, 90);
        tape.struck(0, 0, 61, 90);
        tape.sounded(1, 1e9, 1, 40, 80, 1e9);
        assertEquals(List.of("piano 61 0.0-6.0"), notes(8));
    }
}
