package org.continuo.bridge.jam;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Sequencer;

/** The MIDI ports of this machine, by name. Stateless. */
public final class MidiPorts {
    private MidiPorts() {}

    /** Names of what can be played on. */
    public static List<String> inputs() {
        return names(true);
    }

    /** Names of what can sound. */
    public static List<String> outputs() {
        return names(false);
    }

    private static List<String> names(boolean input) {
        List<String> names = new ArrayList<>();
        for (MidiDevice device : devices(input)) {
            names.add(device.getDeviceInfo().getName());
        }
        return names;
    }

    private static List<MidiDevice> devices(boolean input) {
        List<MidiDevice> devices = new ArrayList<>();
        for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
            try {
                MidiDevice device = MidiSystem.getMidiDevice(info);
                boolean fits = (input ? device.getMaxTransmitters() : device.getMaxReceivers()) != 0;
                if (fits && !(device instanceof Sequencer)) {
                    devices.add(device);
                }
            } catch (MidiUnavailableException e) {
                continue; // somebody else has it
            }
        }
        return devices;
    }

    /**
     * The port whose name holds {@code name}, whatever the case; the first of all where it is null. To be opened by the caller.
     *
     * @throws IOException if there is none, with the names of those that there are
     */
    static MidiDevice find(String name, boolean input) throws IOException {
        for (MidiDevice device : devices(input)) {
            String full = device.getDeviceInfo().getName().toLowerCase(Locale.ROOT);
            if (name == null || full.contains(name.toLowerCase(Locale.ROOT))) {
                return device;
            }
        }
        String kind = input ? "input" : "output";
        List<String> names = names(input);
        throw new IOException(
                names.isEmpty()
                        ? "there is no MIDI " + kind + " on this machine; connect one, or play a script with --script"
                        : "no MIDI " + kind + " is called '" + name + "'; there are: " + String.join(", ", names));
    }
}
