package org.continuo.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.continuo.protocol.time.TransportCheck;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is inside the limits arrives as it was said. */
class RoundTripTest {
    private static final List<String> TEXTS =
            List.of("", "a", "abc", "abcd", "ragtime", "\u00dcbung \ud834\udd1e", "x".repeat(255), "\u20ac".repeat(85));

    @Test
    void randomMessagesArriveAsTheyWereSaid() {
        run(5_000, System.nanoTime());
    }

    @Test
    @Tag("full")
    void aMillionRandomMessagesArriveAsTheyWereSaid() {
        run(1_000_000, System.nanoTime());
    }

    private static void run(int count, long seed) {
        System.out.println("round trips: " + count + ", seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Transcript said = new Transcript();
        Transcript heard = new Transcript();
        ToEngineReader toEngine = new ToEngineReader();
        FromEngineReader fromEngine = new FromEngineReader();
        ToEngine client = new ToEngineWriter(packet -> toEngine.read(packet, heard, heard));
        FromEngine engine = new FromEngineWriter(packet -> fromEngine.read(packet, heard, heard));
        for (int i = 0; i < count; i++) {
            said.lines.clear();
            heard.lines.clear();
            long call = random.nextLong();
            if (random.nextBoolean()) {
                say(said, new SplittableRandom(call));
                say(client, new SplittableRandom(call));
            } else {
                answer(said, new SplittableRandom(call));
                answer(engine, new SplittableRandom(call));
            }
            assertEquals(said.lines, heard.lines, "seed " + seed + ", message " + i);
        }
    }

    private static void say(ToEngine sink, SplittableRandom random) {
        int channel = random.nextInt(16);
        int pitch = random.nextInt(128);
        int note = 1 + random.nextInt(Integer.MAX_VALUE);
        double at = time(random);
        switch (random.nextInt(13)) {
            case 0 -> sink.hello(random.nextInt(Integer.MAX_VALUE), text(random), text(random), text(random));
            case 1 -> sink.goodbye();
            case 2 -> sink.ping(random.nextInt());
            case 3 -> sink.query();
            case 4 -> sink.counters();
            case 5 -> sink.part(channel, text(random), text(random));
            case 6 -> sink.set("temperature", random.nextDouble(100));
            case 7 -> sink.set("key", text(random));
            case 8 -> sink.transport(snapshot(random));
            case 9 -> sink.noteOn(at, channel, pitch, 1 + random.nextInt(127));
            case 10 -> sink.noteOff(at, channel, pitch);
            case 11 -> sink.control(at, channel, random.nextInt(128), random.nextInt(128));
            default -> {
                sink.sounded(note, at);
                sink.missed(note);
            }
        }
    }

    private static void answer(FromEngine sink, SplittableRandom random) {
        switch (random.nextInt(6)) {
            case 0 -> sink.welcome(1, random.nextInt(Integer.MAX_VALUE), text(random));
            case 1 -> sink.refused(text(random), text(random));
            case 2 -> sink.pong(random.nextInt());
            case 3 -> sink.capability(text(random), text(random));
            case 4 -> sink.counter(text(random), random.nextLong());
            default -> plan(sink, random);
        }
    }

    private static void plan(FromEngine sink, SplittableRandom random) {
        double at = random.nextDouble(1e6);
        sink.plan(random.nextInt(Integer.MAX_VALUE), random.nextInt(Integer.MAX_VALUE), at, at + 100);
        for (int i = random.nextInt(100); i > 0; i--) {
            at += random.nextDouble();
            int note = 1 + random.nextInt(Integer.MAX_VALUE);
            if (random.nextBoolean()) {
                sink.planOn(note, at, random.nextInt(16), random.nextInt(128), 1 + random.nextInt(127));
            } else {
                sink.planOff(note, at);
            }
        }
        sink.planEnd();
    }

    private static TransportSnapshot snapshot(SplittableRandom random) {
        TransportSnapshot t = new TransportSnapshot();
        t.flags = random.nextInt(128);
        t.epoch = random.nextInt(Integer.MAX_VALUE);
        t.performance = time(random);
        t.beat = random.nextDouble(-1e6, 1e6);
        t.tempo = 1000 - random.nextDouble(1000);
        t.numerator = 1 + random.nextInt(255);
        t.denominator = 1 << random.nextInt(7);
        t.barStart = t.beat - random.nextDouble(4.0 * t.numerator / t.denominator);
        t.loopStart = random.nextDouble(-1e6, 1e6);
        t.loopEnd = t.loopStart + 0.25 + random.nextDouble(100);
        TransportCheck.clean(t);
        return t;
    }

    private static double time(SplittableRandom random) {
        return random.nextInt(10) == 0 ? 0 : random.nextDouble(1e9);
    }

    private static String text(SplittableRandom random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
