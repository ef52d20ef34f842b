package org.continuo.bridge.jam;

import java.io.IOException;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;

/** A keyboard and a synthesizer, opened. Closing it closes both. */
public final class MidiConnection implements AutoCloseable {
    private final MidiDevice keyboard;
    private final MidiDevice synthesizer;
    private final Receiver synth;

    private MidiConnection(MidiDevice keyboard, MidiDevice synthesizer, Receiver synth) {
        this.keyboard = keyboard;
        this.synthesizer = synthesizer;
        this.synth = synth;
    }

    /**
     * Opens the ports whose names hold these texts, the first ones for null.
     *
     * @param keys takes what the keyboard sends, on its thread
     * @throws IOException if there are none, or they cannot be had
     */
    public static MidiConnection open(String in, String out, KeyQueue keys) throws IOException {
        MidiDevice keyboard = MidiPorts.find(in, true);
        MidiDevice synthesizer = MidiPorts.find(out, false);
        MidiDevice opening = keyboard;
        try {
            keyboard.open();
            keyboard.getTransmitter().setReceiver(keys);
            opening = synthesizer;
            synthesizer.open();
            return new MidiConnection(keyboard, synthesizer, synthesizer.getReceiver());
        } catch (MidiUnavailableException e) {
            keyboard.close();
            synthesizer.close();
            throw new IOException(
                    "MIDI port '" + opening.getDeviceInfo().getName() + "' cannot be had: " + e.getMessage(), e);
        }
    }

    public Receiver synth() {
        return synth;
    }

    /** What is connected, in words. */
    public String words() {
        return "plays on " + keyboard.getDeviceInfo().getName() + ", sounds on "
                + synthesizer.getDeviceInfo().getName();
    }

    @Override
    public void close() {
        keyboard.close();
        synthesizer.close();
    }
}
