package org.continuo.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hosts that play, stop, seek, loop, ramp and change meter at random, against an engine that changes its mind at random.
 * Each planned note sounds at most once, at its sample; one that nothing took back sounds; no break leaves a note; nothing
 * is doubled.
 */
class ScriptedHostTest {
    private static final int[][] METERS = {{4, 4}, {3, 4}, {7, 8}, {3, 16}, {6, 8}, {5, 4}};
    private static final double TIE = 1e-4;

    @Test
    void whateverTheHostDoesEveryNoteSoundsOnceOnTimeAndEnds() {
        run(1, 200);
    }

    @Test
    @Tag("full")
    void whateverTheHostDoesEveryNoteSoundsOnceOnTimeAndEndsInTenThousandScripts() {
        run(1, 10_000);
    }

    private static void run(int first, int count) {
        long sounded = 0;
        long breaks = 0;
        for (int seed = first; seed < first + count; seed++) {
            Script script = new Script(seed);
            script.perform();
            sounded += script.heard.sounded.size();
            breaks += script.breaks;
        }
        System.out.println("scripts " + count + ", notes sounded " + sounded + ", breaks " + breaks);
        assertTrue(sounded > 10L * count);
    }

    /** A note that waits in the shim, as the test knows it. */
    private record Waiting(int note, double at, int channel, int pitch) {}

    private static final class Script {
        final String run;
        final Random random;
        final Heard heard;
        final Sounding sounding;
        final TransportSnapshot host = new TransportSnapshot();
        final double rate;
        final int maxFrames;
        final Map<Integer, Waiting> waiting = new TreeMap<>();
        int note;
        int revision;
        /** The newest revision given. */
        int newest = -1;

        int breaks;
        /** By the host's own reckoning. */
        double performance;

        boolean playing;
        double rampTo;
        boolean broke = true;

        Script(int seed) {
            run = "seed " + seed;
            random = new Random(seed);
            heard = new Heard(run);
            sounding = new Sounding(run);
            rate = new double[] {44100, 48000, 96000}[random.nextInt(3)];
            maxFrames = new int[] {32, 64, 256, 1024}[random.nextInt(4)];
            host.beat = random.nextInt(3) == 0 ? -random.nextInt(9) - 0.5 : random.nextInt(64);
            host.tempo = 40 + random.nextInt(300);
            host.numerator = 4;
            host.denominator = 4;
            rampTo = host.tempo;
        }

        void perform() {
            try (Shim shim = new Shim(rate, maxFrames)) {
                shim.connect();
                for (int b = 0; b < 600; b++) {
                    act();
                    int frames = random.nextInt(4) == 0 ? 1 + random.nextInt(maxFrames) : maxFrames;
                    block(shim, frames);
                    if (random.nextInt(6) == 0) {
                        plan(shim);
                    }
                }
                shim.disconnect();
                sounding.block(shim, shim.process(host, 0), 0);
                assertEquals(0, sounding.count(), run + ": notes left");
                assertEquals(sounding.struck, heard.sounded.size(), run + ": notes struck and reported");
                Map<String, Long> counters = shim.counters();
                assertEquals(counters.get("note_on"), counters.get("note_off"), run);
                assertEquals(0, counters.get("ring_out_full") + counters.get("ring_in_full"), run);
            }
        }

        /** Something that hosts do, before a block. */
        private void act() {
            switch (random.nextInt(160)) {
                case 0:
                case 1:
                    playing = !playing;
                    broke = true;
                    break;
                case 2:
                    // Far enough from where it is, and from the loop's start, to be no going on.
                    int far = 20 + random.nextInt(100);
                    host.beat = Math.floor(host.beat) + (random.nextBoolean() ? far : -far) + 0.3;
                    broke = true;
                    break;
                case 3:
                    int[] meter = METERS[random.nextInt(METERS.length)];
                    broke |= meter[0] != host.numerator || meter[1] != host.denominator;
                    host.numerator = meter[0];
                    host.denominator = meter[1];
                    break;
                case 4:
                    boolean ahead = loopAhead();
                    double start = host.loopStart;
                    double end = host.loopEnd;
                    host.flags &= ~TransportSnapshot.LOOPING;
                    if (random.nextBoolean()) {
                        host.flags |= TransportSnapshot.LOOPING;
                        host.loopStart = Math.floor(host.beat) - random.nextInt(3) + 0.5 * random.nextInt(2);
                        host.loopEnd = host.loopStart + 1 + 0.25 * random.nextInt(16);
                    }
                    boolean moved = start != host.loopStart || end != host.loopEnd;
                    broke |= ahead != loopAhead() || ahead && moved;
                    break;
                case 5:
                    rampTo = 20 + random.nextInt(400);
                    break;
                case 6:
                    host.tempo = 20 + random.nextInt(400);
                    rampTo = host.tempo;
                    break;
                default:
            }
            if (!playing && rampTo != host.tempo) {
                host.tempo = rampTo;
            }
            if (playing && !broke) {
                // A ramp of at most 20 BPM a second, as told at the start of a block.
                double step = 20.0 * maxFrames / rate;
                host.tempo += Math.max(-step, Math.min(step, rampTo - host.tempo));
            }
        }

