package org.continuo.bridge.live;

import java.util.List;
import org.continuo.protocol.message.FromEngine;

/** Keeps the channels of the notes that are planned. */
record PlannedChannels(List<Integer> channels) implements FromEngine {
    @Override
    public void planOn(int note, double at, int channel, int pitch, int velocity) {
        channels.add(channel);
    }
}
