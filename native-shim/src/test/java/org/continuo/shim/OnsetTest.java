package org.continuo.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Test;

/**
 * Every planned note on its sample: nine block sizes, six rates, three tempos. At one tempo the oracle knows nothing of
 * blocks: sample = round(at * 60 * rate / tempo), also through loops. On a ramp it is the rule of SPEC.md for the host's
 * figures at each block.
 */
class OnsetTest {
    private static final int[] BLOCKS = {1, 16, 17, 64, 256, 480, 1024, 1536, 4096};
    private static final double[] RATES = {22050, 44100, 48000, 88200, 96000, 192000};
    private static final double[] TEMPOS = {20, 120, 999};
    private static final int NOTES = 200;
    /** Positions this near between two samples, in samples, may fall to either by rounding alone. */
    private static final double TIE = 1e-5;

    private enum Host {
        STEADY,
        LOOPING,
        RAMP
    }

    @Test
    void notesSoundOnTheirSampleAtOneTempo() {
        grid(Host.STEADY);
    }

    @Test
    void notesSoundOnTheirSampleThroughLoops() {
        grid(Host.LOOPING);
    }

    @Test
    void notesSoundOnTheirSampleOnARamp() {
        grid(Host.RAMP);
    }

    private static void grid(Host kind) {
        int notes = 0;
        for (int block : BLOCKS) {
            for (double rate : RATES) {
                for (double tempo : TEMPOS) {
                    notes += run(kind, block, rate, tempo);
                }
            }
        }
        System.out.println(kind + ": " + notes + " notes, each on its sample");
        assertTrue(notes > NOTES * 100);
    }

    private static int run(Host kind, int block, double rate, double tempo) {
        String run = kind + " block " + block + " rate " + rate + " tempo " + tempo;
        Random random = new Random(block * 31L + (long) rate + (long) tempo);
        // Half a second, and enough blocks to have some.
        int blocks = (int) Math.max(rate / 2 / block, 12);
        double quartersAFrame = tempo / 60 / rate;
        double end = (double) (blocks - 4) * block * quartersAFrame * (kind == Host.RAMP ? 0.85 : 1);
        double begin = -0.3;
        double slope = kind == Host.RAMP ? (tempo > 500 ? -1 : 1) * tempo / 4 / rate : 0; // BPM a frame
        double[] times = new double[NOTES];
        for (int i = 0; i < NOTES; i++) {
            times[i] = 2 * block * quartersAFrame + random.nextDouble() * (end - 2 * block * quartersAFrame);
        }
        Arrays.sort(times);
        TransportSnapshot host = new TransportSnapshot();
        host.flags = TransportSnapshot.PLAYING | TransportSnapshot.HAS_BEAT | TransportSnapshot.HAS_TEMPO;
        double loopLength = Math.max(end / 3.3, 0.07);
        if (kind == Host.LOOPING) {
            host.flags |= TransportSnapshot.LOOPING;
            host.loopStart = begin;
            host.loopEnd = begin + loopLength;
        }
        int next = 0;
        int checked = 0;
        try (Shim shim = new Shim(rate, block)) {
            shim.connect();
            for (int b = 0; b < blocks; b++) {
                double frame = (double) b * block;
                double performance = (tempo * frame + slope * frame * frame / 2) / 60 / rate;
                host.tempo = Math.min(tempo + slope * frame, 999);
                host.beat = begin + (kind == Host.LOOPING ? performance % loopLength : performance);
                int n = shim.process(host, block);
                if (b == 0) {
                    plan(shim, times);
                }
                for (int i = 0; i < n; i++) {
                    if (shim.status(i) >> 4 != 9) {
                        continue;
                    }
                    int note = (shim.status(i) & 15) * 128 + shim.data1(i);
                    assertEquals(next++, note, () -> run + ": order");
                    double exact = kind == Host.RAMP
                            ? frame + Math.max(0, (times[note] - performance) / (host.tempo / 60 / rate))
                            : times[note] / quartersAFrame;
                    if (Math.abs(exact - Math.floor(exact) - 0.5) > TIE) {
                        assertEquals(
                                Math.round(exact),
                                (long) frame + shim.frame(i),
                                () -> run + ": note at " + times[note]);
                        checked++;
                    }
                }
            }
            assertEquals(NOTES, next, run + ": notes that sounded");
            assertEquals(1, shim.counters().get("breaks"), run);
            if (kind == Host.LOOPING) {
                assertTrue(shim.counters().get("wraps") >= 1, run);
            }
        }
        return checked;
    }

    /** Each note on a key of its own, ends far away. */
    private static void plan(Shim shim, double[] times) {
        shim.engine.plan(shim.epoch(), 1, 0, 1000);
        for (int i = 0; i < times.length; i++) {
            shim.engine.planOn(i + 1, times[i], i / 128, i % 128, 100);
        }
        shim.engine.planEnd();
    }
}
