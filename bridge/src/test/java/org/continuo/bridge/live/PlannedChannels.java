package org.continuo.bridge.live;

import java.util.List;
import org.continuo.protocol.message.FromEngine;

/** Keeps the channels of the notes that are planned. */
record PlannedChannels(List<Integer> channels) implements FromEngine {
    @Override
    public void welcome(int version, int session, CharSequence engine) {}

    @Override
    public void refused(CharSequence address, CharSequence reason) {}

    @Override
    public void pong(int number) {}

    @Override
    public void capability(CharSequence name, CharSequence value) {}

    @Override
    public void counter(CharSequence name, long value) {}

    @Override
    public void captured(CharSequence file) {}

    @Override
    public void plan(int epoch, int revision, double from, double to) {}

    @Override
    public void planOn(int note, double at, int channel, int pitch, int velocity) {
        channels.add(channel);
    }

    @Override
    public void planOff(int note, double at) {}

    @Override
    public void planEnd() {}
}
