package org.continuo.bridge.jam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sound.midi.ShortMessage;
import org.continuo.bridge.live.Engine;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A jam through the machine's own sound system, with devices that it finds by their names. */
class MidiConnectionTest {
    private static final int KEYS = 8;

    @BeforeEach
    void plugIn() {
        PluggedPorts.plugIn();
    }

    @AfterEach
    void plugOut() {
        PluggedPorts.plugOut();
    }

    @Test
    void whatIsPlayedOnTheKeyboardIsHeardAndTheBandSoundsOnTheSynthesizer() throws Exception {
        KeyQueue keys = new KeyQueue();
        List<JamResult> captured = new ArrayList<>();
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"));
                MidiConnection midi = MidiConnection.open("plugged key", "PLUGGED synth", keys)) {
            assertEquals("plays on Plugged Keyboard, sounds on Plugged Synthesizer", midi.words());
            LiveJam jam = new LiveJam(
                    new LiveJam.Setting(
                            240,
                            Meter.COMMON,
                            Instrument.PIANO,
                            List.of(Instrument.BASS),
                            1,
                            false,
                            List.of(LiveJam.Order.CAPTURE)),
                    model,
                    Engine.SETTINGS,
                    keys,
                    new SynthEar(midi.synth(), true),
                    new OperatingSystem.Unknown("test"),
                    System::nanoTime,
                    text -> {},
                    captured::add);
            Thread musician = new Thread(MidiConnectionTest::playAScale);
            musician.start();
            jam.play(musician::isAlive);
            musician.join();
        }
        Map<Integer, Integer> struck = new TreeMap<>();
        Map<Integer, Integer> sounding = new TreeMap<>();
        for (ShortMessage message : PluggedPorts.SYNTHESIZER.heard) {
            int key = message.getChannel() * 128 + message.getData1();
            if (message.getCommand() == ShortMessage.NOTE_ON) {
                struck.merge(message.getChannel(), 1, Integer::sum);
                sounding.merge(key, 1, Integer::sum);
            } else if (message.getCommand() == ShortMessage.NOTE_OFF) {
                sounding.merge(key, -1, Integer::sum);
            }
        }
        assertEquals(KEYS, struck.get(0), "the musician, whose keyboard has no sound of its own");
        assertTrue(struck.getOrDefault(1, 0) > 0, "the bass: " + struck);
        sounding.forEach((key, open) -> assertEquals(0, open, "key " + key + " hangs"));
        assertEquals(2, captured.size(), "once by the foot-switch that was learnt, once at the end");
        assertEquals(KEYS, captured.get(1).counts().struck);
        assertFalse(PluggedPorts.KEYBOARD.isOpen() || PluggedPorts.SYNTHESIZER.isOpen(), "closed");
    }

    /** From after the count-in on, in eighths; then a foot-switch, which is learnt, and pressed again. */
    private static void playAScale() {
        try {
            Thread.sleep(1_100);
            for (int i = 0; i < KEYS; i++) {
                PluggedPorts.KEYBOARD.play(ShortMessage.NOTE_ON, 60 + 2 * i, 90);
                Thread.sleep(250);
                PluggedPorts.KEYBOARD.play(ShortMessage.NOTE_OFF, 60 + 2 * i, 0);
                Thread.sleep(250);
            }
            for (int value : new int[] {127, 0, 127, 0}) {
                PluggedPorts.KEYBOARD.play(ShortMessage.CONTROL_CHANGE, 80, value);
            }
            Thread.sleep(500);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPortThatAnotherProgramHasIsNamedAndNothingStaysOpen() {
        PluggedPorts.SYNTHESIZER.taken = true;
        IOException refused =
                assertThrows(IOException.class, () -> MidiConnection.open("plugged", "plugged", new KeyQueue()));
        assertEquals("MIDI port 'Plugged Synthesizer' cannot be had: another program has it", refused.getMessage());
        assertFalse(PluggedPorts.KEYBOARD.isOpen());
    }

    @Test
    void aNameThatNoPortHasIsRefusedWithThoseThatThereAre() {
        IOException refused = assertThrows(IOException.class, () -> MidiConnection.open("organ", null, new KeyQueue()));
        assertTrue(
                refused.getMessage().startsWith("no MIDI input is called 'organ'; there are:")
                        && refused.getMessage().contains("Plugged Keyboard"),
                refused.getMessage());
    }
}
