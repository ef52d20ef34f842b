package org.continuo.bridge.jam;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.continuo.protocol.time.Meter;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * The transport of a host: where it stands and plays, what it loops, its tempo and meter, as SPEC.md section 2 has them. What its
 * breaks mean to whoever plays is its caller's affair. Confined to one thread.
 */
final class HostTransport {
    /** The host's tempo and meter from a performance time on. */
    record Pulse(double at, double tempo, Meter meter) {}

    private final List<Pulse> pulses = new ArrayList<>();
    private double performance;
    private double beat;
    private double tempo = 120;
    private boolean playing;
    private Meter meter = Meter.COMMON;
    private double barLine;
    private boolean looping;
    private double loopStart;
    private double loopEnd;
    private int epoch;

    HostTransport() {
        pulse();
    }

    /** Tempo and meter, whenever either changed. */
    List<Pulse> pulses() {
        return pulses;
    }

    /** Performance time, in quarter notes. */
    double performance() {
        return performance;
    }

    /** The host's beat. */
    double beat() {
        return beat;
    }

    /** Quarter notes a minute. */
    double tempo() {
        return tempo;
    }

    Meter meter() {
        return meter;
    }

    boolean isPlaying() {
        return playing;
    }

    /** Counts the breaks. */
    int epoch() {
        return epoch;
    }

    void play(boolean plays) {
        playing = plays;
        epoch++;
    }

    void seek(double target) {
        beat = target;
        epoch++;
    }

    void loop(double start, double end) {
        looping = true;
        loopStart = start;
        loopEnd = end;
        epoch++;
    }

    void unloop() {
        looping = false;
        epoch++;
    }

    /** A new meter from here on, its bar line here. */
    void meter(Meter value) {
        meter = value;
        barLine = beat;
        pulse();
        epoch++;
    }

    /** A new tempo from here on, which is no break. */
    void tempo(double value) {
        tempo = value;
        pulse();
    }

    private void pulse() {
        if (!pulses.isEmpty() && pulses.get(pulses.size() - 1).at == performance) {
            pulses.remove(pulses.size() - 1);
        }
        pulses.add(new Pulse(performance, tempo, meter));
    }

    /**
     * Time goes on to {@code to}, through as many wraps of the loop as lie before it; nothing while the host stands.
     *
     * @param stretch told the end of each stretch without a wrap, in performance time, while the host stands at its beginning
     */
    void advance(double to, DoubleConsumer stretch) {
        while (playing && performance < to) {
            boolean wraps = looping && beat < loopEnd && beat + to - performance >= loopEnd;
            double step = wraps ? loopEnd - beat : to - performance;
            double end = wraps ? performance + step : to;
            stretch.accept(end);
            performance = end;
            beat = wraps ? loopStart : beat + step;
        }
    }

    /** All of it, as it is told. */
    TransportSnapshot snapshot() {
        TransportSnapshot transport = new TransportSnapshot();
        transport.flags = TransportSnapshot.HAS_TEMPO
                | TransportSnapshot.HAS_BEAT
                | TransportSnapshot.HAS_METER
                | TransportSnapshot.HAS_BAR_START
                | (playing ? TransportSnapshot.PLAYING : 0)
                | (looping ? TransportSnapshot.LOOPING : 0);
        transport.epoch = epoch;
        transport.performance = performance;
        transport.beat = beat;
        transport.tempo = tempo;
        transport.numerator = meter.numerator();
        transport.denominator = meter.denominator();
        double sinceLine = beat - barLine;
        transport.barStart = beat - (sinceLine - Math.floor(sinceLine / meter.quarters() + 1e-12) * meter.quarters());
        transport.loopStart = loopStart;
        transport.loopEnd = loopEnd;
        return transport;
    }
}
