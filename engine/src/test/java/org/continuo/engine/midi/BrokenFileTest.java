package org.continuo.engine.midi;

import static org.continuo.engine.midi.SmfBytes.bytes;
import static org.continuo.engine.midi.SmfBytes.chunk;
import static org.continuo.engine.midi.SmfBytes.events;
import static org.continuo.engine.midi.SmfBytes.file;
import static org.continuo.engine.midi.SmfBytes.join;
import static org.continuo.engine.midi.SmfBytes.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Damage that players forgive: the music is read and what was mended is told. */
class BrokenFileTest {
    private static final int[] C = events(of(0, 0x90, 60, 100, 96, 0x80, 60, 0));
    private static final int[] C_WITHOUT_END = {0, 0x90, 60, 100, 96, 0x80, 60, 0};
    private static final int[] G = events(of(0, 0x91, 67, 100, 96, 0x81, 67, 0));
    private static final byte[] SOUND = file(1, 96).track(C).track(G).build();

    @Test
    void aMissingEndOfTrackIsRemarkedOn() throws MidiFileException {
        assertReads(
                "60 67",
                "track 1 has no end of track",
                file(1, 96).track(C_WITHOUT_END).track(G).build());
        assertReads(
                "60",
                "track 1 has no end of track",
                file(0, 96).track(C_WITHOUT_END).build());
    }

    @Test
    void runningStatusGoesOnBehindAMetaEvent() throws MidiFileException {
        int[] content = events(of(0, 0x90, 60, 100, 10, 0xff, 1, 1, 'x', 10, 60, 0, 0, 64, 100, 9, 64, 0));

        MidiClip clip = file(0, 96).track(content).read();

        assertEquals(2, clip.notes().size());
        assertEquals(20, clip.notes().get(0).end());
    }

    @Test
    void aChunkThatIsLongerThanItSaysIsReadToItsEnd() throws MidiFileException {
        assertReads(
                "60 67",
                "track 1 has a wrong length",
                file(1, 96).trackOfLength(5, C).track(G).build());
    }

    @Test
    void aChunkThatIsShorterThanItSaysLeavesTheNextTrackWhole() throws MidiFileException {
        assertReads(
                "60 67",
                "track 1 has a wrong length",
                file(1, 96).trackOfLength(C.length + 3, C).track(G).build());
        assertReads(
                "60 67",
                "track 1 has a wrong length",
                file(1, 96).trackOfLength(0xffff_ffffL, C).track(G).build());
    }

    @Test
    void aLengthThatTakesInTheTracksAfterItCostsNoneOfThem() throws MidiFileException {
        assertReads(
                "60 67",
                "track 1 has a wrong length",
                file(1, 96).trackOfLength(C.length + 8 + G.length, C).track(G).build());
    }

    @Test
    void aLengthThatWasNeverFilledInIsFound() throws MidiFileException {
        assertReads(
                "60 67",
                "track 1 has a wrong length",
                file(1, 96).trackOfLength(0, C).track(G).build());
    }

    @Test
    void aTrackThatSaysTooMuchAndHasNoEndLeavesTheNextOneWhole() throws MidiFileException {
        byte[] file = file(1, 96).trackOfLength(2000, C_WITHOUT_END).track(G).build();

        assertReads("60 67", "track 1 has no end of track", file);
    }

    @Test
    void aLastTrackThatIsCutOffIsReadAsFarAsItGoes() throws MidiFileException {
        assertReads("60 67", "track 2 is cut off", Arrays.copyOf(SOUND, SOUND.length - 6));
        assertReads("60", "track 2 has no end of track", Arrays.copyOf(SOUND, SOUND.length - G.length));
    }

    @Test
    void aFileInARiffWrapperIsRead() throws MidiFileException {
        byte[] data = chunk("data", SOUND.length, SOUND);
        byte[] riff = chunk("RIFF", data.length + 4, join("RMID".getBytes(), data));

        assertReads("60 67", null, riff);
    }

