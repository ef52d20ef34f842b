package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;
import java.util.stream.LongStream;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.PlanSink;
import org.continuo.protocol.time.TransportCheck;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hosts that say anything the wire lets through: time in leaps, meters of a hair, keys that stay down. The performer lives. */
class HostileHostTest {
    private static final int EVENTS = 200;
    private static final Mode[] MODES = Mode.values();
    private static final Player[] PLAYERS = Player.values();

    private static NoteModel model;

    @BeforeAll
    static void load() throws ModelException {
        model = BandModel.load();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void nothingThatAHostSaysStopsThePerformer() {
        run(0, 100);
    }

    @Test
    @Tag("full")
    void nothingThatAHostSaysStopsThePerformerInTenThousandSessions() {
        run(1_000, 11_000);
    }

    /** Far more beats than can be counted through. */
    private static final double FAR = 1e6;

    @Test
    void aLeapWhileTheHostPlaysIsNotCountedThrough() {
        leap(false);
    }

    @Test
    void aLeapWhileTheHostStandsIsNotCountedThrough() {
        leap(true);
    }

    private static void leap(boolean standing) {
        TransportSnapshot transport = new TransportSnapshot();
        transport.flags = TransportSnapshot.PLAYING;
        try (Performer performer = new Performer(model, PerformerSettings.DEFAULT, new Plans())) {
            performer.part(1, Instrument.BASS, Player.MODEL);
            performer.transport(transport);
            performer.noteOn(0, 0, 60, 80);
            work(performer, 0, 1000);
            if (standing) {
                transport.flags = 0;
                transport.epoch++;
                performer.transport(transport);
                transport.flags = TransportSnapshot.PLAYING;
                transport.epoch++;
            }
            long before = performer.counters().tokens;
            transport.performance += FAR;
            performer.transport(transport);
            performer.noteOff(FAR, 0, 60);
            work(performer, FAR, 1000);
            long said = performer.counters().tokens - before;
            assertTrue(said > 0 && said < 1000, said + " tokens were said");
        }
    }

    private static void run(long from, long to) {
        long plans = LongStream.range(from, to)
                .parallel()
                .map(HostileHostTest::played)
                .sum();
        assertTrue(plans > to - from, "only " + plans + " plans");
    }

    private static long played(long seed) {
        try {
            return play(new Random(seed));
        } catch (RuntimeException e) {
            return fail("seed " + seed, e);
        }
    }

    /** How many plans were told. */
    private static long play(Random random) {
        Plans plans = new Plans();
        TransportSnapshot transport = new TransportSnapshot();
        transport.flags = TransportSnapshot.PLAYING;
        // most sessions have a habit: how far time leaps, how short bars are
        double leap = Math.pow(10, random.nextDouble() * 8 - 2);
        boolean shortBars = random.nextBoolean();
        try (Performer performer = new Performer(model, PerformerSettings.DEFAULT, plans)) {
            performer.part(1, Instrument.BASS, Player.MODEL);
            for (int i = 0; i < EVENTS; i++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> say(performer, transport, random, leap, shortBars);
                    case 3 -> performer.noteOn(any(transport, random), random.nextInt(16), random.nextInt(128), 80);
                    case 4 -> performer.noteOff(any(transport, random), random.nextInt(16), random.nextInt(128));
                    case 5 -> control(performer, transport, random);
                    default -> work(performer, transport.performance, random.nextInt(8));
                }
            }
            work(performer, transport.performance, 1000);
        }
        return plans.count;
    }

    private static void work(Performer performer, double now, int most) {
        for (int i = 0; i < most && performer.work(now); i++) {
            // a little of what there is to do
        }
    }

    private static double any(TransportSnapshot transport, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1e9 * random.nextDouble();
            default -> transport.performance + random.nextDouble() - 0.5;
        };
    }

    private static void say(
            Performer performer, TransportSnapshot transport, Random random, double leap, boolean shortBars) {
        transport.performance = Math.min(1e9, transport.performance + leap * random.nextDouble());
        transport.beat += random.nextInt(20) == 0 ? 200 * random.nextGaussian() : leap * random.nextDouble();
        if (random.nextInt(10) == 0) {
            transport.epoch++;
            transport.flags = random.nextInt(128);
            transport.tempo = Math.pow(10, random.nextDouble() * 5 - 2);
            transport.numerator = shortBars ? 1 : random.nextInt(300);
            transport.denominator = shortBars ? 64 : 1 << random.nextInt(8);
            transport.barStart = transport.beat - random.nextDouble() * 8;
            transport.loopStart = transport.beat - random.nextDouble() * 8;
            transport.loopEnd = transport.beat + random.nextDouble() * random.nextDouble() * 8;
        }
        if (random.nextInt(3) > 0) {
            transport.flags |= TransportSnapshot.PLAYING;
        }
        TransportSnapshot said = new TransportSnapshot();
        said.copyFrom(transport);
        TransportCheck.clean(said);
        performer.transport(said);
    }

    private static void control(Performer performer, TransportSnapshot transport, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> performer.control(transport.performance, random.nextInt(16), 64, random.nextInt(128));
            case 1 ->
                performer.part(
                        random.nextInt(16),
                        Instrument.ofIndex(random.nextInt(Instrument.COUNT)),
                        PLAYERS[random.nextInt(PLAYERS.length)]);
            case 2 -> performer.settings(PerformerSettings.DEFAULT.withMode(MODES[random.nextInt(MODES.length)]));
            case 3 -> performer.endIn(random.nextInt(65));
            case 4 -> performer.register(random.nextInt(16), random.nextInt(128), random.nextInt(128));
            default -> {
                if (random.nextInt(4) == 0) {
                    performer.panic();
                } else if (random.nextBoolean()) {
                    performer.keep();
                } else {
                    performer.discard();
                }
            }
        }
    }

    private static final class Plans implements PlanSink {
        private long count;

        @Override
        public void plan(int epoch, int revision, double from, double to) {
            count++;
        }

        @Override
        public void planOn(int note, double at, int channel, int pitch, int velocity) {}

        @Override
        public void planOff(int note, double at) {}

        @Override
        public void planEnd() {}
    }
}
