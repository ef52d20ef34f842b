package org.continuo.engine.midi;

import static org.continuo.engine.midi.SmfBytes.events;
import static org.continuo.engine.midi.SmfBytes.file;
import static org.continuo.engine.midi.SmfBytes.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class ClipExtensionTest extends ExtendedClips {
    @Test
    void theClipsEventsStayAtTheirPlacesInTheMusic() throws MidiFileException {
        GridClip given = clip(
                100, // not a multiple of 24, so that the file's ticks must become finer
                of(0, 0xff, 3, 2, 'L', 'H'),
                of(0, 0xc4, 5, 1, 0xe4, 3, 0x41),
                of(0, 0x94, 60, 77, 33, 60, 0, 0, 0xf0, 2, 1, 0xf7),
                of(7, 0xb4, 11, 99));

        MidiClip written = extend(given, note(Instrument.VIOLIN, 70, BAR, BAR + 24));

        assertEquals(600, written.resolution());
        assertEquals(
                given.clip().tracks().get(0).events().stream()
                        .map(event -> event.at(event.tick() * 6))
                        .toList(),
                written.tracks().get(0).events().subList(0, 7));
        assertEquals(4 * 600L, written.notes().get(1).start());
    }

    @Test
    void pedalAndBendAreReleasedBeforeTheMusicGoesOn() throws MidiFileException {
        GridClip given = clip(24, of(0, 0xb0, 64, 127, 0, 0xe0, 0, 0x50, 0, 0x90, 70, 80, 9, 70, 0));

        MidiClip written = extend(given, note(Instrument.PIANO, 80, BAR, BAR + 24));

        List<String> join = written.tracks().get(0).events().stream()
                .filter(event -> event.tick() == BAR)
                .map(ClipEvent::toString)
                .toList();
        assertEquals(List.of("96: b0 40 00", "96: e0 00 40", "96: 90 50 48"), join);
    }

    @Test
    void whatWasFadedOutIsHeardAgainWhereTheMusicGoesOn() throws MidiFileException {
        GridClip volume = clip(24, of(0, 0xb0, 7, 90, 0, 0x90, 70, 80, 9, 70, 0, 9, 0xb0, 7, 50, 9, 7, 0));
        GridClip expression =
                clip(24, of(0, 0xb0, 11, 20, 0, 0x90, 70, 80, 9, 0xb0, 11, 110, 9, 11, 60, 9, 11, 54, 9, 0x90, 70, 0));

        assertEquals(List.of("96: b0 07 5a", "96: 90 50 48"), goingOn(volume, 0));
        assertEquals(List.of("96: b0 0b 6e", "96: 90 50 48"), goingOn(expression, 0));
    }

    @Test
    void aPartThatIsCutOffInSilenceIsHeardAsItsNotesWere() throws MidiFileException {
        GridClip given = clip(24, of(0, 0x90, 70, 80, 9, 70, 0, 9, 0xb0, 7, 0, 0, 11, 0));

        assertEquals(List.of("96: b0 07 64", "96: b0 0b 7f", "96: 90 50 48"), goingOn(given, 0));
    }

    @Test
    void whatWasFadedOutInAnotherTrackIsHeardAgainAfterThat() throws MidiFileException {
        GridClip given = ClipQuantizer.place(file(1, 24)
                .track(events(of(0, 0x90, 70, 80, 9, 70, 0)))
                .track(events(of(0, 0xb0, 7, 80, BAR, 7, 0)))
                .read());

        assertEquals(List.of("96: 90 50 48"), goingOn(given, 0));
        assertEquals(List.of("96: b0 07 00", "96: b0 07 50"), goingOn(given, 1));
    }

    @Test
    void aPartGoesOnAsLoudAsItWas() throws MidiFileException {
        GridClip silent = clip(24, of(0, 0xb0, 7, 0, 0, 0x90, 70, 80, 9, 70, 0));
        GridClip turnedDownBefore = clip(24, of(0, 0xb0, 7, 127, 0, 7, 40, 0, 0x90, 70, 80, 9, 70, 0));
        GridClip turnedDownBeside = ClipQuantizer.place(file(1, 24)
                .track(events(of(0, 0x90, 70, 80, 9, 70, 0)))
                .track(events(of(0, 0xb0, 7, 40)))
                .read());
        GridClip softer = clip(24, of(0, 0xb0, 7, 100, 0, 0x90, 70, 80, 9, 70, 0, 9, 0xb0, 7, 50));
        GridClip reset = clip(24, of(0, 0xb0, 11, 100, 0, 0x90, 70, 80, 9, 70, 0, 9, 0xb0, 11, 0, 0, 121, 0));

        for (GridClip given : List.of(silent, turnedDownBefore, turnedDownBeside, softer, reset)) {
            assertEquals(List.of("96: 90 50 48"), goingOn(given, 0));
        }
    }

    @Test
    void whatTheClipStillSaysAfterItsMusicIsNotHeardInWhatGoesOnFromIt() throws MidiFileException {
        GridClip given = clip(
                24,
                of(0, 0xb0, 64, 127, 0, 0x90, 70, 80, 98, 70, 0),
                of(6, 0xb0, 64, 127, 0, 0xe0, 0, 0x50, 0, 0xc0, 40, 0, 0xb0, 7, 0, 0, 123, 0, 0, 0xff, 1, 1, '!'));

        MidiClip written = extend(given, note(Instrument.PIANO, 80, BAR, BAR + 24));

        assertEquals(
                List.of("98: 90 46 00", "104: ff 01 01 21", "120: 80 50 40"),
                written.tracks().get(0).events().stream()
                        .filter(event -> event.tick() > BAR)
                        .map(ClipEvent::toString)
                        .toList());
    }

    /** What a track of the clip has at the bar line where a piano goes on. */
    private static List<String> goingOn(GridClip given, int track) throws MidiFileException {
        return at(BAR, extend(given, note(Instrument.PIANO, 80, BAR, BAR + 24)), track);
    }

    @Test
    void partsBesideTheClipLeaveItsPedalAlone() throws MidiFileException {
        GridClip given = clip(24, of(0, 0xb0, 64, 127, 0, 0x90, 70, 80, 9, 70, 0));

        MidiClip written = read(
                given,
                AddedMusic.alongside(
                        List.of(note(Instrument.PIANO, 70, 0, 24)),
                        given.score().meters(),
                        BAR));

        assertEquals(
                given.clip().tracks().get(0).events(), written.tracks().get(0).events());
        assertEquals(1, last(written).channel());
        assertEquals(BAR, written.endTick());
    }

    @Test
    void aNoteThatStillSoundsEndsWhereItsPitchStartsAgain() throws MidiFileException {
        GridClip given = clip(24, of(0, 0x90, 70, 80, BAR + 4, 0x80, 70, 0));

        MidiClip written = extend(given, note(Instrument.PIANO, 70, BAR, BAR + 24));

        assertEquals(
                List.of(96L, 120L), written.notes().stream().map(ClipNote::end).toList());
    }

    @Test
    void anAddedNoteMakesWayForOneOfTheClip() throws MidiFileException {
        GridClip given = clip(24, of(0, 0x99, 36, 80, 9, 36, 0, 3, 36, 80, 9, 36, 0));

        MidiClip written = read(
                given,
                AddedMusic.alongside(
                        List.of(note(Instrument.DRUMS, 36, 9, 10), note(Instrument.DRUMS, 36, 12, 13)),
                        given.score().meters(),
                        BAR));

        assertEquals(
                List.of("0-9", "9-12", "12-21"),
                written.notes().stream()
                        .map(note -> note.start() + "-" + note.end())
                        .toList());
    }

    @Test
    void aNoteThatNeverEndsIsEnded() throws MidiFileException {
        GridClip given = clip(24, of(0, 0x90, 70, 80, 0, 72, 80, 9, 72, 0, 3, 0xb0, 123, 0));
        GridClip open = clip(24, of(0, 0x90, 70, 80, 50, 0xb0, 7, 100));

        assertBalanced(extend(given, note(Instrument.PIANO, 70, BAR, BAR + 24)));
        assertBalanced(extend(open, note(Instrument.PIANO, 71, BAR, BAR + 24)));
        assertEquals(
                50,
                extend(open, note(Instrument.PIANO, 71, BAR, BAR + 24))
                        .notes()
                        .get(0)
                        .end());
    }

    @Test
    void aKeyStruckTwiceInOneTickSoundsAsLongAsItDid() throws MidiFileException {
        GridClip given = clip(24, of(0, 0x90, 70, 80, 0, 70, 60, 48, 70, 0));

        MidiClip written = extend(given, note(Instrument.PIANO, 72, BAR, BAR + 24));

        assertEquals(
                List.of(48L, 48L),
                written.tracks().get(0).events().stream()
                        .filter(event -> event.isNoteOff() && event.data1() == 70)
                        .map(ClipEvent::tick)
                        .toList());
    }

    @Test
    void newMetersAndTempoAreWrittenFromTheJoinOn() throws MidiFileException {
        GridClip given = clip(24, of(0, 0x90, 70, 80, 9, 70, 0));
        MeterMap meters = MeterMap.of(List.of(
                new MeterMap.Change(0, Meter.COMMON),
                new MeterMap.Change(BAR, new Meter(3, 4)),
                new MeterMap.Change(BAR + 72, new Meter(7, 8))));
        AddedMusic added =
                AddedMusic.continuing(List.of(), meters, BAR, BAR + 72 + 84).withTempo(700_000);

        MidiClip written = read(given, added);

        assertEquals(
                List.of(new MeterChange(96, new Meter(3, 4)), new MeterChange(168, new Meter(7, 8))), written.meters());
        assertEquals(List.of(new TempoChange(96, 700_000)), written.tempos());
        assertEquals(252, written.endTick());
    }

    @Test
    void silenceThatTheScoreLeavesOutStaysInTheFile() throws MidiFileException {
        GridClip given = clip(24, of(0x83, 0x00, 0x90, 70, 80, 9, 70, 0));

        assertEquals(
                4 * BAR + BAR,
                last(extend(given, note(Instrument.PIANO, 70, BAR, BAR + 24))).start());
    }

    @Test
    void aFileThatCannotHaveFinerTicksTakesTheNearest() throws MidiFileException {
        GridClip given = clip(32_767, of(0, 0x90, 70, 80, 9, 70, 0));

        MidiClip written = extend(given, note(Instrument.PIANO, 70, BAR + 1, BAR + 24));

        assertEquals(32_767, written.resolution());
        assertEquals(4 * 32_767 + 1365, last(written).start());
    }

    @Test
    void everyTrackEndsWithThePiece() throws MidiFileException {
        GridClip given = clip(24, of(0, 0x90, 70, 80, 9, 70, 0));

        MidiClip written = extend(given, note(Instrument.FLUTE, 70, BAR, BAR + 24));

        assertTrue(written.tracks().stream().allMatch(track -> track.endTick() == 2 * BAR));
    }
}
