package org.continuo.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hosts that say nothing, or nonsense: what leaves the shim is finite, inside the limits, and every note ends. */
class PoisonedTransportTest {
    private static final double[] POISON = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.MIN_VALUE,
        -0.0,
        Long.MIN_VALUE,
        1e-300
    };
    private static final int[] NUMBERS = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 3, 255, 256};

    @Test
    void nothingThatIsNotFiniteLeaves() {
        for (int seed = 1; seed <= 8; seed++) {
            run(seed, 2_000);
        }
    }

    @Test
    @Tag("full")
    void nothingThatIsNotFiniteLeavesInEightTimesAHundredThousandBlocks() {
        for (int seed = 1; seed <= 8; seed++) {
            run(seed, 100_000);
        }
    }

    private static void run(int seed, int blocks) {
        String run = "seed " + seed;
        Random random = new Random(seed);
        Heard heard = new Heard(run);
        Sounding sounding = new Sounding(run);
        TransportSnapshot host = new TransportSnapshot();
        double last = 0;
        int note = 0;
        try (Shim shim = new Shim(48000, 512)) {
            shim.connect();
            for (int b = 0; b < blocks; b++) {
                boolean silent = random.nextInt(16) == 0;
                int frames = random.nextInt(8) == 0 ? 0 : random.nextInt(512);
                if (random.nextInt(3) > 0) {
                    poison(host, random);
                } else {
                    // Now and then a host as it should be, so that there is something to spoil.
                    host.flags = 63;
                    host.beat += frames * 120 / 60 / 48000.0;
                    host.tempo = 120;
                    host.numerator = 4;
                    host.denominator = 4;
                }
                if (random.nextBoolean()) {
                    shim.play(random.nextInt(), 0x90 | random.nextInt(128), random.nextInt(256), random.nextInt(256));
                }
                int n = shim.process(silent ? null : host, frames);
                sounding.block(shim, n, frames);
                double performance = shim.performance();
                assertTrue(Double.isFinite(performance) && performance >= last, run + ": performance " + performance);
                last = performance;
                shim.take(heard, heard::refuse);
                if (b % 4 == 0 && performance < 1e8) {
                    shim.engine.plan(shim.epoch(), b, performance, performance + 1);
                    shim.engine.planOn(++note, performance + 0.01, 0, 60 + note % 12, 90);
                    shim.engine.planOff(note, performance + 0.05);
                    shim.engine.planEnd();
                }
            }
            shim.disconnect();
            sounding.block(shim, shim.process(null, 64), 64);
            assertEquals(0, sounding.count(), run + ": notes left");
            assertEquals(0, shim.held(), run);
        }
        assertTrue(heard.transports > 0 && heard.notes > 0, run);
        System.out.println(run + ": " + blocks + " blocks, " + heard.sounded.size() + " notes sounded");
    }

    private static void poison(TransportSnapshot host, Random random) {
        host.flags = random.nextInt();
        host.beat = figure(host.beat, random);
        host.tempo = figure(host.tempo, random);
        host.barStart = figure(host.barStart, random);
        host.loopStart = figure(host.loopStart, random);
        host.loopEnd = figure(host.loopEnd, random);
        host.numerator = NUMBERS[random.nextInt(NUMBERS.length)];
        host.denominator = NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private static double figure(double before, Random random) {
        switch (random.nextInt(3)) {
            case 0:
                return POISON[random.nextInt(POISON.length)];
            case 1:
                return random.nextGaussian() * 100;
            default:
                return before;
        }
    }
}
