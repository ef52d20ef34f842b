package org.continuo.engine.midi;

import static org.continuo.engine.midi.SmfBytes.events;
import static org.continuo.engine.midi.SmfBytes.file;
import static org.continuo.engine.midi.SmfBytes.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class ClipExtensionTest {
    private static final int BAR = 96;

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
    void anInstrumentPlaysOnWhereTheClipPlaysItMost() throws MidiFileException {
        GridClip given = clip(
                24,
                of(0, 0xc1, 32, 0, 0xc6, 35, 0, 0xc2, 0),
                of(0, 0x91, 40, 80, 9, 40, 0),
                of(0, 0x96, 40, 80, 9, 40, 0, 0, 43, 80, 9, 43, 0),
                of(0, 0x92, 60, 80, 9, 60, 0));

        MidiClip written = extend(given, note(Instrument.BASS, 33, BAR, BAR + 24));

        ClipNote added = last(written);
        assertEquals(1, written.tracks().size());
        assertEquals(6, added.channel());
        assertEquals(35, added.program());
    }

    @Test
    void eachHandOfAPianoPlaysOnInItsOwnStaffAndEachDrumInItsOwnTrack() throws MidiFileException {
        GridClip given = ClipQuantizer.place(file(1, 24)
                .track(events(of(0, 0x90, 72, 80, 9, 72, 0, 0, 60, 80, 9, 60, 0, 0, 76, 80, 9, 76, 0)))
                .track(events(of(0, 0x90, 48, 80, 9, 48, 0, 0, 60, 80, 9, 60, 0, 0, 60, 80, 9, 60, 0)))
                .track(events(of(0, 0x99, 36, 80, 9, 36, 0)))
                .track(events(of(0, 0x99, 42, 80, 9, 42, 0, 0, 42, 80, 9, 42, 0)))
                .read());

        MidiClip written = extend(
                given,
                note(Instrument.PIANO, 67, BAR, BAR + 24),
                note(Instrument.PIANO, 52, BAR, BAR + 24),
                note(Instrument.PIANO, 60, BAR, BAR + 24),
                note(Instrument.DRUMS, 36, BAR, BAR + 1),
                note(Instrument.DRUMS, 42, BAR, BAR + 1));

        assertEquals(
                List.of("0 67", "1 52", "1 60", "2 36", "3 42"),
                written.notes().stream()
                        .filter(note -> note.start() == BAR)
                        .map(note -> note.track() + " " + note.pitch())
                        .toList());
        assertEquals(4, written.tracks().size());
    }

    @Test
    void aChannelThatChangedItsProgramSinceChangesBack() throws MidiFileException {
        GridClip given = clip(
                24,
                of(0, 0xc1, 40, 0, 0x91, 70, 80, 9, 70, 0, 0, 72, 80, 9, 72, 0),
                of(0, 0xc1, 56, 0, 0x91, 70, 80, 9, 70, 0));

        assertEquals(
                40,
                last(extend(given, note(Instrument.VIOLIN, 80, BAR, BAR + 24))).program());
    }

    @Test
    void andToTheBankThatItWasOf() throws MidiFileException {
        GridClip given = clip(
                24,
                of(0, 0xb1, 0, 8, 0, 32, 2, 0, 0xc1, 40, 0, 0x91, 70, 80, 9, 70, 0, 0, 72, 80, 9, 72, 0),
                of(0, 0xb1, 0, 16, 0, 32, 0, 0, 0xc1, 56, 0, 0x91, 70, 80, 9, 70, 0));

        assertEquals(
                List.of("96: b1 00 08", "96: b1 20 02", "96: c1 28", "96: 91 50 48"),
                at(BAR, extend(given, note(Instrument.VIOLIN, 80, BAR, BAR + 24)), 0));
        assertEquals(List.of("96: 91 50 48"), at(BAR, extend(given, note(Instrument.TRUMPET, 80, BAR, BAR + 24)), 0));
    }

    @Test
    void twoInstrumentsOfOneChannelPart() throws MidiFileException {
        GridClip given = clip(
                24,
                of(0, 0xc0, 40, 0, 0x90, 70, 80, 9, 70, 0, 0, 72, 80, 9, 72, 0),
                of(0, 0xc0, 56, 0, 0x90, 70, 80, 9, 70, 0));

        MidiClip written =
                extend(given, note(Instrument.VIOLIN, 80, BAR, BAR + 24), note(Instrument.TRUMPET, 80, BAR, BAR + 24));

        List<ClipNote> added = written.notes().subList(3, 5);
        assertEquals(List.of(40, 56), added.stream().map(ClipNote::program).toList());
        assertEquals(List.of(0, 1), added.stream().map(ClipNote::channel).toList());
    }

    @Test
    void whoPlaysMoreOnAChannelKeepsIt() throws MidiFileException {
        GridClip given = clip(
                24,
                of(0, 0xc0, 40, 0, 0x90, 70, 80, 9, 70, 0),
                of(0, 0xc0, 56, 0, 0x90, 70, 80, 9, 70, 0, 0, 72, 80, 9, 72, 0));

        MidiClip written =
                extend(given, note(Instrument.VIOLIN, 80, BAR, BAR + 24), note(Instrument.TRUMPET, 80, BAR, BAR + 24));

        assertEquals(
                List.of("0 56", "1 40"),
                written.notes().subList(3, 5).stream()
                        .map(note -> note.channel() + " " + note.program())
                        .toList());
        assertEquals("Violin", written.tracks().get(1).name());
    }

    @Test
    void aNewInstrumentGetsATrackAndAFreeChannel() throws MidiFileException {
        GridClip given = clip(24, of(0, 0x90, 70, 80, 9, 70, 0, 0, 0xb1, 7, 90));

        MidiClip written =
                extend(given, note(Instrument.FLUTE, 80, BAR, BAR + 24), note(Instrument.DRUMS, 36, BAR, BAR + 1));

        assertEquals(
                List.of("", "Flute", "Drums"),
                written.tracks().stream().map(ClipTrack::name).toList());
        assertEquals(2, written.notes().get(1).channel());
        assertEquals(73, written.notes().get(1).program());
        assertEquals(9, written.notes().get(2).channel());
    }

    @Test
    void whereAllChannelsAreUsedTheOneSilentFirstIsTakenOver() throws MidiFileException {
        List<int[]> parts = new ArrayList<>();
        for (int channel = 0; channel < 16; channel++) {
            int end = channel == 11 ? 2 : 9;
            parts.add(of(0, 0xc0 | channel, 0, 0, 0x90 | channel, 70, 80, end, 70, 0, 0, 0xb0 | channel, 7, 1));
        }
        GridClip given = clip(24, parts.toArray(int[][]::new));
        int first = given.clip().notes().get(0).channel();

        MidiClip continued = extend(given, note(Instrument.FLUTE, 80, 7 * BAR, 7 * BAR + 24));
        MidiClip beside = read(
                given,
                AddedMusic.alongside(
                        List.of(note(Instrument.FLUTE, 80, 0, 24)),
                        given.score().meters(),
                        BAR));

        assertEquals(first, last(continued).channel());
        assertEquals(73, last(continued).program());
        assertEquals(
                List.of(0),
                beside.notes().stream().map(ClipNote::program).distinct().toList());
    }

    @Test
    void aPartBesideTheClipTakesOverAChannelOnWhichTheClipSetsOnlyControllers() throws MidiFileException {
        List<int[]> parts = new ArrayList<>();
        for (int channel = 0; channel < 16; channel++) {
            parts.add(of(0, 0xb0 | channel, 121, 0, 1, 0xc0 | channel, 5));
        }
        parts.add(of(0, 0x90, 70, 80, 9, 70, 0, 0, 0x91, 70, 80, 9, 70, 0));
        GridClip given = clip(24, parts.toArray(int[][]::new));

        MidiClip beside = read(
                given,
                AddedMusic.alongside(
                        List.of(note(Instrument.FLUTE, 80, 0, 24), note(Instrument.FLUTE, 80, 48, 72)),
                        given.score().meters(),
                        BAR));

        assertEquals(
                List.of("0 5", "1 5", "2 73", "2 73"),
                beside.notes().stream()
                        .map(note -> note.channel() + " " + note.program())
                        .sorted()
                        .toList());
    }

    @Test
    void aNewInstrumentHasAChannelToItselfWhereAPlayerKnowsNoPorts() throws MidiFileException {
        GridClip given = ClipQuantizer.place(file(1, 24)
                .track(events(of(0, 0xff, 0x21, 1, 1, 0, 0xc0, 40, 0, 0x90, 70, 80, 9, 70, 0)))
                .read());

        MidiClip written = extend(given, note(Instrument.FLUTE, 80, BAR, BAR + 24));

        assertEquals(1, last(written).channel());
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

    /** What a track has at a tick. */
    private static List<String> at(long tick, MidiClip clip, int track) {
        return clip.tracks().get(track).events().stream()
                .filter(event -> event.tick() == tick)
                .map(ClipEvent::toString)
                .toList();
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

    private static Note note(Instrument instrument, int pitch, int start, int end) {
        return new Note(instrument, pitch, 4, start, end);
    }

    private static GridClip clip(int resolution, int[]... parts) throws MidiFileException {
        return ClipQuantizer.place(file(0, resolution).track(events(parts)).read());
    }

    private static MidiClip extend(GridClip given, Note... notes) throws MidiFileException {
        int from = Arrays.stream(notes).mapToInt(Note::start).min().orElseThrow() / BAR * BAR;
        return read(given, AddedMusic.continuing(List.of(notes), given.score().meters(), from, from + BAR));
    }

    private static MidiClip read(GridClip given, AddedMusic added) throws MidiFileException {
        MidiClip written = ClipReader.read("written.mid", MidiWriter.bytes(given, added));
        assertEquals(List.of(), written.remarks());
        assertBalanced(written);
        return written;
    }

    /** Every note has an end of its own. */
    private static void assertBalanced(MidiClip clip) {
        for (ClipTrack track : clip.tracks()) {
            NotePairing pairing = NotePairing.of(track);
            Set<Integer> offs = new HashSet<>();
            for (int i = 0; i < track.events().size(); i++) {
                if (track.events().get(i).isNoteOn()) {
                    assertTrue(pairing.off(i) >= 0 && offs.add(pairing.off(i)), "note without end: event " + i);
                }
            }
        }
    }

    private static ClipNote last(MidiClip clip) {
        return clip.notes().get(clip.notes().size() - 1);
    }
}
