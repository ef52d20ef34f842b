package org.continuo.bridge.doctor;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Plays host to the plugin's core, as a workstation does: blocks in real time, a transport that plays, keys that are struck. */
final class ShimHost {
    private static final double RATE = 48_000;
    private static final int FRAMES = 256;
    private static final long BLOCK_NANOS = (long) (FRAMES / RATE * 1e9);
    private static final double TEMPO = 120;
    private static final int PLAYING_WITH_TEMPO_METER_BEAT = 1 + 8 + 16 + 32;
    private static final int EVENT_BYTES = 8;
    private static final int TRANSPORT_BYTES = 56;
    private static final int ROOM = 256;
    private static final int NOTE_ON = 0x90;

    /** What is called of shim.h; each function is explained there. */
    interface Core extends Library {
        Pointer continuo_shim_create();

        void continuo_shim_destroy(Pointer shim);

        int continuo_shim_activate(Pointer shim, double rate, int frames);

        int continuo_shim_part(Pointer shim, int channel, String instrument, String player);

        int continuo_shim_link_start(Pointer shim, String socket, String band);

        int continuo_shim_process(
                Pointer shim, Pointer transport, Pointer in, int n, int frames, Pointer out, int capacity);
    }

    private ShimHost() {}

    /**
     * Nanoseconds from the first block to the model's first note, -1 if none came in time.
     *
     * @throws LinkageError where the core is not at hand
     */
    static long firstNote(Path socket, long patience) {
        Core core = Native.load("continuo_shim", Core.class);
        Pointer shim = core.continuo_shim_create();
        try {
            core.continuo_shim_activate(shim, RATE, FRAMES);
            core.continuo_shim_part(shim, 0, "piano", "musician");
            core.continuo_shim_part(shim, 1, "bass", "model");
            core.continuo_shim_part(shim, 9, "drums", "model");
            if (core.continuo_shim_link_start(shim, socket.toString(), "doctor") == 0) {
                return -1;
            }
            return play(core, shim, patience);
        } finally {
            core.continuo_shim_destroy(shim);
        }
    }

    private static long play(Core core, Pointer shim, long patience) {
        try (Memory transport = new Memory(TRANSPORT_BYTES);
                Memory in = new Memory(EVENT_BYTES);
                Memory out = new Memory((long) EVENT_BYTES * ROOM)) {
            transport.clear();
            in.clear();
            transport.setInt(0, PLAYING_WITH_TEMPO_METER_BEAT);
            transport.setInt(4, 4);
            transport.setInt(8, 4);
            transport.setDouble(24, TEMPO);
            long begun = System.nanoTime();
            int perBeat = (int) (60 / TEMPO * RATE / FRAMES);
            for (int block = 0; System.nanoTime() - begun < patience; block++) {
                transport.setDouble(16, block * FRAMES / RATE * TEMPO / 60);
                // A key on every beat, held for half of it.
                int place = block % perBeat;
                int struck = place == 0 || place == perBeat / 2 ? 1 : 0;
                in.setByte(4, (byte) (place == 0 ? NOTE_ON : 0x80));
                in.setByte(5, (byte) (60 + block / perBeat % 5));
                in.setByte(6, (byte) 90);
                int events = core.continuo_shim_process(shim, transport, in, struck, FRAMES, out, ROOM);
                for (int i = 0; i < events; i++) {
                    if ((out.getByte((long) EVENT_BYTES * i + 4) & 0xf0) == NOTE_ON) {
                        return System.nanoTime() - begun;
                    }
                }
                LockSupport.parkNanos(begun + (block + 1) * BLOCK_NANOS - System.nanoTime());
            }
            return -1;
        }
    }
}
