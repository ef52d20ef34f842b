package org.continuo.bridge.jam;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.continuo.engine.perform.Performer;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.perform.Player;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.PlanSink;
import org.continuo.protocol.time.Meter;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * A host with one client in it, as SPEC.md describes them: transport, loop, meters; holds what is planned, plays each note
 * at its moment, and keeps the rules of section 8.4. Where its time comes from is its caller's affair.
 *
 * <p>Confined to one thread; blocks where its partner does.
 */
public final class JamHost implements PlanSink, AutoCloseable {
    private static final double TRANSPORT_SECONDS = 0.02;

    /** The host's tempo and meter from a performance time on. */
    record Pulse(double at, double tempo, Meter meter) {}

    private final Partner partner;
    private final Ear ear;
    private final JamCounts counts = new JamCounts();
    private final NoteLedger notes;
    private final Reactions reactions;
    private final List<Pulse> pulses = new ArrayList<>();
    private PerformerSettings settings;

    private double performance;
    private double beat;
    private double tempo = 120;
    private boolean playing;
    private Meter meter = Meter.COMMON;
    private double barLine;
    private boolean looping;
    private double loopStart;
    private double loopEnd;
    private int epoch;
    private double toldAt;

    private final List<Integer> missed = new ArrayList<>();
    private boolean accepts;
    private double planTo;
    private int revision;

    /**
     * @param partner made for this host, which it tells its plans
     * @param nanoTime for reactions only
     */
    JamHost(Function<PlanSink, Partner> partner, PerformerSettings settings, Ear ear, LongSupplier nanoTime) {
        this.settings = settings;
        this.ear = ear;
        this.notes = new NoteLedger(ear, counts);
        this.reactions = new Reactions(nanoTime, counts);
        this.partner = partner.apply(this);
        pulse();
    }

    public JamCounts counts() {
        return counts;
    }

    /** Everything that has sounded and ended, the musician's notes too. */
    public List<Played> played() {
        return notes.played();
    }

    /** Tempo and meter, whenever either changed. */
    List<Pulse> pulses() {
        return pulses;
    }

    /** Performance time, in quarter notes. */
    public double performance() {
        return performance;
    }

    public double tempo() {
        return tempo;
    }

    public Meter meter() {
        return meter;
    }

    public boolean isPlaying() {
        return playing;
    }

    // What the musician says.

    public PerformerSettings settings() {
        return settings;
    }

    public void settings(PerformerSettings value) {
        settings = value;
        partner.tell(performer -> performer.settings(value));
    }

    public void part(int channel, Instrument instrument, Player player) {
        notes.instrument(channel, instrument);
        partner.tell(performer -> performer.part(channel, instrument, player));
    }

    public void register(int channel, int low, int high) {
        partner.tell(performer -> performer.register(channel, low, high));
    }

    public void endIn(int bars) {
        partner.tell(performer -> performer.endIn(bars));
    }

    public void keep() {
        partner.tell(Performer::keep);
    }

    public void discard() {
        partner.tell(Performer::discard);
    }

    /** Ends what sounds at once, as a client does, and the engine's part of it. */
    public void panic() {
        endAll();
        partner.tell(Performer::panic);
    }

    public void noteOn(int channel, int pitch, int velocity) {
        noteOff(channel, pitch);
        counts.struck++;
        notes.strikeKey(channel, pitch, velocity, performance, beat);
        if (playing) {
            reactions.struck(performance, revision);
        }
        double at = performance;
        partner.tell(performer -> performer.noteOn(at, channel, pitch, velocity));
    }

    public void noteOff(int channel, int pitch) {
        double at = performance;
        if (notes.releaseKey(channel, pitch, at)) {
            partner.tell(performer -> performer.noteOff(at, channel, pitch));
        }
    }

    /** The musician lets go of every key of a channel. */
    public void allNotesOff(int channel) {
        for (int pitch = 0; pitch < 128; pitch++) {
            noteOff(channel, pitch);
        }
    }

    public void control(int channel, int controller, int value) {
        ear.control(channel, controller, value);
        double at = performance;
        partner.tell(performer -> performer.control(at, channel, controller, value));
    }

    // What the host does.

    public void start() {
        playing = true;
        breakHere();
    }

    public void stop() {
        playing = false;
        breakHere();
    }

