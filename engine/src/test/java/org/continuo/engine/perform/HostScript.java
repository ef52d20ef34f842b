package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Consumer;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Scale;
import org.continuo.protocol.time.Meter;

/**
 * A random session, wholly a function of its seed: play, stop, seek, loop, tempo ramps, meters, positions before bar one,
 * and a musician who plays something now and then. What must hold of every session is asserted.
 */
final class HostScript {
    private static final Meter[] METERS = {
        new Meter(4, 4),
        new Meter(3, 4),
        new Meter(3, 16),
        new Meter(7, 8),
        new Meter(6, 8),
        new Meter(5, 4),
        new Meter(17, 4)
    };
    private static final double[] BLOCKS = {64, 128, 256, 480, 1024, 2048};
    private static final double FASTEST = 500;
    private static final int MUSICIAN = 0;
    private static final int FIRST_MODEL = 1;
    private static final double MOST_AHEAD = 0.5;

    private final long seed;
    private final Random random;
    private final VirtualHost host = new VirtualHost();
    private final Performer performer;
    private final Instrument[] band;
    private final Mode mode;
    private final double lookahead;
    /** Work done in a block: less than it would like on a slow machine. */
    private final int mostWork;

    /** Draws what the controls do; null where there are none. */
    private final Random controlling;

    private final Controls controls;

    /** Draws by how much the host is ahead of the performer's clock; null where it never is. */
    private final Random stumbling;

    private final boolean[] held = new boolean[128];
    private double ramp = 1;
    private int checked;

    HostScript(NoteModel model, long seed) {
        this(model, seed, false, false);
    }

    /**
     * @param controlled whether the musician also uses every control, and every mode
     * @param stumbles whether the host now and then runs ahead of the performer's clock, up to half a quarter
     */
    HostScript(NoteModel model, long seed, boolean controlled, boolean stumbles) {
        this.stumbling = stumbles ? new Random(seed * 31) : null;
        host.tellsLater = stumbles && stumbling.nextBoolean();
        this.seed = seed;
        this.random = new Random(seed);
        this.controlling = controlled ? new Random(~seed) : null;
        int what = random.nextInt(10);
        this.mode = controlled
                ? Mode.values()[controlling.nextInt(Mode.values().length)]
                : what < 7 ? Mode.ACCOMPANY : what < 9 ? Mode.CONTINUE : Mode.LISTEN;
        this.controls = controlled ? randomControls() : Controls.OPEN;
        this.mostWork = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 10_000;
        this.lookahead = new double[] {0.25, 0.5, 1, 2, 4}[random.nextInt(5)];
        this.performer = new Performer(
                model,
                new PerformerSettings(
                        mode,
                        Conditions.NONE,
                        Sampling.PLAIN,
                        seed,
                        lookahead,
                        1 + random.nextInt(3),
                        0.5,
                        0.015,
                        controls),
                host);
        host.play(performer);
        Instrument[][] bands = {
            {Instrument.BASS, Instrument.DRUMS},
            {Instrument.DRUMS},
            {Instrument.BASS},
            {Instrument.GUITAR, Instrument.PIANO}
        };
        this.band = bands[random.nextInt(bands.length)];
        performer.part(MUSICIAN, Instrument.PIANO, Player.MUSICIAN);
        for (int i = 0; i < band.length; i++) {
            performer.part(FIRST_MODEL + i, band[i], Player.MODEL);
        }
        host.hasTimeline = random.nextInt(8) > 0;
        host.tempo = 40 + random.nextInt(260);
        host.meter = METERS[random.nextInt(METERS.length)];
        host.beat = random.nextBoolean() ? 0 : random.nextInt(64) / 4.0 - 8;
    }

    private Controls randomControls() {
        return new Controls(
                1 + controlling.nextInt(3),
                controlling.nextInt(60),
                40 + controlling.nextInt(60),
                controlling.nextInt(25) - 1,
                controlling.nextBoolean() ? ChordChart.of("C Am7 F#dim N.C. G/B") : null,
                Math.max(0, controlling.nextDouble() * 2 - 1),
                controlling.nextInt(6) - 1);
    }

    /** Runs it, checks it, and returns all that was said. */
    String run(int actions) {
        return run(actions, player -> {});
    }

