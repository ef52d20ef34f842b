package org.continuo.engine.midi;

import java.util.Arrays;

/**
 * One event of a track as the file holds it: a channel message, a system exclusive message or a meta event. Immutable,
 * thread-safe.
 */
public final class ClipEvent {
    private static final int META = 0xff;
    private static final int PORT = 0x21;

    private final long tick;
    private final byte[] message;

    /** Takes the array over; callers inside the package do not keep it. */
    ClipEvent(long tick, byte[] message) {
        this.tick = tick;
        this.message = message;
    }

    /** Place in ticks of the clip's resolution, from 0. */
    public long tick() {
        return tick;
    }

    /**
     * A copy of the message: status byte first. A meta event is 0xff, type, length, data; a system exclusive message is
     * 0xf0 or 0xf7 and its data without the length.
     */
    public byte[] message() {
        return message.clone();
    }

    /** Whether this is a channel message of the given command (0x80, 0x90, ... 0xe0). */
    boolean is(int command) {
        return (message[0] & 0xf0) == command && (message[0] & 0xff) < 0xf0;
    }

    boolean isNoteOn() {
        return is(0x90) && message[2] > 0;
    }

    /** A note off, or a note on of velocity 0, which means the same. */
    boolean isNoteOff() {
        return is(0x80) || (is(0x90) && message[2] == 0);
    }

    boolean isController(int controller) {
        return is(0xb0) && message[1] == controller;
    }

    boolean isMeta(int type) {
        return (message[0] & 0xff) == META && message.length > 1 && message[1] == type;
    }

    /** Whether this is a system exclusive message, or begins one. */
    boolean isExclusive() {
        return (message[0] & 0xff) == 0xf0;
    }

    boolean isChannelMessage() {
        return (message[0] & 0xff) < 0xf0;
    }

    int channel() {
        return message[0] & 0x0f;
    }

    /** The first data byte of a channel message, 0 to 127. */
    int data1() {
        return message[1];
    }

    /** The second data byte of a channel message that has one, 0 to 127. */
    int data2() {
        return message[2];
    }

    /** The data of a meta event. */
    byte[] metaData() {
        int start = 2;
        while (start < message.length && message[start] < 0) {
            start++;
        }
        return start >= message.length ? new byte[0] : Arrays.copyOfRange(message, start + 1, message.length);
    }

    /** The port that a meta event of type 0x21 sends the track's later events to, or {@code before} for other events. */
    int portAfter(int before) {
        if (!isMeta(PORT)) {
            return before;
        }
        byte[] data = metaData();
        return data.length == 1 ? data[0] & 0x7f : before;
    }

    ClipEvent at(long otherTick) {
        return otherTick == tick ? this : new ClipEvent(otherTick, message);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClipEvent event && event.tick == tick && Arrays.equals(event.message, message);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(tick) * 31 + Arrays.hashCode(message);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(tick).append(':');
        for (int i = 0; i < Math.min(16, message.length); i++) {
            text.append(String.format(" %02x", message[i]));
        }
        return message.length > 16 ? text.append(" ...").toString() : text.toString();
    }
}
