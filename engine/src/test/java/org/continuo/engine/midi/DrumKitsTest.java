package org.continuo.engine.midi;

import static org.continuo.engine.midi.SmfBytes.events;
import static org.continuo.engine.midi.SmfBytes.file;
import static org.continuo.engine.midi.SmfBytes.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class DrumKitsTest {
    private static final int[] XG = of(0, 0xf0, 8, 0x43, 0x10, 0x4c, 0, 0, 0x7e, 0, 0xf7);
    private static final int[] GS = of(0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0, 0x7f, 0, 0x41, 0xf7);

    /** A note of the eleventh channel, then one of the tenth. */
    private static final int[] NOTES = of(0, 0x9a, 36, 90, 9, 36, 0, 0, 0x99, 38, 90, 9, 38, 0);

    @Test
    void theTenthChannelAloneHasDrums() throws MidiFileException {
        assertEquals(List.of(Instrument.VIOLIN, Instrument.DRUMS), players(of(0, 0xca, 48), NOTES));
    }

    @Test
    void xgPutsAKitOnAnyChannelByItsBank() throws MidiFileException {
        assertEquals(List.of(Instrument.DRUMS, Instrument.DRUMS), players(XG, of(0, 0xba, 0, 127, 0, 0xca, 48), NOTES));
        assertEquals(
                List.of(Instrument.VIOLIN, Instrument.DRUMS),
                players(XG, of(0, 0xba, 0, 127, 0, 0xca, 0, 0, 0xba, 0, 0, 0, 0xca, 48), NOTES),
                "and takes it away again");
    }

    @Test
    void aBankThatIsAKitInXgIsSoundsLikeOthersWhereTheFileIsNotXg() throws MidiFileException {
        assertEquals(List.of(Instrument.VIOLIN, Instrument.DRUMS), players(of(0, 0xba, 0, 127, 0, 0xca, 48), NOTES));
        assertEquals(
                List.of(Instrument.VIOLIN, Instrument.DRUMS), players(XG, GS, of(0, 0xba, 0, 127, 0, 0xca, 48), NOTES));
    }

    @Test
    void generalMidi2PutsAKitOnAnyChannelByItsBank() throws MidiFileException {
        assertEquals(List.of(Instrument.DRUMS, Instrument.DRUMS), players(of(0, 0xba, 0, 120, 0, 0xca, 48), NOTES));
    }

    @Test
    void gsAndXgMakeAPartOneOfDrumsByAMessage() throws MidiFileException {
        int[] gsPart = of(0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x1a, 0x15, 1, 0x10, 0xf7);
        int[] xgPart = of(0, 0xf0, 8, 0x43, 0x10, 0x4c, 8, 10, 7, 2, 0xf7);
        int[] gsBack = of(0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x1a, 0x15, 0, 0x11, 0xf7);
        int[] kit = of(0, 0xba, 0, 0, 0, 0xca, 48);

        assertEquals(List.of(Instrument.DRUMS, Instrument.DRUMS), players(GS, gsPart, kit, NOTES));
        assertEquals(List.of(Instrument.DRUMS, Instrument.DRUMS), players(XG, of(0, 0xca, 48), xgPart, NOTES));
        assertEquals(List.of(Instrument.VIOLIN, Instrument.DRUMS), players(GS, gsPart, gsBack, kit, NOTES));
    }

    @Test
    void aKitIsThereForTheStrokesOfItsTickThoughTheFileHasItAfterThem() throws MidiFileException {
        int[] gsPart = of(0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x1a, 0x15, 1, 0x10, 0xf7);

        assertEquals(
                List.of(Instrument.DRUMS, Instrument.DRUMS),
                players(of(0, 0x9a, 36, 90), gsPart, of(9, 0x9a, 36, 0, 0, 38, 90, 9, 38, 0)));
    }

    @Test
    void theTenthChannelHasNoneWhereTheFileTakesItsKitAway() throws MidiFileException {
        int[] violin = of(0, 0xc9, 48);
        int[] gsPart = of(0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x10, 0x15, 0, 0x1b, 0xf7);
        int[] xgPart = of(0, 0xf0, 8, 0x43, 0x10, 0x4c, 8, 9, 7, 0, 0xf7);
        List<Instrument> melodic = List.of(Instrument.PIANO, Instrument.VIOLIN);

        assertEquals(melodic, players(GS, gsPart, violin, NOTES));
        assertEquals(melodic, players(XG, xgPart, violin, NOTES));
        assertEquals(melodic, players(XG, of(0, 0xb9, 0, 64), violin, NOTES), "XG by its bank");
        assertEquals(
                List.of(Instrument.PIANO, Instrument.DRUMS),
                players(XG, of(0, 0xb9, 0, 0), violin, NOTES),
                "XG's first bank, as files set it on all channels");
        assertEquals(melodic, players(of(0, 0xb9, 0, 121), violin, NOTES), "General MIDI 2");
        assertEquals(
                List.of(Instrument.PIANO, Instrument.DRUMS),
                players(GS, of(0, 0xb9, 0, 0), violin, NOTES),
                "a bank of GS is a variation of the kit");
        assertEquals(List.of(Instrument.PIANO, Instrument.DRUMS), players(gsPart, GS, violin, NOTES), "and back");
    }

    @Test
    void addedDrumsAreDrumsWhereTheTenthChannelIsNone() throws MidiFileException {
        int[] gsPart = of(0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x10, 0x15, 0, 0x1b, 0xf7);
        int[] gsKit = of(0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x1a, 0x15, 1, 0x10, 0xf7);
        int[] xgPart = of(0, 0xf0, 8, 0x43, 0x10, 0x4c, 8, 9, 7, 0, 0xf7);
        int[] melody = of(0, 0x99, 60, 90, 90, 60, 0);
        for (int[] track : List.of(
                events(GS, gsPart, melody),
                events(GS, gsPart, gsKit, melody),
                events(XG, xgPart, melody),
                events(of(0, 0xb9, 0, 121, 0, 0xc9, 48), melody))) {
            GridClip given = ClipQuantizer.place(file(0, 24).track(track).read());

            assertEquals(
                    Instrument.DRUMS,
                    playedOnBy(new Note(Instrument.DRUMS, 38, 4, 96, 97), given).instrument());
        }
    }

    @Test
    void drumsOfAnotherChannelGoOnThere() throws MidiFileException {
        GridClip given = ClipQuantizer.place(file(0, 24)
                .track(events(XG, of(0, 0xba, 0, 127, 0, 0xca, 0, 0, 0x9a, 36, 90, 90, 36, 0)))
                .read());

        ClipNote stroke = playedOnBy(new Note(Instrument.DRUMS, 38, 4, 96, 97), given);

        assertEquals(24, given.joinTick(), "a stroke has no length");
        assertEquals(10, stroke.channel());
        assertEquals(Instrument.DRUMS, stroke.instrument());
    }

    @Test
    void aPitchedPartTakesOverNoKit() throws MidiFileException {
        List<int[]> parts =
                new ArrayList<>(List.of(GS, of(0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x11, 0x15, 1, 0x19, 0xf7)));
        for (int channel = 0; channel < 16; channel++) {
            parts.add(of(0, 0x90 | channel, 40, 90, 2, 40, 0));
        }
        GridClip given = ClipQuantizer.place(
                file(0, 24).track(events(parts.toArray(int[][]::new))).read());

        assertEquals(
                Instrument.FLUTE,
                playedOnBy(new Note(Instrument.FLUTE, 80, 4, 96, 120), given).instrument());
    }

    @Test
    void norDoesItComeToAKitOnWhichNothingIsPlayed() throws MidiFileException {
        int[] kit = of(0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x11, 0x15, 1, 0x19, 0xf7);
        GridClip given = ClipQuantizer.place(file(0, 24)
                .track(events(GS, kit, of(0, 0x91, 60, 90, 90, 60, 0)))
                .read());

        assertEquals(
                Instrument.FLUTE,
                playedOnBy(new Note(Instrument.FLUTE, 80, 4, 96, 120), given).instrument());
    }

    @Test
    void aKitIsOneAtTheEndInAPlayersOrderWhicheverTrackMadeIt() throws MidiFileException {
        int[] kitOfTheSecond = of(0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x12, 0x15, 1, 0x18, 0xf7);
        int[] later = of(12, 0xff, 1, 1, 'x');
        GridClip inTwoTracks = ClipQuantizer.place(file(1, 24)
                .track(events(later, kitOfTheSecond))
                .track(events(GS, of(0, 0x90, 60, 90, 90, 60, 0)))
                .read());
        GridClip afterItsNote = ClipQuantizer.place(file(0, 24)
                .track(events(GS, of(0, 0xc1, 73, 0, 0x91, 60, 90, 90, 60, 0), kitOfTheSecond))
                .read());
        for (GridClip given : List.of(inTwoTracks, afterItsNote)) {

            assertEquals(
                    Instrument.FLUTE,
                    playedOnBy(new Note(Instrument.FLUTE, 80, 4, 96, 120), given)
                            .instrument());
        }
    }

    @Test
    void addedDrumsComeToTheTenthChannelWhereTheClipTakesItsKitAwayAndPlaysNothingThere() throws MidiFileException {
        GridClip given = ClipQuantizer.place(file(0, 24)
                .track(events(of(0, 0xb9, 0, 121, 0, 0xc9, 48), of(0, 0x90, 60, 90, 90, 60, 0)))
                .read());

        ClipNote stroke = playedOnBy(new Note(Instrument.DRUMS, 38, 4, 96, 97), given);

        assertEquals(9, stroke.channel());
        assertEquals(Instrument.DRUMS, stroke.instrument());
    }

    @Test
    void drumsBesideTheClipStayDrumsOnAChannelThatTheClipSetsLater() throws MidiFileException {
        List<int[]> parts = new ArrayList<>(List.of(XG));
        for (int channel = 0; channel < 16; channel++) {
            parts.add(of(0, 0xb0 | channel, 0, 64, 1, 0xc0 | channel, 5));
        }
        parts.add(of(0, 0x99, 70, 80, 9, 70, 0));
        GridClip given = ClipQuantizer.place(
                file(0, 24).track(events(parts.toArray(int[][]::new))).read());
        List<Note> strokes =
                List.of(new Note(Instrument.DRUMS, 38, 4, 0, 1), new Note(Instrument.DRUMS, 38, 4, 48, 49));

        List<ClipNote> written = ClipReader.read(
                        "written.mid",
                        MidiWriter.bytes(
                                given,
                                AddedMusic.alongside(strokes, given.score().meters(), 96)))
                .notes();

        assertEquals(
                List.of(Instrument.DRUMS, Instrument.DRUMS),
                written.stream()
                        .filter(note -> note.channel() == 0)
                        .map(ClipNote::instrument)
                        .toList());
    }

    /** A note that goes on from a clip, as the written file has it: the last one there. */
    private static ClipNote playedOnBy(Note note, GridClip given) throws MidiFileException {
        List<ClipNote> written = ClipReader.read(
                        "written.mid",
                        MidiWriter.bytes(
                                given, AddedMusic.continuing(List.of(note), MeterMap.of(Meter.COMMON), 96, 192)))
                .notes();
        return written.get(written.size() - 1);
    }

    private static List<Instrument> players(int[]... parts) throws MidiFileException {
        return file(0, 24).track(events(parts)).read().notes().stream()
                .map(ClipNote::instrument)
                .toList();
    }
}