    @Test
    void bytesBeforeTheHeaderArePassedOver() throws MidiFileException {
        assertReads("60 67", "128 bytes before the header are ignored", join(new byte[128], SOUND));
    }

    @Test
    void bytesAfterTheEndArePassedOver() throws MidiFileException {
        assertReads("60 67", null, join(SOUND, new byte[1000]));
        assertReads("60 67", null, join(SOUND, "MTrk".getBytes()));
    }

    @Test
    void unknownChunksBetweenTracksArePassedOver() throws MidiFileException {
        byte[] file = file(1, 96)
                .claimingTracks(2)
                .track(C)
                .raw(chunk("XFIH", 3, bytes(1, 2, 3)))
                .track(G)
                .build();

        assertReads("60 67", null, file);
    }

    @Test
    void junkBetweenTracksIsPassedOver() throws MidiFileException {
        byte[] file = file(1, 96)
                .claimingTracks(2)
                .track(C)
                .raw(bytes(1, 2, 3))
                .track(G)
                .build();

        assertReads("60 67", null, file);
    }

    @Test
    void aWrongCountOfTracksIsRemarkedOn() throws MidiFileException {
        String remark = "its header counts 1 tracks, there are 2";
        assertReads(
                "60 67", remark, file(1, 96).claimingTracks(1).track(C).track(G).build());
        assertReads(
                "60 67", remark, file(0, 96).claimingTracks(1).track(C).track(G).build());
        assertReads(
                "60 67",
                "its header counts 900 tracks, there are 2",
                file(1, 96).claimingTracks(900).track(C).track(G).build());
    }

    @Test
    void aLongerHeaderIsRead() throws MidiFileException {
        byte[] header = chunk("MThd", 8, bytes(0, 1, 0, 1, 0, 96, 7, 7));

        assertReads("60", null, join(header, chunk("MTrk", C.length, SmfBytes.bytes(C))));
    }

    @Test
    void aWrongHeaderLengthCostsNothing() throws MidiFileException {
        byte[] header = chunk("MThd", 0x1000000, bytes(0, 1, 0, 1, 0, 96));

        assertReads("60", null, join(header, chunk("MTrk", C.length, SmfBytes.bytes(C))));
    }

    @Test
    void messagesThatDoNotBelongIntoAFileAreLeftOut() throws MidiFileException {
        assertReads(
                "60",
                null,
                file(0, 96)
                        .track(events(of(
                                0, 0xf8, 0, 0xf3, 5, 0, 0xf2, 1, 1, 0, 0x90, 60, 100, 5, 0xff, 0x90, 1, 1, 5, 60, 0)))
                        .build());
    }

    @Test
    void aDataByteAbove127CountsByItsLowBits() throws MidiFileException {
        MidiClip clip =
                file(0, 96).track(events(of(0, 0x90, 60, 0xe4, 9, 60, 0))).read();

        assertEquals(100, clip.notes().get(0).velocity());
    }

    @Test
    void damageInsideATrackEndsOnlyThatTrack() throws MidiFileException {
        int[] content = {0, 0x90, 60, 100, 96, 60, 0, 0, 0xff, 5, 0xff, 0xff, 0xff, 0x7f, 1, 2};

        assertReads(
                "60 67",
                "track 1 holds an event that claims more bytes than there are",
                file(1, 96).track(content).track(G).build());
    }

    @Test
    void anEndOfTrackFarBehindTheMusicIsHeldToTheLimit() throws MidiFileException {
        int[] content = {0, 0x90, 60, 100, 96, 60, 0, 0xff, 0xff, 0xff, 0x7f, 0xff, 0x2f, 0};

        assertEquals(MidiLimits.QUARTERS, file(0, 1).track(content).read().endTick());
    }

    private static void assertReads(String pitches, String remark, byte[] file) throws MidiFileException {
        MidiClip clip = ClipReader.read("clip.mid", file);

        String read = String.join(
                " ",
                clip.notes().stream().map(note -> String.valueOf(note.pitch())).toList());
        assertEquals(pitches, read);
        assertEquals(remark == null ? List.of() : List.of(remark), clip.remarks());
    }
}
