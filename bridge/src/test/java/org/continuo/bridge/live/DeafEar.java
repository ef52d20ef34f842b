package org.continuo.bridge.live;

import org.continuo.protocol.message.ToEngine;
import org.continuo.protocol.time.TransportSnapshot;

/** Takes everything and does nothing with it. */
class DeafEar implements ToEngine {
    @Override
    public void hello(int version, CharSequence kind, CharSequence band, CharSequence token) {}

    @Override
    public void goodbye() {}

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

    @Override
    public void transport(TransportSnapshot snapshot) {}

    @Override
    public void noteOn(double at, int channel, int pitch, int velocity) {}

    @Override
    public void noteOff(double at, int channel, int pitch) {}

    @Override
    public void control(double at, int channel, int controller, int value) {}

    @Override
    public void sounded(int note, double at) {}

    @Override
    public void missed(int note) {}
}
