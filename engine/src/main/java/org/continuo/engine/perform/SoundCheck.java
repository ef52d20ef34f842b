package org.continuo.engine.perform;

import org.continuo.engine.model.ModelThread;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.PlanSink;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Plays a few notes to nobody, so that the first answer that somebody waits for is as quick as any: what a process does for the
 * first time takes it many times as long. On a daemon thread of its own, from the beginning; about half a second of one core.
 *
 * <p>{@link #close} ends it at once, but for the read of the model that is under way, for which it waits.
 */
public final class SoundCheck implements AutoCloseable {
    private static final int NOTES = 24;
    private static final double APART = 0.5;
    private static final int LOWEST = 60;
    private static final int VELOCITY = 80;
    private static final double TEMPO = 120;

    private final NoteModel model;
    private final PerformerSettings settings;
    private final ModelThread thread;
    private volatile boolean ended;

    /** @param model stays open, and must until this is closed */
    public SoundCheck(NoteModel model, PerformerSettings settings) {
        this.model = model;
        this.settings = settings;
        this.thread = new ModelThread(this::play, "sound-check");
    }

    private void play() {
        try (Performer performer = new Performer(model, settings, new Nobody())) {
            performer.part(0, Instrument.PIANO, Player.MUSICIAN);
            performer.part(1, Instrument.BASS, Player.MODEL);
            performer.part(2, Instrument.DRUMS, Player.MODEL);
            for (int i = 0; i < NOTES && !ended; i++) {
                double now = i * APART;
                int pitch = LOWEST + i * 7 % 12;
                performer.transport(at(now));
                performer.noteOn(now, 0, pitch, VELOCITY);
                planAt(performer, now);
                performer.noteOff(now + APART / 2, 0, pitch);
                planAt(performer, now + APART / 2);
            }
        }
    }

    private void planAt(Performer performer, double now) {
        while (!ended && performer.work(now)) {
            // until it has planned as far as it looks ahead
        }
    }

    private static TransportSnapshot at(double now) {
        TransportSnapshot transport = new TransportSnapshot();
        transport.flags = TransportSnapshot.PLAYING | TransportSnapshot.HAS_TEMPO | TransportSnapshot.HAS_BEAT;
        transport.performance = now;
        transport.beat = now;
        transport.tempo = TEMPO;
        return transport;
    }

    @Override
    public void close() {
        ended = true;
        thread.awaitEnd();
    }

    /** Hears nothing. */
    private static final class Nobody implements PlanSink {
        @Override
        public void plan(int epoch, int revision, double from, double to) {}

        @Override
        public void planOn(int note, double at, int channel, int pitch, int velocity) {}

        @Override
        public void planOff(int note, double at) {}

        @Override
        public void planEnd() {}
    }
}
