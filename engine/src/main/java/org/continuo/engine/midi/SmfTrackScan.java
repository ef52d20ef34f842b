package org.continuo.engine.midi;

import java.io.ByteArrayOutputStream;

/**
 * Walks the events of one track chunk as a player would and writes them again in plain form: every status byte present,
 * data bytes below 128, only messages a file may hold, one end of track.
 *
 * <p>Where an event cannot be read, the track ends before it and {@link #damage} says why. No claimed length is trusted
 * beyond the bytes at hand.
 */
final class SmfTrackScan {
    private static final int META = 0xff;
    private static final int ESCAPE = 0xf7;
    private static final int END_OF_TRACK = 0x2f;
    private static final int TEMPO = 0x51;
    private static final int MAX_DELTA = 0x0fff_ffff;

    private final String file;
    private final SmfHeader header;
    private final byte[] bytes;
    private final int end;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int position;
    private long tick;
    private long written;
    private int runningStatus;
    private int events;
    private boolean ended;
    private String damage;

    /** A scan from {@code start} that reads no byte at or after {@code end}. */
    SmfTrackScan(String file, SmfHeader header, byte[] bytes, int start, int end) {
        this.file = file;
        this.header = header;
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /**
     * Reads to the end of the track.
     *
     * @param stopAtTrack whether the id of a next track chunk ends this one, for chunks whose length is wrong
     * @param eventBudget events that may still be read before the file is too long
     */
    void run(boolean stopAtTrack, int eventBudget) throws MidiFileException {
        while (!ended && damage == null) {
            if (position >= end || (stopAtTrack && SmfFrames.isTrackAt(bytes, position))) {
                damage = "has no end of track";
            } else {
                readEvent();
                if (events > eventBudget) {
                    throw new MidiFileException(file, "more than " + MidiLimits.EVENTS + " events, which is the limit");
                }
            }
        }
        tick = Math.min(tick, header.lastTick());
        put(META, END_OF_TRACK, 0);
    }

    /** The clean track's bytes, without chunk header. */
    byte[] cleanBytes() {
        return out.toByteArray();
    }

    /** Where reading stopped: after the last byte used. */
    int position() {
        return position;
    }

    int events() {
        return events;
    }

    /** Whether an end of track was met. */
    boolean ended() {
        return ended;
    }

    /** Why the track stops before an end of track, or null. */
    String damage() {
        return damage;
    }

    private void readEvent() throws MidiFileException {
        int start = position;
        long delta = readVariableLength();
        if (delta < 0 || position >= end) {
            stop(start, "is cut off or damaged");
            return;
        }
        long before = tick;
        tick += delta * header.tickFactor();
        int status = bytes[position] & 0xff;
        if (status >= 0x80) {
            position++;
        } else {
            status = runningStatus;
        }
        if (status == 0) {
            tick = before;
            stop(start, "holds data without a status");
        } else if (status < 0xf0) {
            runningStatus = status;
            readChannelMessage(start, before, status);
        } else if (status == META) {
            readMeta(start, before);
        } else if (status == 0xf0 || status == ESCAPE) {
            readBlock(start, before, status, -1);
        } else {
            // Not allowed in a file; players step over them.
            position += status == 0xf2 ? 2 : status == 0xf1 || status == 0xf3 ? 1 : 0;
            events++;
        }
    }

    private void readChannelMessage(int start, long before, int status) throws MidiFileException {
        int dataBytes = (status & 0xe0) == 0xc0 ? 1 : 2;
        if (end - position < dataBytes) {
            tick = before;
            stop(start, "is cut off");
            return;
        }
        checkTick();
        // A data byte above 127 is a writer's slip; the low seven bits are what a player uses.
        putDelta();
        out.write(status);
        for (int i = 0; i < dataBytes; i++) {
            out.write(bytes[position++] & 0x7f);
        }
        events++;
    }

    private void readMeta(int start, long before) throws MidiFileException {
        if (position >= end) {
            tick = before;
            stop(start, "is cut off");
            return;
        }
        int type = bytes[position++] & 0xff;
        if (type == END_OF_TRACK) {
            long length = readVariableLength();
            position += (int) Math.max(0, Math.min(length, end - position));
            ended = true;
            return;
        }
        readBlock(start, before, META, type);
    }

    /** A meta event after its type, or a system exclusive one after its status: a length, then that many bytes. */
    private void readBlock(int start, long before, int status, int type) throws MidiFileException {
        long length = readVariableLength();
        if (length < 0 || length > end - position) {
            tick = before;
            stop(start, "holds an event that claims more bytes than there are");
            return;
        }
        int size = (int) length;
        events++;
        boolean kept = type < 0x80 && !(type == TEMPO && header.fixedTempo() > 0);
        if (kept) {
            checkTick();
            putDelta();
            out.write(status);
            if (type >= 0) {
                out.write(type);
            }
            putVariableLength(size);
            out.write(bytes, position, size);
        }
        position += size;
    }

    private void checkTick() throws MidiFileException {
        if (tick > header.lastTick()) {
            throw new MidiFileException(
                    file,
                    "has an event " + tick / header.resolution() + " quarter notes from the start; the limit is "
                            + MidiLimits.QUARTERS);
        }
    }

    private void stop(int at, String why) {
        position = at;
        damage = why;
    }

    /** The next number of variable length, or -1 where there is none of at most four bytes. */
    private long readVariableLength() {
        long value = 0;
        for (int i = 0; i < 4 && position < end; i++) {
            int next = bytes[position++];
            value = value << 7 | (next & 0x7f);
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }

    private void put(int status, int type, int size) {
        putDelta();
        out.write(status);
        out.write(type);
        putVariableLength(size);
    }

    private void putDelta() {
        long delta = tick - written;
        while (delta > MAX_DELTA) {
            // An empty text bridges a wait that a single delta cannot say.
            putVariableLength(MAX_DELTA);
            out.write(META);
            out.write(1);
            out.write(0);
            delta -= MAX_DELTA;
        }
        putVariableLength((int) delta);
        written = tick;
    }

    private void putVariableLength(int value) {
        for (int shift = 21; shift > 0; shift -= 7) {
            if (value >> shift != 0) {
                out.write(0x80 | (value >> shift & 0x7f));
            }
        }
        out.write(value & 0x7f);
    }
}