    public void seek(double target) {
        beat = target;
        breakHere();
    }

    public void loop(double start, double end) {
        looping = true;
        loopStart = start;
        loopEnd = end;
        breakHere();
    }

    public void unloop() {
        looping = false;
        breakHere();
    }

    /** A new meter from here on, its bar line here. */
    public void meter(Meter value) {
        meter = value;
        barLine = beat;
        pulse();
        breakHere();
    }

    public void tempo(double value) {
        tempo = value;
        pulse();
        tell();
    }

    private void pulse() {
        if (!pulses.isEmpty() && pulses.get(pulses.size() - 1).at == performance) {
            pulses.remove(pulses.size() - 1);
        }
        pulses.add(new Pulse(performance, tempo, meter));
    }

    private void breakHere() {
        epoch++;
        reactions.broke();
        endAll();
        tell();
    }

    /** What is to come is void, and every note of the model that sounds is ended. */
    private void endAll() {
        notes.withdraw(Double.NEGATIVE_INFINITY);
        notes.releaseAll(performance);
    }

    private void tell() {
        TransportSnapshot transport = new TransportSnapshot();
        transport.flags = TransportSnapshot.HAS_TEMPO
                | TransportSnapshot.HAS_BEAT
                | TransportSnapshot.HAS_METER
                | TransportSnapshot.HAS_BAR_START
                | (playing ? TransportSnapshot.PLAYING : 0)
                | (looping ? TransportSnapshot.LOOPING : 0);
        transport.epoch = epoch;
        transport.performance = performance;
        transport.beat = beat;
        transport.tempo = tempo;
        transport.numerator = meter.numerator();
        transport.denominator = meter.denominator();
        double sinceLine = beat - barLine;
        transport.barStart = beat - (sinceLine - Math.floor(sinceLine / meter.quarters() + 1e-12) * meter.quarters());
        transport.loopStart = loopStart;
        transport.loopEnd = loopEnd;
        toldAt = performance;
        partner.tell(performer -> performer.transport(transport));
    }

    /**
     * Hears what the partner plans, and lets it think on.
     *
     * @param passes whether time passes meanwhile
     * @return whether there is more to do at once
     */
    public boolean work(boolean passes) {
        for (int note : missed) {
            partner.tell(performer -> performer.missed(note));
        }
        missed.clear();
        return partner.work(performance, passes && playing ? tempo / 60e9 : 0);
    }

    /** Time goes on to {@code to}; what is due by then sounds. Nothing while the host stands. */
    public void advance(double to) {
        while (playing && performance < to) {
            boolean wraps = looping && beat < loopEnd && beat + to - performance >= loopEnd;
            double step = wraps ? loopEnd - beat : to - performance;
            sound(wraps ? performance + step : to);
            performance = wraps ? performance + step : to;
            beat = wraps ? loopStart : beat + step;
        }
        reactions.passed(performance);
        if (playing && (performance - toldAt) * 60 / tempo >= TRANSPORT_SECONDS) {
            tell();
        }
    }

    private void sound(double to) {
        notes.sound(
                to,
                beat - performance,
                event -> partner.tell(performer -> performer.sounded(event.note(), event.at())));
    }

    // What the engine says.

    @Override
    public void plan(int planEpoch, int planRevision, double from, double to) {
        accepts = planEpoch == epoch && planRevision >= revision;
        planTo = to;
        counts.plans++;
        if (accepts && planRevision > revision) {
            revision = planRevision;
            counts.revisions++;
            notes.withdraw(from);
        }
    }

    @Override
    public void planOn(int note, double at, int channel, int pitch, int velocity) {
        if (!accepts) {
            return;
        }
        counts.planned++;
        if (at < performance) {
            counts.late(at);
            missed.add(note);
        } else {
            notes.plan(at, note, channel, pitch, velocity);
        }
    }

    @Override
    public void planOff(int note, double at) {
        if (accepts && at < performance) {
            notes.release(note, performance);
        } else if (accepts) {
            notes.planEnd(at, note);
        }
    }

    @Override
    public void planEnd() {
        if (accepts) {
            reactions.planned(revision, planTo);
        }
    }

    /** Ends what sounds, the musician's keys too, and the partner. */
    @Override
    public void close() {
        endAll();
        notes.releaseKeys(performance);
        partner.close();
    }
}
