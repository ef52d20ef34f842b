package org.continuo.bridge.jam;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sound.midi.ShortMessage;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.perform.Player;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.time.Meter;
import org.continuo.protocol.time.Tempo;

/**
 * A jam with a keyboard: counts in, clicks, plays along, and obeys orders that come from a control that was learnt or from
 * elsewhere. Confined to one thread, but for {@link #order}.
 */
public final class LiveJam {
    /** What the musician may order while they play. */
    public enum Order {
        PANIC,
        CAPTURE,
        KEEP,
        DISCARD
    }

    /**
     * How it begins.
     *
     * @param musician the musician's instrument, on every channel but the drums'
     * @param model who joins in, each once; what the musician plays too is the musician's
     * @param countIn bars that are clicked before the host starts, 0 or more
     * @param clicks whether the metronome goes on
     * @param learn the orders that controls are learnt for, in this order
     */
    public record Setting(
            double tempo,
            Meter meter,
            Instrument musician,
            List<Instrument> model,
            int countIn,
            boolean clicks,
            List<Order> learn) {}

    private static final int DOWN = 64;
    private static final int SUSTAIN = 64;
    /** From here on a controller's number is no control that somebody moves but a message to the channel. */
    private static final int ALL_SOUND_OFF = 120;

    private static final int RESET_ALL_CONTROLLERS = 121;
    private static final int LOCAL_CONTROL = 122;
    private static final long NAP_NANOS = 500_000;

    /** Between two looks at the clock no more passes, unless the whole program stood, as after Ctrl-Z. */
    private static final long STOOD_NANOS = 1_000_000_000;

    private final Setting setting;
    private final JamHost host;
    private final KeyQueue keys;
    private final SynthEar ear;
    private final OperatingSystem system;
    private final LongSupplier nanoTime;
    private final Consumer<String> say;
    private final Consumer<JamResult> capture;
    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private final List<Order> toLearn;
    private final Map<Order, Integer> learnt = new EnumMap<>(Order.class);
    private double nextClick;
    private long begun;

    /**
     * @param system asked for priority for the band's thread and the one that plays
     * @param say takes lines for the musician
     * @param capture takes what was played so far, when it is ordered and at the end
     */
    public LiveJam(
            Setting setting,
            NoteModel model,
            PerformerSettings settings,
            KeyQueue keys,
            SynthEar ear,
            OperatingSystem system,
            LongSupplier nanoTime,
            Consumer<String> say,
            Consumer<JamResult> capture) {
        this.setting = setting;
        this.keys = keys;
        this.ear = ear;
        this.system = system;
        this.nanoTime = nanoTime;
        this.say = say;
        this.capture = capture;
        this.toLearn = new ArrayList<>(setting.learn());
        this.host = new JamHost(host -> new Beside(model, settings, host, system, nanoTime), settings, ear, nanoTime);
    }

    /** Orders something; any thread. */
    public void order(Order order) {
        orders.add(order);
    }

    /** Plays until {@code goOn} no longer holds, then ends every note. Blocks. */
    public void play(BooleanSupplier goOn) {
        say.accept("band: " + system.hurryThisThread().words());
        try {
            playOn(goOn);
        } finally { // what was played is there, whatever ended it
            ear.silence();
            capture.accept(result());
        }
    }

    private void playOn(BooleanSupplier goOn) {
        try (host) {
            begin();
            System.gc(); // what loading left is cleared away before the first bar, not in the middle of it
            countIn(goOn);
            begun = nanoTime.getAsLong();
            host.start();
            long last = begun;
            while (goOn.getAsBoolean()) {
                long now = nanoTime.getAsLong();
                if (now - last > STOOD_NANOS) {
                    standStill();
                    last = now;
                }
                advance(host.performance() + Tempo.quartersIn(now - last, host.tempo()));
                last = now;
                takeIn();
                if (!host.work(true)) {
                    LockSupport.parkNanos(NAP_NANOS);
                }
            }
        }
    }

    private void begin() {
        host.tempo(setting.tempo());
        host.meter(setting.meter());
        boolean drummer = setting.musician() == Instrument.DRUMS;
        part(drummer ? ClipNote.DRUM_CHANNEL : 0, setting.musician(), Player.MUSICIAN);
        int channel = 1;
        for (Instrument instrument : setting.model()) {
            if (instrument != Instrument.DRUMS) {
                part(channel, instrument, Player.MODEL);
                channel += channel + 1 == ClipNote.DRUM_CHANNEL ? 2 : 1;
            } else if (!drummer) {
                part(ClipNote.DRUM_CHANNEL, instrument, Player.MODEL);
            }
        }
        sayWhatToLearn();
    }

