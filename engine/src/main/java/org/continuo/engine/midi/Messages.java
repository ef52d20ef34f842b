package org.continuo.engine.midi;

import java.nio.charset.StandardCharsets;
import org.continuo.protocol.time.Meter;

/** The bytes of the MIDI messages that are written. Values are in range by construction of their callers. */
final class Messages {
    static final int SUSTAIN = 64;
    static final int SOSTENUTO = 66;

    private Messages() {}

    static byte[] noteOn(int channel, int pitch, int velocity) {
        return bytes(0x90 | channel, pitch, velocity);
    }

    static byte[] noteOff(int channel, int pitch) {
        return bytes(0x80 | channel, pitch, 64);
    }

    static byte[] controller(int channel, int controller, int value) {
        return bytes(0xb0 | channel, controller, value);
    }

    static byte[] program(int channel, int program) {
        return bytes(0xc0 | channel, program);
    }

    static byte[] centredBend(int channel) {
        return bytes(0xe0 | channel, 0, 0x40);
    }

    static byte[] trackName(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[3 + text.length];
        message[0] = (byte) 0xff;
        message[1] = 3;
        message[2] = (byte) text.length;
        System.arraycopy(text, 0, message, 3, text.length);
        return message;
    }

    static byte[] tempo(int microsPerQuarter) {
        return bytes(0xff, 0x51, 3, microsPerQuarter >> 16, microsPerQuarter >> 8 & 0xff, microsPerQuarter & 0xff);
    }

    /**
     * Makes a part of a GS device one of drums.
     *
     * @param block the part as GS counts them
     */
    static byte[] gsDrumPart(int block) {
        int address = 0x10 | block;
        int checksum = -(0x40 + address + 0x15 + 1) & 0x7f;
        return bytes(0xf0, 0x41, 0x10, 0x42, 0x12, 0x40, address, 0x15, 1, checksum, 0xf7);
    }

    /** With a click on every beat and 8 notated 32nds to the quarter, as files have it. */
    static byte[] meter(Meter meter) {
        int power = Integer.numberOfTrailingZeros(meter.denominator());
        return bytes(0xff, 0x58, 4, meter.numerator(), power, Math.max(1, 96 / meter.denominator()), 8);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
