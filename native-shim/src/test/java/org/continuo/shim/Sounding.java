package org.continuo.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The synthesizer behind the plugin: which keys are down. Fails on a key struck or released twice, or out of order. */
final class Sounding {
    private final boolean[] down = new boolean[16 * 128];
    private final String run;
    private int count;
    int struck;

    /** @param run names the run in messages */
    Sounding(String run) {
        this.run = run;
    }

    int count() {
        return count;
    }

    /** Takes the events of a block; how many keys that were down before it still are. */
    int block(Shim shim, int events, int frames) {
        int before = count;
        int last = 0;
        for (int i = 0; i < events; i++) {
            int status = shim.status(i);
            int key = (status & 15) * 128 + shim.data1(i);
            boolean on = status >> 4 == 9;
            assertTrue(on || status >> 4 == 8, () -> run + ": status " + status);
            assertTrue(
                    shim.frame(i) >= last && shim.frame(i) < Math.max(frames, 1), () -> run + ": a frame out of order");
            last = shim.frame(i);
            assertTrue(down[key] != on, () -> run + ": key " + key + (on ? " struck" : " released") + " twice");
            assertEquals(on, shim.data2(i) > 0, () -> run + ": velocity");
            down[key] = on;
            count += on ? 1 : -1;
            struck += on ? 1 : 0;
            before -= !on && before > 0 ? 1 : 0;
        }
        return before;
    }
}