    private void part(int channel, Instrument instrument, Player player) {
        host.part(channel, instrument, player);
        ear.program(channel, instrument);
    }

    private void countIn(BooleanSupplier goOn) {
        double beat = 4.0 / setting.meter().denominator();
        long click = Math.round(Tempo.nanosOf(beat, setting.tempo()));
        long at = nanoTime.getAsLong();
        for (int i = 0; i < setting.countIn() * setting.meter().numerator() && goOn.getAsBoolean(); i++) {
            ear.click(i % setting.meter().numerator() == 0);
            at += click;
            while (nanoTime.getAsLong() < at && goOn.getAsBoolean()) {
                takeIn();
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }

    /** The host stood while the program did: nothing of that time is made up for, and the band plans anew. */
    private void standStill() {
        host.stop();
        host.start();
    }

    private void advance(double to) {
        double beat = 4.0 / setting.meter().denominator();
        while (setting.clicks() && nextClick <= to) {
            host.advance(nextClick);
            ear.click(Math.abs(Math.IEEEremainder(nextClick, setting.meter().quarters())) < 1e-9);
            nextClick += beat;
        }
        host.advance(to);
    }

    private void takeIn() {
        for (ShortMessage event = keys.poll(); event != null; event = keys.poll()) {
            take(event);
        }
        for (Order order = orders.poll(); order != null; order = orders.poll()) {
            obey(order);
        }
    }

    private void take(ShortMessage event) {
        int channel = event.getChannel() == ClipNote.DRUM_CHANNEL || setting.musician() == Instrument.DRUMS
                ? ClipNote.DRUM_CHANNEL
                : 0;
        switch (event.getCommand()) {
            case ShortMessage.NOTE_ON -> {
                if (event.getData2() > 0) {
                    host.noteOn(channel, event.getData1(), event.getData2());
                } else {
                    host.noteOff(channel, event.getData1());
                }
            }
            case ShortMessage.NOTE_OFF -> host.noteOff(channel, event.getData1());
            default -> {
                if (event.getData1() < ALL_SOUND_OFF) {
                    control(channel, event.getData1(), event.getData2());
                } else {
                    channelMode(channel, event.getData1(), event.getData2());
                }
            }
        }
    }

    /** What lets go of keys, or of the pedal, does so as if each had been let go of; a change of mode lets go of keys too. */
    private void channelMode(int channel, int message, int value) {
        if (message == RESET_ALL_CONTROLLERS) {
            host.control(channel, SUSTAIN, 0);
        } else if (message != LOCAL_CONTROL) {
            host.allNotesOff(channel);
        }
        host.control(channel, message, value);
    }

    /** A control that was learnt is an order; the first other one is learnt while there is something to learn. */
    private void control(int channel, int controller, int value) {
        boolean known = learnt.containsValue(controller);
        if (!known && !toLearn.isEmpty() && controller != SUSTAIN) {
            Order order = toLearn.remove(0);
            learnt.put(order, controller);
            say.accept("control " + controller + " is " + order.name().toLowerCase(Locale.ROOT));
            sayWhatToLearn();
        } else if (known && value >= DOWN) {
            learnt.forEach((order, learntControl) -> {
                if (learntControl == controller) {
                    obey(order);
                }
            });
        } else if (!known) {
            host.control(channel, controller, value);
        }
    }

    private void sayWhatToLearn() {
        if (!toLearn.isEmpty()) {
            say.accept("move the control that is to be " + toLearn.get(0).name().toLowerCase(Locale.ROOT));
        }
    }

    private void obey(Order order) {
        switch (order) {
            case PANIC -> {
                host.panic();
                ear.silence();
            }
            case CAPTURE -> capture.accept(result());
            case KEEP -> host.keep();
            case DISCARD -> host.discard();
        }
    }

    private JamResult result() {
        List<Played> played = new ArrayList<>(host.played());
        played.sort(Comparator.comparingDouble(Played::start));
        return new JamResult(
                "live",
                played,
                List.copyOf(host.pulses()),
                host.counts(),
                host.performance(),
                host.meter().quarters(),
                host.tempo(),
                (nanoTime.getAsLong() - begun) / 1e9,
                host.settings().seed());
    }
}
