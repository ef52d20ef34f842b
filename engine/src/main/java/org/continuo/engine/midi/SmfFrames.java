package org.continuo.engine.midi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames the bytes of a MIDI file anew. Files in the wild come with wrong chunk lengths, missing ends, a wrong count of
 * tracks, running status after meta events, wrapped in RIFF, with bytes before and after; players accept them. The
 * platform's reader refuses some, reads others wrongly without a word, and allocates what a length claims. So every file
 * is walked here first and handed on as clean format 0 or 1 bytes with ticks per quarter note.
 *
 * <p>Source of the format: RP-001, Standard MIDI Files 1.0; for the RIFF wrapper, RP-029.
 */
final class SmfFrames {
    private static final int JUNK_SEARCHED = 1 << 16;

    private final String file;
    private final byte[] bytes;
    private final List<byte[]> tracks = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private int events;
    private SmfHeader header;

    private SmfFrames(String file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Frames a file.
     *
     * @param file what messages call it
     * @param bytes the whole file; not modified, not kept
     */
    static SmfFrames of(String file, byte[] bytes) throws MidiFileException {
        if (bytes.length == 0) {
            throw new MidiFileException(file, "is empty");
        }
        if (bytes.length > MidiLimits.BYTES) {
            throw new MidiFileException(file, "larger than " + (MidiLimits.BYTES >> 20) + " MiB, which is the limit");
        }
        SmfFrames frames = new SmfFrames(file, bytes);
        frames.readTracks(frames.readHeader());
        return frames;
    }

    SmfHeader header() {
        return header;
    }

    /** What was mended, one line for each; empty for a sound file. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** The clean file. */
    byte[] cleanBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, "MThd", new byte[] {
            0,
            (byte) (tracks.size() > 1 ? 1 : 0),
            (byte) (tracks.size() >> 8),
            (byte) tracks.size(),
            (byte) (header.resolution() >> 8),
            (byte) header.resolution()
        });
        put(out, "MTrk", fixedTempo(), tracks.get(0));
        for (byte[] track : tracks.subList(1, tracks.size())) {
            put(out, "MTrk", track);
        }
        return out.toByteArray();
    }

    /** Whether a track chunk's id stands at this place. */
    static boolean isTrackAt(byte[] bytes, int at) {
        return isIdAt(bytes, at, "MTrk");
    }

    private int readHeader() throws MidiFileException {
        int start = 0;
        while (start < Math.min(bytes.length, JUNK_SEARCHED) && !isIdAt(bytes, start, "MThd")) {
            start++;
        }
        if (!isIdAt(bytes, start, "MThd")) {
            throw new MidiFileException(file, "not a MIDI file (starts with " + opening() + " where MThd belongs)");
        }
        if (start > 0 && !isIdAt(bytes, 0, "RIFF")) {
            remarks.add(start + " bytes before the header are ignored");
        }
        if (bytes.length - start < 14) {
            throw new MidiFileException(file, "cut off inside its header after " + bytes.length + " bytes");
        }
        header = SmfHeader.of(file, word(start + 8), word(start + 10), word(start + 12));
        long length = doubleWord(start + 4);
        // A longer header is allowed; a wrong length is not worth losing the file for.
        return length > 6 && length < bytes.length - start - 8 && !isTrackAt(bytes, start + 14)
                ? start + 8 + (int) length
                : start + 14;
    }

    private void readTracks(int from) throws MidiFileException {
        int at = from;
        while (at < bytes.length) {
            if (isTrackAt(bytes, at) && bytes.length - at >= 8) {
                if (tracks.size() == MidiLimits.TRACKS) {
                    throw new MidiFileException(file, "more than " + MidiLimits.TRACKS + " tracks, which is the limit");
                }
                at = readTrack(at);
            } else if (isChunkAt(at) && !isTrackAt(bytes, at)) {
                at += 8 + (int) doubleWord(at + 4);
            } else if (tracks.size() < header.tracks()) {
                at = nextTrack(at + 1);
            } else {
                at = bytes.length;
            }
        }
        if (tracks.isEmpty()) {
            throw new MidiFileException(file, "holds no track");
        }
        if (tracks.size() != header.tracks()) {
            remarks.add("its header counts " + header.tracks() + " tracks, there are " + tracks.size());
        }
    }

    private int readTrack(int at) throws MidiFileException {
        int start = at + 8;
        long claimedEnd = start + doubleWord(at + 4);
        boolean trusted = claimedEnd == bytes.length || (claimedEnd < bytes.length && isChunkAt((int) claimedEnd));
        SmfTrackScan scan = new SmfTrackScan(file, header, bytes, start, trusted ? (int) claimedEnd : bytes.length);
        scan.run(!trusted, MidiLimits.EVENTS - events);
        events += scan.events();
        tracks.add(scan.cleanBytes());
        if (scan.damage() != null) {
            remarks.add("track " + tracks.size() + " " + scan.damage());
        } else if (scan.position() != claimedEnd) {
            remarks.add("track " + tracks.size() + " has a wrong length");
        }
        // A length may take in the tracks after this one: they are tracks all the same.
        boolean another = scan.ended() && isTrackAt(bytes, scan.position());
        return trusted && !another ? (int) claimedEnd : scan.position();
    }

    private int nextTrack(int from) {
        int at = from;
        while (at < bytes.length && !isTrackAt(bytes, at)) {
            at++;
        }
        return at;
    }

    /** Whether a chunk stands here: an id of four letters or digits and a length that fits into the file. */
    private boolean isChunkAt(int at) {
        if (bytes.length - at < 8) {
            return false;
        }
        for (int i = at; i < at + 4; i++) {
            if (!Character.isLetterOrDigit((char) bytes[i]) || bytes[i] < 0) {
                return false;
            }
        }
        return isTrackAt(bytes, at) || doubleWord(at + 4) <= bytes.length - at - 8;
    }

    private String opening() {
        byte[] first = Arrays.copyOf(bytes, Math.min(4, bytes.length));
        StringBuilder hex = new StringBuilder();
        boolean printable = true;
        for (byte b : first) {
            hex.append(hex.length() > 0 ? " " : "").append(String.format("%02x", b));
            printable &= b >= 0x20 && b < 0x7f;
        }
        return printable ? "'" + new String(first, StandardCharsets.US_ASCII) + "'" : "bytes " + hex;
    }

    private static boolean isIdAt(byte[] bytes, int at, String id) {
        return bytes.length - at >= 4
                && bytes[at] == id.charAt(0)
                && bytes[at + 1] == id.charAt(1)
                && bytes[at + 2] == id.charAt(2)
                && bytes[at + 3] == id.charAt(3);
    }

    private int word(int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private long doubleWord(int at) {
        return (long) word(at) << 16 | word(at + 2);
    }

    private byte[] fixedTempo() {
        int tempo = header.fixedTempo();
        return tempo == 0
                ? new byte[0]
                : new byte[] {0, (byte) 0xff, 0x51, 3, (byte) (tempo >> 16), (byte) (tempo >> 8), (byte) tempo};
    }

    private static void put(ByteArrayOutputStream out, String id, byte[]... contents) {
        int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
        out.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(length >> shift);
        }
        for (byte[] content : contents) {
            out.writeBytes(content);
        }
    }
}
