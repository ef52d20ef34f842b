package org.continuo.bridge.jam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import org.continuo.bridge.live.Engine;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A jam between MIDI's own ends, in real time: a keyboard's receiver and a synthesizer's. No device is needed. */
class LiveJamTest {
    private static NoteModel model;

    /** Keeps what it is sent. */
    private static final class Synth implements Receiver {
        final List<ShortMessage> heard = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void send(MidiMessage message, long timeStamp) {
            heard.add((ShortMessage) message);
        }

        @Override
        public void close() {}

        long clicks() {
            return heard.stream()
                    .filter(m -> m.getCommand() == ShortMessage.NOTE_ON && m.getChannel() == 9)
                    .count();
        }
    }

    private final Synth synth = new Synth();
    private final KeyQueue keys = new KeyQueue();
    private final List<String> said = new ArrayList<>();
    private final List<JamResult> captured = new ArrayList<>();

    @BeforeAll
    static void load() throws ModelException {
        model = NoteModel.load(ModelFolder.shipped("s"));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private LiveJam jam(LiveJam.Order... learn) {
        return jam(Instrument.PIANO, List.of(Instrument.BASS, Instrument.GUITAR), learn);
    }

    private LiveJam jam(Instrument musician, List<Instrument> band, LiveJam.Order... learn) {
        return jam(new LiveJam.Setting(240, Meter.COMMON, musician, band, 1, true, List.of(learn)), false);
    }

    /** @param echo whether the synthesizer plays what the musician plays as well */
    private LiveJam jam(LiveJam.Setting setting, boolean echo) {
        return jam(setting, echo, System::nanoTime);
    }

    private LiveJam jam(LiveJam.Setting setting, boolean echo, LongSupplier nanoTime) {
        return new LiveJam(
                setting,
                model,
                Engine.SETTINGS.withSampling(Engine.SETTINGS.sampling().withTemperature(1.5)),
                keys,
                new SynthEar(synth, echo),
                new OperatingSystem.Unknown("test"),
                nanoTime,
                said::add,
                captured::add);
    }

    private void key(int command, int first, int second) throws Exception {
        keys.send(new ShortMessage(command, 0, first, second), -1);
    }

    private static BooleanSupplier forSeconds(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return () -> System.nanoTime() < end;
    }

    @Test
    void itCountsInAndPlaysAlongAndEndsEveryNote() throws Exception {
        key(ShortMessage.NOTE_ON, 60, 90);
        key(ShortMessage.NOTE_ON, 64, 90);
        jam().play(forSeconds(4));

        // the first that is heard are the sounds of the channels, then four clicks before any note
        List<ShortMessage> notes = synth.heard.stream()
                .filter(m -> m.getCommand() == ShortMessage.NOTE_ON)
                .toList();
        notes.subList(0, 4).forEach(m -> assertEquals(9, m.getChannel()));
        assertTrue(synth.clicks() >= 8, "clicks: " + synth.clicks());
        Map<Integer, Integer> open = new TreeMap<>();
        int played = 0;
        for (ShortMessage m : synth.heard) {
            int key = m.getChannel() * 128 + m.getData1();
            if (m.getCommand() == ShortMessage.NOTE_ON) {
                assertEquals(1, open.merge(key, 1, Integer::sum), "struck while it sounds");
                played += m.getChannel() == 9 ? 0 : 1;
            } else if (m.getCommand() == ShortMessage.NOTE_OFF) {
                open.remove(key);
            }
        }
        assertTrue(played > 0, "the band plays");
        assertEquals(Map.of(), open, "every note has ended");
        JamResult result = captured.get(captured.size() - 1);
        assertEquals(2, result.counts().struck);
        assertEquals(2, result.played().stream().filter(note -> !note.model()).count());
    }

    @Test
    void aKeyboardThatLetsGoOfAllKeysAtOnceLetsGoOfThemAndThatIsNoControlToLearn() throws Exception {
        for (int allOff : new int[] {120, 123, 127}) {
            key(ShortMessage.NOTE_ON, 60, 90);
            key(ShortMessage.NOTE_ON, 64, 90);
            key(ShortMessage.CONTROL_CHANGE, allOff, 0);
        }
        key(ShortMessage.CONTROL_CHANGE, 122, 127);
        key(ShortMessage.CONTROL_CHANGE, 20, 30);
        BooleanSupplier forHalfABar = forSeconds(30); // at the longest
        jam(LiveJam.Order.PANIC).play(() -> synth.clicks() < 4 + 3 && forHalfABar.getAsBoolean());

        List<Played> musician =
                captured.get(0).played().stream().filter(note -> !note.model()).toList();
        assertEquals(6, musician.size());
        musician.forEach(note -> assertEquals(0, note.end(), "held on: " + note));
        assertTrue(said.contains("control 20 is panic"), said.toString());
    }

    @Test
    void aKeyboardThatResetsItsControllersLetsGoOfThePedal() throws Exception {
        key(ShortMessage.CONTROL_CHANGE, 64, 127);
        key(ShortMessage.CONTROL_CHANGE, 121, 0);
        LiveJam.Setting setting =
                new LiveJam.Setting(240, Meter.COMMON, Instrument.PIANO, List.of(), 1, true, List.of());
        BooleanSupplier atTheLongest = forSeconds(30);
        jam(setting, true).play(() -> synth.clicks() < 2 && atTheLongest.getAsBoolean());

        assertEquals(
                List.of(127, 0),
                synth.heard.stream()
                        .filter(m -> m.getCommand() == ShortMessage.CONTROL_CHANGE && m.getData1() == 64)
                        .map(ShortMessage::getData2)
                        .toList());
    }

    @Test
    void controlsAreLearntInTheOrderAskedForAndObeyedFromThenOn() throws Exception {
        key(ShortMessage.CONTROL_CHANGE, 64, 127); // the pedal is not learnt
        key(ShortMessage.CONTROL_CHANGE, 64, 0);
        key(ShortMessage.CONTROL_CHANGE, 20, 30);
        key(ShortMessage.CONTROL_CHANGE, 20, 50);
        key(ShortMessage.CONTROL_CHANGE, 21, 1);
        key(ShortMessage.CONTROL_CHANGE, 21, 127);
        key(ShortMessage.CONTROL_CHANGE, 20, 127);
        jam(LiveJam.Order.PANIC, LiveJam.Order.CAPTURE).play(forSeconds(1.5));

        assertTrue(said.contains("control 20 is panic"), said.toString());
        assertTrue(said.contains("control 21 is capture"), said.toString());
        assertEquals(2, captured.size(), "once by order, once at the end");
        assertTrue(
                synth.heard.stream()
                                .filter(m -> m.getCommand() == ShortMessage.CONTROL_CHANGE && m.getData1() == 120)
                                .count()
                        >= 32,
                "panic, and the end, silence every channel");
    }

    @Test
    void everyInstrumentHasAChannelOfItsOwnAndOnlyDrumsHaveTheirs() {
        List<Instrument> all = List.of(Instrument.values());
        jam(Instrument.DRUMS, all).play(() -> false);
        Map<Integer, Integer> programs = new TreeMap<>();
        synth.heard.stream()
                .filter(m -> m.getCommand() == ShortMessage.PROGRAM_CHANGE)
                .forEach(m -> assertEquals(null, programs.put(m.getChannel(), m.getData1()), "two on a channel"));
        assertEquals(all.stream().filter(Instrument::sustains).count(), programs.size());
        assertTrue(!programs.containsKey(9), "an instrument among the drums");
    }

    @Test
    void whereTheMusicianPlaysTheDrumsNobodyElseDoes() throws Exception {
        jam(Instrument.DRUMS, List.of(Instrument.DRUMS)).play(forSeconds(3));
        JamResult result = captured.get(captured.size() - 1);
        assertEquals(0, result.counts().planned);
    }

    @Test
    void whatWasPlayedIsCapturedAlsoWhereTheJamFails() throws Exception {
        key(ShortMessage.NOTE_ON, 60, 90);
        BooleanSupplier soon = forSeconds(1.5);
        assertThrows(IllegalStateException.class, () -> jam().play(() -> {
            if (soon.getAsBoolean()) {
                return true;
            }
            throw new IllegalStateException("the performer stopped");
        }));
        assertEquals(1, captured.size());
        assertEquals(
                1,
                captured.get(0).played().stream().filter(note -> !note.model()).count());
    }

    @Test
    void aJamThatStoodForAMinuteGoesOnFromWhereItWasAndMakesUpForNothing() {
        long minute = 60_000_000_000L;
        AtomicLong stood = new AtomicLong();
        LiveJam.Setting setting =
                new LiveJam.Setting(240, Meter.COMMON, Instrument.PIANO, List.of(Instrument.BASS), 1, true, List.of());
        BooleanSupplier atTheLongest = forSeconds(30);
        jam(setting, false, () -> System.nanoTime() + stood.get()).play(() -> {
            if (synth.clicks() == 4 + 4) {
                stood.set(minute);
            }
            return synth.clicks() < 4 + 12 && atTheLongest.getAsBoolean();
        });

        assertEquals(4 + 12, synth.clicks());
        assertEquals(11, captured.get(0).length(), 1);
    }

    @Test
    void whatAKeyboardSendsTooFastIsDroppedAndCounted() throws Exception {
        for (int i = 0; i < 5000; i++) {
            key(ShortMessage.NOTE_ON, 60, 1);
        }
        assertEquals(5000 - 4096, keys.dropped());
    }
}
