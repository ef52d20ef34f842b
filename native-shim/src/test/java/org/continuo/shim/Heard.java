package org.continuo.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.continuo.protocol.message.ToEngine;
import org.continuo.protocol.time.TransportSnapshot;

/** What the shim told the engine, kept as far as the tests ask for it. Fails on a note that sounds twice. */
final class Heard implements ToEngine {
    final TransportSnapshot transport = new TransportSnapshot();
    /** Note number and the moment it began to sound. */
    final Map<Integer, Double> sounded = new HashMap<>();
    /** The same notes in the order they were told. */
    final List<Integer> inOrder = new ArrayList<>();

    final Map<Integer, Integer> missed = new HashMap<>();
    int transports;
    int notes;
    private final String run;

    /** @param run names the run in messages: its seed */
    Heard(String run) {
        this.run = run;
    }

    void refuse(CharSequence address, Object reason, CharSequence detail) {
        throw new AssertionError(run + ": the shim said what is refused: " + address + " " + reason + " " + detail);
    }

    @Override
    public void transport(TransportSnapshot snapshot) {
        assertTrue(snapshot.performance >= transport.performance, () -> run + ": performance time fell");
        assertTrue(snapshot.epoch >= transport.epoch, () -> run + ": the epoch fell");
        transport.copyFrom(snapshot);
        transports++;
    }

    @Override
    public void sounded(int note, double at) {
        assertEquals(null, sounded.put(note, at), () -> run + ": note " + note + " sounded twice");
        inOrder.add(note);
    }

    @Override
    public void missed(int note) {
        missed.merge(note, 1, Integer::sum);
        assertTrue(!sounded.containsKey(note), () -> run + ": note " + note + " sounded and was missed");
    }

    @Override
    public void noteOn(double at, int channel, int pitch, int velocity) {
        notes++;
    }

    @Override
    public void noteOff(double at, int channel, int pitch) {
        notes++;
    }

    @Override
    public void control(double at, int channel, int controller, int value) {
        notes++;
    }

    @Override
    public void hello(int version, CharSequence kind, CharSequence band, CharSequence token) {
        throw new AssertionError(run + ": the core said hello");
    }

    @Override
    public void goodbye() {
        throw new AssertionError(run + ": the core said goodbye");
    }

    @Override
    public void ping(int number) {}

    @Override
    public void query() {}

    @Override
    public void counters() {}

    @Override
    public void part(int channel, CharSequence instrument, CharSequence player) {}

    @Override
    public void set(CharSequence name, double value) {}

    @Override
    public void set(CharSequence name, CharSequence value) {}

    @Override
    public void register(int channel, int low, int high) {}

    @Override
    public void panic() {}

    @Override
    public void keep() {}

    @Override
    public void discard() {}

    @Override
    public void keepUntil(double at) {}

    @Override
    public void discardFrom(double at) {}

    @Override
    public void watch() {}

    @Override
    public void bands() {}

    @Override
    public void capture() {}
}
