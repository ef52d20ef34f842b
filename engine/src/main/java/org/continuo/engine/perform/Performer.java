package org.continuo.engine.perform;

import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.continuo.protocol.message.PlanSink;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * The model as a player in a band, live: hears what the musician does and where the host stands, and plans what it plays
 * a little ahead of the playhead. Where reality differs from the plan, the plan from the commit line on is made anew.
 *
 * <p>Driven by its owner: events go in as they come; {@link #work} is called again and again, and at once after each
 * event. Plans go to the sink from within {@code work}.
 *
 * <p>Everything about time is told, no clock is read; randomness is keyed by the seed and the place in the stream. The
 * same calls therefore give the same plans.
 *
 * <p>Confined to one thread. Only {@link #work} blocks, for at most one read of the model. Once warm, allocates nothing
 * outside the model's runtime.
 */
public final class Performer implements AutoCloseable {
    private static final int MOST_BARS_TO_END = 64;

    private final Counters counters = new Counters();
    private final Playhead playhead = new Playhead();
    private final Feel feel = new Feel();
    private final Timeline timeline = new Timeline(feel);
    private final Parts parts = new Parts();
    private final Hand hand = new Hand();
    private final CommitLine commitLine = new CommitLine(playhead);
    private final Musician musician = new Musician(playhead, timeline, feel, parts, counters);
    private final Turns turns = new Turns();
    private final Staleness stale = new Staleness();
    private final Restraint restraint;
    private final Improviser improviser;
    private final LiveScore score;
    private final Kept kept;
    private final Feedback feedback;
    private final Teller teller;
    private final Reviser reviser;
    private final Transport transport;

    private PerformerSettings settings;
    private boolean closed;

    /**
     * @param model to read with; stays open when the performer is closed
     * @param out takes the plans, called from within {@link #work} only
     */
    public Performer(NoteModel model, PerformerSettings settings, PlanSink out) {
        this.settings = settings;
        this.score = new LiveScore(model, timeline, counters);
        Rewriter rewriter = new Rewriter(score, timeline, playhead, musician.keyboard(), counters);
        this.teller = new Teller(score, rewriter, counters, out);
        this.kept = new Kept(score, teller, hand);
        this.feedback = new Feedback(score, timeline, playhead, rewriter, kept, stale, commitLine, counters);
        this.restraint = new Restraint(score, timeline, hand, turns, musician);
        this.improviser =
                new Improviser(score, timeline, playhead, hand, restraint, turns, teller, commitLine, counters);
        this.reviser = new Reviser(timeline, playhead, feel, commitLine, stale, kept, rewriter, teller, improviser);
        this.transport = new Transport(score, timeline, playhead, musician, turns, reviser, counters);
        obey(settings);
    }

    /** New settings, which hold from the commit line on. */
    public void settings(PerformerSettings value) {
        if (value.mode() != settings.mode()) {
            musician.forgetPhrase();
        }
        boolean newTurns = value.mode() != settings.mode()
                || value.controls().tradeBars() != settings.controls().tradeBars();
        obey(value);
        if (newTurns) {
            turns.begin(barAtCommitLine());
        }
        reviser.voidPlan();
    }

    private void obey(PerformerSettings value) {
        settings = value;
        commitLine.usualWay(value.commit());
        restraint.settings(value);
        improviser.settings(value);
        reviser.settings(value);
        turns.trade(value.mode() == Mode.TRADE ? value.controls().tradeBars() : 0);
        takeParts();
    }

    /** 0 while the host stands. */
    private int barAtCommitLine() {
        return playhead.isPlaying() ? score.barNumberAt(timeline.tickFrom(commitLine.at())) : 0;
    }

    /**
     * Comes to rest at the end of so many bars, the one at the commit line counted: nothing starts after, what sounds has
     * ended. Holds until it is said again, or the host starts after the end.
     *
     * @param bars 1 to 64; 0 for no end
     */
    public void endIn(int bars) {
        if (bars < 0 || bars > MOST_BARS_TO_END) {
            throw new IllegalArgumentException("an end in " + bars + " bars is not 0.." + MOST_BARS_TO_END);
        }
        turns.endAfter(bars == 0 ? Turns.NEVER : bars, barAtCommitLine());
        if (playhead.isPlaying()) {
            score.reading().endBefore(turns.end());
        }
        reviser.voidPlan();
    }

    /**
     * Says between which pitches the model plays on a channel (0-15).
     *
     * @param low 0-127; with {@code high} in either order
     */
    public void register(int channel, int low, int high) {
        parts.register(channel, low, high);
        takeParts();
        reviser.voidPlan();
    }

    /** Ends every note of the model at the commit line, forgets the musician's keys, and rests until they play again. */
    public void panic() {
        musician.reset();
        turns.hush(true);
        takeParts();
        reviser.voidAll();
    }

    /** The plan that the host was told stands to its end, unless the musician strikes a semitone from a note of it. */
    public void keep() {
        keepUntil(Double.POSITIVE_INFINITY);
    }

    /**
     * The same of what is planned before a moment, and of no more.
     *
     * @param at performance time in quarter notes; beyond the plan's end it is the end
     */
    public void keepUntil(double at) {
        if (playhead.isPlaying()) {
            kept.ask(at);
        }
    }

    /** What is planned from a moment on is made anew, with another draw; what is planned before stands, as kept. */
    public void discardFrom(double at) {
        improviser.redraw();
        keepUntil(at);
        reviser.voidPlan();
    }

    /** The plan is made anew from the commit line on, with another draw. */
    public void discard() {
        improviser.redraw();
        kept.forget();
        reviser.voidPlan();
    }

    /**
     * Says who plays channel {@code channel} (0-15). An instrument that the musician plays too is not played by the model;
     * of two channels with one instrument the model plays the lower.
     */
    public void part(int channel, Instrument instrument, Player player) {
        parts.set(channel, instrument, player);
        takeParts();
        reviser.voidPlan();
    }

    private void takeParts() {
        Controls controls = settings.controls();
        hand.putDown();
        hand.confine(controls.lowest(), controls.highest(), controls.classes());
        parts.deal(hand, settings.mode(), musician.hasGivenWay());
        score.reading().conditions(settings.wishes().withInstruments(parts.band()));
    }

    /** Where the host stands. A higher epoch is a break: what has not sounded by then is void. Keeps nothing passed in. */
    public void transport(TransportSnapshot snapshot) {
        follow(snapshot, true);
    }

    /** The same from a host that played before, beside the one that was followed: an end that was reached holds. */
    public void takeOver(TransportSnapshot snapshot) {
        follow(snapshot, false);
    }

    private void follow(TransportSnapshot snapshot, boolean mayStart) {
        if (transport.follow(snapshot, mayStart) && musician.holdsKeys()) {
            takeParts(); // what is held may be all that the musician plays, for the model to answer
        }
    }

    /**
     * The musician strikes a key.
     *
     * @param at performance time in quarter notes
     * @param channel 0-15
     * @param pitch 0-127
     * @param velocity 0-127; 0 releases the key
     */
    public void noteOn(double at, int channel, int pitch, int velocity) {
        if (velocity == 0) {
            noteOff(at, channel, pitch);
            return;
        }
        boolean isNew = parts.isNew(channel);
        boolean first = musician.strike(at, channel, pitch, velocity);
        turns.hush(false);
        if (playhead.isPlaying() && parts.musicianOn(channel).sustains()) {
            double line = commitLine.at();
            if (kept.until() > line) {
                kept.strike(pitch, timeline.tickFrom(line));
            }
        }
        if (isNew || first && settings.mode() == Mode.TRADE) {
            takeParts();
        }
    }

    /** The musician releases a key. */
    public void noteOff(double at, int channel, int pitch) {
        musician.release(at, channel, pitch);
    }

    /** The musician moves a controller; only the sustain pedal, 64, has a meaning. */
    public void control(double at, int channel, int controller, int value) {
        musician.control(at, channel, controller, value);
    }

    /** A planned note began to sound: it stays in the stream, though the host may be ahead of what is known here. */
    public void sounded(int note) {
        feedback.sounded(note);
    }

    /** A planned note was not played: it is taken out of the stream, unless that was too long ago to matter. */
    public void missed(int note) {
        feedback.missed(note);
    }

    /** What it has done so far. */
    public Counters counters() {
        return counters;
    }

    /** What the model remembers, for tests to look at. */
    LiveScore score() {
        return score;
    }

    /** How far ahead of the playhead the commit line lies, for tests. */
    double commitQuarters() {
        return commitLine.quarters();
    }

    /**
     * Does one bounded piece of work: at most one read of the model. May tell a plan.
     *
     * @param now performance time of the playhead, as the caller's clock has it
     * @return whether there is more to do at once; else call again when something comes in, or some milliseconds later
     */
    public boolean work(double now) {
        if (closed || !playhead.isPlaying()) {
            return false;
        }
        playhead.passes(now);
        commitLine.look(teller.hasBegun());
        transport.leapOverGap(playhead.now());
        takeTurns();
        kept.look();
        if (reviser.isDue()) {
            reviser.revise();
        }
        boolean more = hand.isEmpty() ? improviser.listen() : improviser.play();
        if (!more) {
            commitLine.forget(); // what passes until the next call is rest, not thought
        }
        return more;
    }

    /** Mode continue: takes over after a silence, gives way when the musician plays. */
    private void takeTurns() {
        double asked = settings.patience() < 0 ? timeline.barQuarters() : settings.patience();
        double patience = settings.mode() == Mode.CONTINUE ? asked : -1;
        if (musician.passesTurn(patience)) {
            takeParts();
            reviser.voidPlan();
        }
    }

    /** Frees its caches; the model stays open. Notes that sound are for the host to end. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            score.close();
        }
    }
}
