package org.continuo.bridge.jam;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;

/**
 * What a keyboard sends, on its way to the jam's thread. Takes notes and controllers from any thread; what finds no room is
 * dropped and counted.
 */
public final class KeyQueue implements Receiver {
    private static final int ROOM = 4096;

    private final ArrayBlockingQueue<ShortMessage> waiting = new ArrayBlockingQueue<>(ROOM);
    private final AtomicLong dropped = new AtomicLong();

    @Override
    public void send(MidiMessage message, long timeStamp) {
        if (message instanceof ShortMessage event) {
            int command = event.getCommand();
            boolean wanted = command == ShortMessage.NOTE_ON
                    || command == ShortMessage.NOTE_OFF
                    || command == ShortMessage.CONTROL_CHANGE;
            if (wanted && !waiting.offer(event)) {
                dropped.incrementAndGet();
            }
        }
    }

    /** The oldest that waits, or null. */
    ShortMessage poll() {
        return waiting.poll();
    }

    /** How many found no room. */
    public long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {}
}