    /** As {@link #run(int)}, with a look at the performer after each action. */
    String run(int actions, Consumer<Performer> look) {
        try (performer) {
            host.start();
            for (int i = 0; i < actions; i++) {
                act();
                if (controlling != null) {
                    control();
                }
                if (stumbling != null) {
                    host.ahead = stumbling.nextBoolean() ? stumbling.nextDouble() * MOST_AHEAD : 1e-9;
                }
                blocks(0.2 + random.nextDouble() * 2.5);
                look.accept(performer);
            }
            if (stumbling != null) {
                blocks(14); // what is stuck shows
                look.accept(performer);
            }
            host.stop();
            check();
            return host.said.toString();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("script seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private void act() {
        switch (random.nextInt(9)) {
            case 0 -> {
                host.stop();
                for (int i = random.nextInt(4); i > 0; i--) {
                    musician();
                    host.block(0.01, mostWork);
                }
                if (random.nextBoolean()) {
                    host.beat = elsewhere(random.nextDouble() * 16 - 4);
                }
                host.start();
            }
            case 1 ->
                host.seek(
                        elsewhere(random.nextBoolean() ? random.nextInt(80) / 8.0 - 2 : random.nextDouble() * 20 - 4));
            case 2 -> {
                double start = random.nextBoolean() ? Math.floor(host.beat) : random.nextInt(96) / 24.0 - 1;
                double length = new double[] {0.1, 0.25, 1 / 3.0, 0.75, 1, 2, 3.5, 4}[random.nextInt(8)];
                // so short that it is none: the plugin, too, does not wrap
                host.loop(start, start + length);
            }
            case 3 -> host.unloop();
            case 4 -> {
                // bar lines so near each other are one to the timeline, and notes stay on the former's grid
                if (host.isBeside(1e-3)) {
                    host.block(0.01, mostWork);
                }
                host.meter(METERS[random.nextInt(METERS.length)]);
            }
            case 5 -> ramp = 0.97 + random.nextDouble() * 0.06;
            case 6 -> performer.part(FIRST_MODEL, band[0], random.nextInt(3) == 0 ? Player.NOBODY : Player.MODEL);
            default -> ramp = 1;
        }
    }

    /** A jump by less than a thousandth of a quarter is none to the timeline: hosts round, and notes stay on the former grid. */
    private double elsewhere(double beat) {
        return Math.abs(beat - host.beat) < 1e-3 ? beat + 1 : beat;
    }

    private void control() {
        switch (controlling.nextInt(8)) {
            case 0 -> performer.endIn(controlling.nextInt(4));
            case 1 -> performer.panic();
            case 2 -> performer.keep();
            case 3 -> performer.keepUntil(host.performance + controlling.nextDouble() * 4 - 1);
            case 4 -> performer.discard();
            case 6 -> performer.discardFrom(host.performance + controlling.nextDouble() * 4 - 1);
            case 5 -> performer.register(FIRST_MODEL, controlling.nextInt(128), controlling.nextInt(128));
            default -> {}
        }
    }

    private void blocks(double quarters) {
        double end = host.performance + quarters;
        // a block longer than what is planned ahead must skip time, at any tempo
        double longest = lookahead * 60 / FASTEST - 0.015;
        double seconds = Math.min(longest, BLOCKS[random.nextInt(BLOCKS.length)] / 48_000);
        while (host.performance < end) {
            if (random.nextDouble() < seconds * 4) {
                musician();
            }
            host.tempo = Math.max(20, Math.min(FASTEST, host.tempo * ramp));
            host.block(seconds, mostWork);
        }
    }

    private void musician() {
        double at = host.performance - random.nextInt(3) * 0.002;
        if (random.nextInt(12) == 0) {
            performer.control(Math.max(0, at), MUSICIAN, 64, random.nextBoolean() ? 127 : 0);
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            int pitch = 40 + random.nextInt(12);
            if (held[pitch] && random.nextInt(4) > 0) {
                host.said
                        .append("musician off ")
                        .append(at)
                        .append(' ')
                        .append(pitch)
                        .append('\n');
                performer.noteOff(Math.max(0, at), MUSICIAN, pitch);
            } else {
                host.said
                        .append("musician on ")
                        .append(at)
                        .append(' ')
                        .append(pitch)
                        .append('\n');
                performer.noteOn(Math.max(0, at), MUSICIAN, pitch, 1 + random.nextInt(127));
            }
            held[pitch] = !held[pitch];
        }
    }

    private void check() {
        assertEquals(0, host.ringing());
        // an end that has to be told anew sounds at the commit line; a slow machine tells nothing while it thinks
        double longestStroke = Strokes.LENGTH
                + host.furthestCommit
                + host.longestBlock
                + (stumbling == null ? 0 : MOST_AHEAD)
                + (mostWork > 10 ? 0 : host.longestWait);
        for (int i = 0; i < band.length; i++) {
            double rang = host.longestRing[FIRST_MODEL + i];
            assertTrue(
                    rang < (band[i].sustains() ? 12 : longestStroke + 1e-6),
                    () -> "a note rang for " + rang + " quarters");
        }
        if (mode == Mode.LISTEN) {
            assertEquals(0, host.onsets.size(), "a listener plays nothing");
        }
        if (mostWork > 10 && stumbling == null) {
            assertEquals(0, host.late, "late notes");
            assertEquals(0, performer.counters().skipped);
        }
        for (VirtualHost.Onset onset : host.onsets) {
            boolean own = onset.channel() != MUSICIAN;
            // in trade it answers on the musician's instrument while it has none of its own
            boolean maySpeakForThem = mode == Mode.CONTINUE || mode == Mode.TRADE;
            assertTrue(own || maySpeakForThem, () -> "the musician's part was played: " + onset);
            Instrument instrument = own ? band[onset.channel() - FIRST_MODEL] : Instrument.PIANO;
            assertTrue(instrument.reaches(onset.pitch()), onset::toString);
            boolean low = onset.pitch() < Math.min(controls.lowest(), controls.highest());
            boolean high = onset.pitch() > Math.max(controls.lowest(), controls.highest());
            boolean outside = low || high || !Scale.holds(controls.classes(), onset.pitch());
            assertTrue(!instrument.sustains() || !outside, () -> "outside " + controls + ": " + onset);
            assertTrue(maySpeakForThem || instrument != Instrument.PIANO, () -> "shared with the musician: " + onset);
            double ticks = onset.sinceBarLine() * 24;
            // where the musician is followed, the grid lies where theirs does
            if (host.hasTimeline && controls.follow() == 0) {
                assertEquals(Math.rint(ticks), ticks, 1e-3, () -> "off the grid: " + onset);
            }
            checked++;
        }
    }

    /** All that was said and done so far. */
    String log() {
        return host.said.toString();
    }

    /** Notes that sounded. */
    int notes() {
        return checked;
    }
}
