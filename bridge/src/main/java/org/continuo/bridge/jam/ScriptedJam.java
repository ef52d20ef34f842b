package org.continuo.bridge.jam;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.protocol.time.Tempo;

/**
 * Plays a script. On the virtual clock time stands while the performer works, so that the same script gives the same notes
 * on every machine; in real time it does not. Confined to one thread.
 */
public final class ScriptedJam {
    /** Seconds of the host's blocks on the virtual clock. */
    private static final double BLOCK = 0.005;

    private static final long NAP_NANOS = 500_000;

    private final JamScript script;
    /** Asked for priority for the thread that plays in real time; null on the virtual clock. */
    private final OperatingSystem system;

    private final JamHost host;
    private int next;

    private ScriptedJam(JamScript script, OperatingSystem system, JamHost host) {
        this.script = script;
        this.system = system;
        this.host = host;
    }

    /** On the virtual clock. */
    public static ScriptedJam onVirtualClock(JamScript script, NoteModel model, PerformerSettings settings) {
        return new ScriptedJam(
                script,
                null,
                new JamHost(host -> new InStep(model, settings, host), settings, Ear.NONE, System::nanoTime));
    }

    /** Time passes as outside, while the model thinks too. */
    public static ScriptedJam inRealTime(
            JamScript script, NoteModel model, PerformerSettings settings, OperatingSystem system) {
        return new ScriptedJam(
                script,
                system,
                new JamHost(
                        host -> new Beside(model, settings, host, system, System::nanoTime),
                        settings,
                        Ear.NONE,
                        System::nanoTime));
    }

    /** Plays it to its end, or until {@code goOn} no longer holds. Blocks. */
    public JamResult play(BooleanSupplier goOn) {
        long begun = System.nanoTime();
        try (host) {
            // what is for the beginning is said before the host starts
            doDue();
            if (!host.isPlaying()) {
                host.start();
            }
            if (system != null) {
                system.hurryThisThread();
                playInRealTime(goOn);
            } else {
                playOnVirtualClock(goOn);
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        List<Played> played = new ArrayList<>(host.played());
        played.sort(Comparator.comparingDouble(Played::start));
        return new JamResult(
                script.name(),
                played,
                List.copyOf(host.pulses()),
                host.counts(),
                host.performance(),
                host.meter().quarters(),
                host.tempo(),
                seconds,
                host.settings().seed());
    }

    private boolean isOver() {
        // a host that stands, with nothing left to start it, stands for ever
        return host.performance() >= script.length() || !host.isPlaying();
    }

    private double nextStep() {
        return next < script.steps().size()
                ? Math.min(script.length(), script.steps().get(next).at())
                : script.length();
    }

    private void doDue() {
        while (next < script.steps().size() && script.steps().get(next).at() <= host.performance()) {
            script.steps().get(next++).act().on(host);
        }
    }

    private void playOnVirtualClock(BooleanSupplier goOn) {
        while (!isOver() && goOn.getAsBoolean()) {
            while (host.work(false)) {
                // until it has planned as far as it looks ahead
            }
            host.advance(Math.min(nextStep(), host.performance() + BLOCK * host.tempo() / 60));
            doDue();
        }
    }

    private void playInRealTime(BooleanSupplier goOn) {
        long last = System.nanoTime();
        while (!isOver() && goOn.getAsBoolean()) {
            long now = System.nanoTime();
            double reached = host.performance() + Tempo.quartersIn(now - last, host.tempo());
            last = now;
            while (host.performance() < reached && !isOver()) {
                host.advance(Math.min(reached, nextStep()));
                doDue();
            }
            if (!host.work(true)) {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }
}
