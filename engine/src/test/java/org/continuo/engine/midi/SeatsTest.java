package org.continuo.engine.midi;

import static org.continuo.engine.midi.SmfBytes.events;
import static org.continuo.engine.midi.SmfBytes.file;
import static org.continuo.engine.midi.SmfBytes.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.continuo.engine.token.Instrument;
import org.junit.jupiter.api.Test;

/** In which track and on which channel an instrument plays on. */
class SeatsTest extends ExtendedClips {
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
}
