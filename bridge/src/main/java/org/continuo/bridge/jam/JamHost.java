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
import org.continuo.protocol.time.Tempo;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * A host with one client in it, as SPEC.md describes them: transport, loop, meters; holds what is planned, plays each note
 * at its moment, and keeps the rules of section 8.4. Where its time comes from is its caller's affair.
 *
 * <p>Confined to one thread; blocks where its partner does.
 */
public final class JamHost implements PlanSink, AutoCloseable {
    private static final double TRANSPORT_SECONDS = 0.02;

    private final Partner partner;
    private final Ear ear;
    private final JamCounts counts = new JamCounts();
    private final NoteLedger notes;
    private final Reactions reactions;
    private final HostTransport transport = new HostTransport();
    private PerformerSettings settings;

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
    }

    public JamCounts counts() {
        return counts;
    }

    /** Everything that has sounded and ended, the musician's notes too. */
    public List<Played> played() {
        return notes.played();
    }

    /** Tempo and meter, whenever either changed. */
    List<HostTransport.Pulse> pulses() {
        return transport.pulses();
    }

    /** Performance time, in quarter notes. */
    public double performance() {
        return transport.performance();
    }

    public double tempo() {
        return transport.tempo();
    }

    public Meter meter() {
        return transport.meter();
    }

    public boolean isPlaying() {
        return transport.isPlaying();
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
        notes.strikeKey(channel, pitch, velocity, performance(), transport.beat());
        if (isPlaying()) {
            reactions.struck(performance(), revision);
        }
        double at = performance();
        partner.tell(performer -> performer.noteOn(at, channel, pitch, velocity));
    }

    public void noteOff(int channel, int pitch) {
        double at = performance();
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
        double at = performance();
        partner.tell(performer -> performer.control(at, channel, controller, value));
    }

    // What the host does.

    public void start() {
        transport.play(true);
        breakHere();
    }

    public void stop() {
        transport.play(false);
        breakHere();
    }

    public void seek(double target) {
        transport.seek(target);
        breakHere();
    }

    public void loop(double start, double end) {
        transport.loop(start, end);
        breakHere();
    }

    public void unloop() {
        transport.unloop();
        breakHere();
    }

    /** A new meter from here on, its bar line here. */
    public void meter(Meter value) {
        transport.meter(value);
        breakHere();
    }

    public void tempo(double value) {
        transport.tempo(value);
        tell();
    }

    private void breakHere() {
        reactions.broke();
        endAll();
        tell();
    }

    /** What is to come is void, and every note of the model that sounds is ended. */
    private void endAll() {
        notes.withdraw(Double.NEGATIVE_INFINITY);
        notes.releaseAll(performance());
    }

    private void tell() {
        TransportSnapshot told = transport.snapshot();
        toldAt = told.performance;
        partner.tell(performer -> performer.transport(told));
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
        return partner.work(performance(), passes && isPlaying() ? Tempo.quartersIn(1, tempo()) : 0);
    }

    /** Time goes on to {@code to}; what is due by then sounds. Nothing while the host stands. */
    public void advance(double to) {
        transport.advance(to, this::sound);
        reactions.passed(performance());
        if (isPlaying() && (performance() - toldAt) * 60 / tempo() >= TRANSPORT_SECONDS) {
            tell();
        }
    }

    private void sound(double to) {
        notes.sound(
                to,
                transport.beat() - performance(),
                event -> partner.tell(performer -> performer.sounded(event.note())));
    }

    // What the engine says.

    @Override
    public void plan(int planEpoch, int planRevision, double from, double to) {
        accepts = planEpoch == transport.epoch() && planRevision >= revision;
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
        if (at < performance()) {
            counts.late(at);
            missed.add(note);
        } else {
            notes.plan(at, note, channel, pitch, velocity);
        }
    }

    @Override
    public void planOff(int note, double at) {
        if (accepts && at < performance()) {
            notes.release(note, performance());
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
        notes.releaseKeys(performance());
        partner.close();
    }
}
