package org.continuo.engine.perform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.PlanSink;
import org.continuo.protocol.time.TransportSnapshot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an event costs in garbage once everything is warm: nothing, but what the model's runtime makes. */
class EventPathTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Takes plans and keeps nothing. */
    private static final class Nowhere implements PlanSink {
        private long events;

        @Override
        public void plan(int epoch, int revision, double from, double to) {
            events++;
        }

        @Override
        public void planOn(int note, double at, int channel, int pitch, int velocity) {
            events++;
        }

        @Override
        public void planOff(int note, double at) {
            events++;
        }

        @Override
        public void planEnd() {
            events++;
        }
    }

    private long allocated;
    private long events;

    @Test
    void aWarmEventAllocatesNothing() throws ModelException {
        run(PerformerSettings.DEFAULT, 20_000, 20_000);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void norWithEveryControlInUse(Mode mode) throws ModelException {
        Controls controls = new Controls(1, 30, 90, 0, ChordChart.of("C Am F G"), 0.8, 2);
        run(PerformerSettings.DEFAULT.withMode(mode).withControls(controls), 20_000, 20_000);
    }

    @Test
    @Tag("full")
    void amongAMillionWarmEventsNoneAllocates() throws ModelException {
        run(PerformerSettings.DEFAULT, 50_000, 1_000_000);
    }

    private void run(PerformerSettings settings, int warm, int counted) throws ModelException {
        Nowhere out = new Nowhere();
        try (NoteModel model = BandModel.load();
                Performer performer = new Performer(model, settings.withLookahead(0.5), out)) {
            performer.part(0, Instrument.PIANO, Player.MUSICIAN);
            performer.part(1, Instrument.BASS, Player.MODEL);
            performer.part(2, Instrument.DRUMS, Player.MODEL);
            performer.endIn(settings.controls().fade() < 0 ? 0 : 64);
            TransportSnapshot transport = new TransportSnapshot();
            transport.flags = TransportSnapshot.PLAYING | TransportSnapshot.HAS_TEMPO | TransportSnapshot.HAS_BEAT;
            transport.flags |= TransportSnapshot.LOOPING;
            transport.loopEnd = 3.5;
            transport.tempo = 120;
            transport.epoch = 1;
            performer.transport(transport);
            drive(performer, transport, warm);
            allocated = 0;
            events = 0;
            drive(performer, transport, counted);
            assertTrue(events >= counted);
            assertEquals(0, allocated, "bytes allocated by " + events + " events");
            assertTrue(out.events > 0 || !settings.mode().playsOwnParts());
        }
    }

    /** Counts the bytes of every call but those in which the model was read. */
    private void drive(Performer performer, TransportSnapshot transport, int count) {
        for (long until = events + count; events < until; ) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            transport.performance += 0.02;
            transport.beat = transport.performance % 3.5;
            performer.transport(transport);
            double now = transport.performance;
            int pitch = 40 + (int) (now * 50) % 40;
            performer.noteOn(now, 0, pitch, 80);
            performer.noteOn(now, 0, pitch + 4, 80);
            performer.control(now, 0, 64, (int) (now * 50) % 16 * 8);
            performer.noteOff(now, 0, pitch);
            performer.noteOff(now, 0, pitch + 4);
            events += 6;
            allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
            boolean more = true;
            for (int i = 0; i < 4 && more; i++) {
                long reads = performer.counters().reads + performer.counters().ahead;
                before = THREADS.getCurrentThreadAllocatedBytes();
                more = performer.work(now);
                long after = THREADS.getCurrentThreadAllocatedBytes();
                if (performer.counters().reads + performer.counters().ahead == reads) {
                    allocated += after - before;
                }
            }
        }
    }
}
