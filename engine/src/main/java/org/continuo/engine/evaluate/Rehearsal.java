package org.continuo.engine.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.Performer;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.perform.Player;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.message.PlanSink;
import org.continuo.protocol.time.Meter;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * Plays a score to a {@link Performer} as a musician would, one tick of a virtual clock after the other, and writes down
 * what sounds in answer. The performer hears each note when it is struck and not before; it has all the time it wants
 * between two ticks.
 *
 * <p>Confined to one thread; blocks while the model computes.
 */
final class Rehearsal implements PlanSink {
    private static final double TICK = 1.0 / Score.TICKS_PER_QUARTER;
    private static final double TEMPO = 120;

    private record Event(int revision, int note, double at, boolean on, int channel, int pitch, int velocity) {}

    private record Sounding(int note, int start, int channel, int pitch, int velocity) {}

    private final List<Event> pending = new ArrayList<>();
    private final List<Sounding> sounding = new ArrayList<>();
    private final List<Note> answer = new ArrayList<>();
    private int revision;

    private Rehearsal() {}

    /**
     * The answer of the instruments {@code answering}, on the score's ticks.
     *
     * @param musician in one meter throughout; its instruments are the musician's
     * @param end tick to stop at
     * @param stopped asked at every tick whether to break off there
     */
    static List<Note> answer(
            NoteModel model,
            PerformerSettings settings,
            Score musician,
            List<Instrument> answering,
            int end,
            BooleanSupplier stopped) {
        Rehearsal rehearsal = new Rehearsal();
        try (Performer performer = new Performer(model, settings, rehearsal)) {
            for (Instrument instrument : musician.instruments()) {
                performer.part(instrument.ordinal(), instrument, Player.MUSICIAN);
            }
            for (Instrument instrument : answering) {
                performer.part(instrument.ordinal(), instrument, Player.MODEL);
            }
            rehearsal.play(performer, musician, end, stopped);
        }
        return rehearsal.answer;
    }

    private void play(Performer performer, Score musician, int end, BooleanSupplier stopped) {
        List<Note> ends = new ArrayList<>(musician.notes());
        ends.sort((a, b) -> Integer.compare(a.end(), b.end()));
        int nextEnd = 0;
        int nextStart = 0;
        TransportSnapshot transport = new TransportSnapshot();
        for (int tick = 0; tick < end && !stopped.getAsBoolean(); tick++) {
            double now = tick * TICK;
            if (tick % Score.TICKS_PER_QUARTER == 0) {
                performer.transport(at(transport, now, musician.meters().meterOfBar(0)));
            }
            for (; nextEnd < ends.size() && ends.get(nextEnd).end() <= tick; nextEnd++) {
                Note note = ends.get(nextEnd);
                performer.noteOff(now, note.instrument().ordinal(), note.pitch());
            }
            for (;
                    nextStart < musician.notes().size()
                            && musician.notes().get(nextStart).start() <= tick;
                    nextStart++) {
                Note note = musician.notes().get(nextStart);
                performer.noteOn(now, note.instrument().ordinal(), note.pitch(), Note.midiVelocity(note.velocity()));
            }
            while (performer.work(now)) {
                // until it has planned as far as it looks ahead
            }
            sound(tick);
        }
        for (Sounding one : sounding) {
            end(one, end);
        }
    }

    private static TransportSnapshot at(TransportSnapshot transport, double now, Meter meter) {
        transport.flags = TransportSnapshot.PLAYING
                | TransportSnapshot.HAS_TEMPO
                | TransportSnapshot.HAS_METER
                | TransportSnapshot.HAS_BEAT
                | TransportSnapshot.HAS_BAR_START;
        transport.performance = now;
        transport.beat = now;
        transport.tempo = TEMPO;
        transport.numerator = meter.numerator();
        transport.denominator = meter.denominator();
        transport.barStart = Math.floor(now / meter.quarters()) * meter.quarters();
        return transport;
    }

    /** What is due within this tick sounds. */
    private void sound(int tick) {
        double next = (tick + 0.5) * TICK;
        pending.removeIf(event -> {
            boolean due = event.at < next;
            if (due && event.on) {
                sounding.add(new Sounding(event.note, tick, event.channel, event.pitch, event.velocity));
            } else if (due) {
                sounding.removeIf(one -> one.note == event.note && end(one, tick));
            }
            return due;
        });
    }

    private boolean end(Sounding one, int tick) {
        Instrument instrument = Instrument.ofIndex(one.channel);
        int end = instrument.sustains() ? Math.max(tick, one.start + 1) : one.start + 1;
        answer.add(new Note(instrument, one.pitch, Note.velocityStep(one.velocity), one.start, end));
        return true;
    }

    @Override
    public void plan(int epoch, int number, double from, double to) {
        if (number > revision) {
            pending.removeIf(event -> event.at >= from - 1e-9);
            revision = number;
        }
    }

    @Override
    public void planOn(int note, double at, int channel, int pitch, int velocity) {
        pending.add(new Event(revision, note, at, true, channel, pitch, velocity));
    }

    @Override
    public void planOff(int note, double at) {
        pending.add(new Event(revision, note, at, false, 0, 0, 0));
    }

    @Override
    public void planEnd() {}
}
