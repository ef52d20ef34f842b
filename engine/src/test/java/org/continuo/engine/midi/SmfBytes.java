package org.continuo.engine.midi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds the bytes of a MIDI file by hand, as right or as wrong as a test needs them. */
final class SmfBytes {
    private final int format;
    private final int division;
    private final List<byte[]> tracks = new ArrayList<>();
    private int claimedTracks = -1;

    private SmfBytes(int format, int division) {
        this.format = format;
        this.division = division;
    }

    static SmfBytes file(int format, int division) {
        return new SmfBytes(format, division);
    }

    SmfBytes claimingTracks(int count) {
        claimedTracks = count;
        return this;
    }

    /** A track chunk with the right length. */
    SmfBytes track(int... content) {
        return trackOfLength(content.length, content);
    }

    SmfBytes trackOfLength(long claimed, int... content) {
        return raw(chunk("MTrk", claimed, bytes(content)));
    }

    /** Any bytes in place of a chunk. */
    SmfBytes raw(byte[] content) {
        tracks.add(content);
        return this;
    }

    byte[] build() {
        int count = claimedTracks >= 0 ? claimedTracks : tracks.size();
        byte[] header = chunk(
                "MThd", 6, bytes(format >> 8, format, count >> 8, count & 0xff, division >> 8 & 0xff, division & 0xff));
        return join(header, join(tracks.toArray(byte[][]::new)));
    }

    MidiClip read() throws MidiFileException {
        return ClipReader.read("test.mid", build());
    }

    static byte[] chunk(String id, long claimed, byte[] content) {
        byte[] length = bytes(
                (int) (claimed >> 24) & 0xff,
                (int) (claimed >> 16) & 0xff,
                (int) (claimed >> 8) & 0xff,
                (int) claimed & 0xff);
        return join(id.getBytes(StandardCharsets.US_ASCII), length, content);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** Content of a track: the parts one after the other, then an end of track. */
    static int[] events(int[]... parts) {
        return Arrays.stream(join(parts, new int[] {0, 0xff, 0x2f, 0}))
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    private static int[][] join(int[][] parts, int[] last) {
        int[][] all = Arrays.copyOf(parts, parts.length + 1);
        all[parts.length] = last;
        return all;
    }

    static int[] of(int... event) {
        return event;
    }
}
