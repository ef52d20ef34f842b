package org.continuo.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An engine that stops reading for a while: blocks go on, what is lost is counted, and afterwards all is as before. */
class StalledEngineTest {
    @Test
    void anEngineThatDoesNotReadLosesMessagesAndNothingElse() {
        run(20_000);
    }

    @Test
    @Tag("full")
    void anEngineThatDoesNotReadLosesMessagesAndNothingElseInAMillionBlocks() {
        run(1_000_000);
    }

    private static void run(int blocks) {
        Heard heard = new Heard("stalled");
        Sounding sounding = new Sounding("stalled");
        TransportSnapshot host = new TransportSnapshot();
        host.flags = TransportSnapshot.PLAYING | TransportSnapshot.HAS_BEAT | TransportSnapshot.HAS_TEMPO;
        host.tempo = 120;
        try (Shim shim = new Shim(48000, 64)) {
            shim.connect();
            shim.process(host, 64);
            shim.engine.plan(shim.epoch(), 1, 0, 100);
            shim.engine.planOn(1, 0.1, 0, 60, 90);
            shim.engine.planOff(1, 0.5);
            shim.engine.planEnd();
            for (int b = 1; b < blocks; b++) {
                host.beat = b * 64 * 120 / 60 / 48000.0;
                shim.play(3, 0x90, 62, 80);
                sounding.block(shim, shim.process(host, 64), 64);
            }
            assertEquals(1, sounding.struck);
            assertEquals(0, sounding.count());
            assertEquals(blocks, shim.counters().get("blocks"));
            assertTrue(shim.counters().get("ring_out_full") > 0);
            shim.take(heard, heard::refuse);
            assertTrue(heard.notes > 1000);
            // It reads again: the next look at the transport arrives at once, since the one before found no room.
            int before = heard.transports;
            host.beat = blocks * 64 * 120 / 60 / 48000.0;
            shim.process(host, 64);
            shim.take(heard, heard::refuse);
            assertEquals(before + 1, heard.transports);
            assertEquals(host.beat, heard.transport.beat);
        }
    }
}