        private boolean loopAhead() {
            return (host.flags & TransportSnapshot.LOOPING) != 0 && host.beat < host.loopEnd;
        }

        private void block(Shim shim, int frames) {
            host.flags = host.flags & TransportSnapshot.LOOPING
                    | TransportSnapshot.HAS_BEAT
                    | TransportSnapshot.HAS_TEMPO
                    | TransportSnapshot.HAS_METER
                    | (playing ? TransportSnapshot.PLAYING : 0);
            if (random.nextInt(5) == 0) {
                shim.play(random.nextInt(frames), 0x90, 40 + random.nextInt(40), random.nextInt(128));
            }
            int epoch = shim.epoch();
            int n = shim.process(host, frames);
            assertEquals(broke, shim.epoch() != epoch, () -> run + ": a break at beat " + host.beat);
            assertEquals(performance, shim.performance(), 1e-6, () -> run + ": performance");
            int told = heard.inOrder.size();
            shim.take(heard, heard::refuse);
            // What came too late was said to be missed; it does not wait any more.
            waiting.keySet().removeAll(heard.missed.keySet());
            if (broke) {
                breaks++;
                waiting.clear();
            }
            int left = sounding.block(shim, n, frames);
            if (broke) {
                assertEquals(0, left, run + ": notes over a break");
            }
            double quartersAFrame = host.tempo / 60 / rate;
            double end = playing ? shim.performance() + frames * quartersAFrame : shim.performance();
            check(shim, n, told, frames, quartersAFrame, end);
            broke = false;
            if (playing) {
                double before = host.beat;
                performance += frames * quartersAFrame;
                host.beat += frames * quartersAFrame;
                if ((host.flags & TransportSnapshot.LOOPING) != 0 && before < host.loopEnd) {
                    while (host.beat >= host.loopEnd) {
                        host.beat -= host.loopEnd - host.loopStart;
                    }
                }
            }
        }

        /** Every note struck was waiting, and is on its sample; none whose sample has gone by waits any longer. */
        private void check(Shim shim, int events, int told, int frames, double quartersAFrame, double end) {
            for (int event = 0; event < events; event++) {
                if (shim.status(event) >> 4 != 9) {
                    continue;
                }
                Waiting struck = waiting.remove(heard.inOrder.get(told++));
                assertTrue(struck != null, () -> run + ": a note that was not to sound");
                assertEquals(
                        struck.channel * 128 + struck.pitch, (shim.status(event) & 15) * 128 + shim.data1(event), run);
                double exact = (struck.at - shim.performance()) / quartersAFrame;
                if (Math.abs(exact - Math.floor(exact) - 0.5) > TIE) {
                    assertEquals(Math.max(0, Math.round(exact)), shim.frame(event), () -> run + ": note " + struck);
                }
            }
            for (Waiting w : waiting.values()) {
                double exact = (w.at - shim.performance()) / quartersAFrame;
                assertTrue(
                        !playing || Math.round(exact) >= frames - (onTie(exact) ? 1 : 0),
                        () -> run + ": " + w + " should have sounded before " + end);
            }
        }

        private static boolean onTie(double exact) {
            return Math.abs(exact - Math.floor(exact) - 0.5) <= TIE;
        }

        /** A plan for the next beats: mostly for this epoch, mostly in time. */
        private void plan(Shim shim) {
            int epoch = shim.epoch() - (random.nextInt(10) == 0 ? 1 : 0);
            int number = random.nextInt(10) == 0 ? Math.max(0, revision - 1) : ++revision;
            double from = shim.performance() + random.nextDouble() * (random.nextInt(4) == 0 ? 0.02 : 0.5);
            boolean counts = epoch == shim.epoch() && number >= newest;
            if (counts && number > newest) {
                waiting.values().removeIf(w -> w.at >= from);
            }
            newest = Math.max(newest, number);
            List<double[]> events = new ArrayList<>(); // at, note or its negative for the end, channel, pitch
            for (int i = random.nextInt(24); i > 0; i--) {
                double at = from + random.nextDouble() * 2;
                int channel = random.nextInt(3);
                int pitch = 40 + random.nextInt(30);
                events.add(new double[] {at, ++note, channel, pitch});
                if (random.nextInt(10) > 0) {
                    events.add(new double[] {at + 0.01 + random.nextDouble(), -note, channel, pitch});
                }
            }
            events.sort((a, b) -> Double.compare(a[0], b[0]));
            shim.engine.plan(epoch, number, from, from + 4);
            for (Iterator<double[]> all = events.iterator(); all.hasNext(); ) {
                double[] e = all.next();
                if (e[1] < 0) {
                    shim.engine.planOff((int) -e[1], e[0]);
                } else {
                    shim.engine.planOn((int) e[1], e[0], (int) e[2], (int) e[3], 1 + random.nextInt(127));
                    if (counts) {
                        waiting.put((int) e[1], new Waiting((int) e[1], e[0], (int) e[2], (int) e[3]));
                    }
                }
            }
            shim.engine.planEnd();
        }
    }
}
