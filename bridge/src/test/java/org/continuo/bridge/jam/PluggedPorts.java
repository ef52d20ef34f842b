package org.continuo.bridge.jam;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import javax.sound.midi.spi.MidiDeviceProvider;

/** A keyboard and a synthesizer that the sound system finds as it finds any other's, while they are plugged in. */
public final class PluggedPorts extends MidiDeviceProvider {
    static final Port KEYBOARD = new Port("Plugged Keyboard", true);
    static final Port SYNTHESIZER = new Port("Plugged Synthesizer", false);

    private static volatile boolean plugged;

    public static void plugIn() {
        plugged = true;
    }

    public static void plugOut() {
        plugged = false;
        KEYBOARD.taken = false;
        SYNTHESIZER.taken = false;
        SYNTHESIZER.heard.clear();
    }

    @Override
    public MidiDevice.Info[] getDeviceInfo() {
        return plugged ? new MidiDevice.Info[] {KEYBOARD.info, SYNTHESIZER.info} : new MidiDevice.Info[0];
    }

    @Override
    public MidiDevice getDevice(MidiDevice.Info info) {
        if (info == KEYBOARD.info) {
            return KEYBOARD;
        }
        if (info == SYNTHESIZER.info) {
            return SYNTHESIZER;
        }
        throw new IllegalArgumentException("no device of ours: " + info);
    }

    /** One of the two. */
    static final class Port implements MidiDevice, Receiver, Transmitter {
        final List<ShortMessage> heard = Collections.synchronizedList(new ArrayList<>());
        /** Whether another program has it. */
        volatile boolean taken;

        private final Info info;
        private final boolean input;
        private volatile Receiver receiver;
        private volatile boolean open;

        Port(String name, boolean input) {
            this.input = input;
            this.info = new Info(name, "Continuo's tests", "for tests", "1") {};
        }

        /** Somebody plays on the keyboard. */
        void play(int command, int first, int second) throws Exception {
            receiver.send(new ShortMessage(command, 0, first, second), -1);
        }

        @Override
        public void send(MidiMessage message, long timeStamp) {
            if (!open) {
                throw new IllegalStateException("sent to what is closed");
            }
            heard.add((ShortMessage) message);
        }

        @Override
        public void open() throws MidiUnavailableException {
            if (taken) {
                throw new MidiUnavailableException("another program has it");
            }
            open = true;
        }

        @Override
        public void close() {
            open = false;
            receiver = null;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public int getMaxReceivers() {
            return input ? 0 : -1;
        }

        @Override
        public int getMaxTransmitters() {
            return input ? -1 : 0;
        }

        @Override
        public Receiver getReceiver() {
            return this;
        }

        @Override
        public Transmitter getTransmitter() {
            return this;
        }

        @Override
        public void setReceiver(Receiver value) {
            receiver = value;
        }

        @Override
        public Info getDeviceInfo() {
            return info;
        }

        @Override
        public long getMicrosecondPosition() {
            return -1;
        }

        @Override
        public List<Receiver> getReceivers() {
            return List.of();
        }

        @Override
        public List<Transmitter> getTransmitters() {
            return List.of();
        }
    }
}
