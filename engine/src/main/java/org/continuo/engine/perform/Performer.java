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
    private static final double USUAL_TEMPO = 120;
    private static final double LEAST_TEMPO = 5;
    private static final double MOST_TEMPO = 999;

    /** The musician's events are taken as no older, and no further ahead, than so many quarters. */
    private static final double OLDEST = 4;

    private static final double FURTHEST = 1;

    private static final int MOST_BARS_TO_END = 64;

    private final Counters counters = new Counters();
    private final Feel feel = new Feel();
    private final Timeline timeline = new Timeline(feel);
    private final Parts parts = new Parts();
    private final Hand hand = new Hand();
    private final CommitLine commitLine = new CommitLine();
    private final Presence musician = new Presence();
    private final Turns turns = new Turns();
    private final Harmony harmony = new Harmony();
    private final Dynamics dynamics = new Dynamics();
    private final Staleness stale = new Staleness();
    private final Restraint restraint;
    private final Improviser improviser;
    private final LiveScore score;
    private final Seam seam;
    private final Kept kept;
    private final Rewriter rewriter;
    private final Teller teller;
    private final Keyboard keyboard;

    private PerformerSettings settings;
    private boolean closed;

    private boolean placed;
    private boolean playing;
    private int epoch;
    private double tempo = USUAL_TEMPO;
    /** Performance time before which nothing can be written any more: the last break. */
    private double floor;
    /** The latest {@code now} since the last break. */
    private double latest;

    /** Bars up to the end that was asked for, while the host stands. */
    private int barsToEnd = Turns.NEVER;
    /** Silence was asked for, and the musician's notes in the stream are to end. */
    private boolean panicked;

    /**
     * @param model to read with; stays open when the performer is closed
     * @param out takes the plans, called from within {@link #work} only
     */
    public Performer(NoteModel model, PerformerSettings settings, PlanSink out) {
        this.settings = settings;
        this.score = new LiveScore(model, timeline, counters);
        this.seam = new Seam(score, timeline, counters);
        this.kept = new Kept(score);
        this.rewriter = new Rewriter(score, timeline, counters);
        this.teller = new Teller(score, rewriter, counters, out);
        this.keyboard = new Keyboard(parts, counters);
        this.restraint = new Restraint(score, timeline, hand, keyboard, turns, harmony, dynamics);
        this.improviser = new Improviser(score, timeline, hand, restraint, turns, teller, commitLine, counters);
        improviser.settings(settings);
        takeParts();
    }

    /** New settings, which hold from the commit line on. */
    public void settings(PerformerSettings value) {
        if (value.mode() != settings.mode()) {
            musician.forgetTurn();
            parts.forgetPhrase();
            harmony.forget();
        }
        boolean newTurns = value.mode() != settings.mode()
                || value.controls().tradeBars() != settings.controls().tradeBars();
        settings = value;
        improviser.settings(value);
        if (newTurns) {
            takeTurnsFrom(playing ? score.barNumberAt(timeline.tickFrom(latest + commit())) : 0);
        }
        takeParts();
        stale.set();
    }

    private void takeTurnsFrom(int bar) {
        turns.trade(settings.mode() == Mode.TRADE ? settings.controls().tradeBars() : 0, bar);
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
        barsToEnd = bars == 0 ? Turns.NEVER : bars;
        if (playing) {
            endAfter(barsToEnd, score.barNumberAt(timeline.tickFrom(latest + commit())));
        }
        stale.set();
    }

    private void endAfter(int bars, int bar) {
        turns.endBefore(bars == Turns.NEVER ? Turns.NEVER : bar + bars);
        score.endBefore(turns.end());
    }

    /**
     * Says between which pitches the model plays on a channel (0-15).
     *
     * @param low 0-127; with {@code high} in either order
     */
    public void register(int channel, int low, int high) {
        parts.register(channel, low, high);
        takeParts();
        stale.set();
    }

    /** Ends every note of the model at the commit line, forgets the musician's keys, and rests until they play again. */
    public void panic() {
        keyboard.reset();
        musician.pause();
        musician.forgetTurn();
        parts.forgetPhrase();
        harmony.forget();
        turns.hush(true);
        kept.forget();
        panicked = playing;
        takeParts();
        stale.set();
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
        if (playing) {
            kept.ask(at);
        }
    }

    /** What is planned from a moment on is made anew, with another draw; what is planned before stands, as kept. */
    public void discardFrom(double at) {
        improviser.redraw();
        keepUntil(at);
        stale.set();
    }

    /** The plan is made anew from the commit line on, with another draw. */
    public void discard() {
        improviser.redraw();
        kept.forget();
        stale.set();
    }

    /**
     * Says who plays channel {@code channel} (0-15). An instrument that the musician plays too is not played by the model;
     * of two channels with one instrument the model plays the lower.
     */
    public void part(int channel, Instrument instrument, Player player) {
        parts.set(channel, instrument, player);
        takeParts();
        stale.set();
    }

    private void takeParts() {
        Controls controls = settings.controls();
        hand.putDown();
        hand.confine(controls.lowest(), controls.highest(), controls.classes());
        if (settings.mode().playsOwnParts() || musician.hasTakenOver()) {
            if (musician.hasTakenOver()) {
                parts.giveHeard(hand);
            }
            parts.giveOwn(hand);
            if (hand.isEmpty() && settings.mode() == Mode.TRADE) {
                parts.giveHeard(hand);
            }
        }
        score.conditions(settings.wishes().withInstruments(parts.band()));
    }

    /** Where the host stands. A higher epoch is a break: what has not sounded by then is void. Keeps nothing passed in. */
    public void transport(TransportSnapshot snapshot) {
        if (placed && snapshot.epoch < epoch) {
            return;
        }
        double told = snapshot.has(TransportSnapshot.HAS_TEMPO) ? snapshot.tempo : USUAL_TEMPO;
        tempo = told >= LEAST_TEMPO ? Math.min(told, MOST_TEMPO) : LEAST_TEMPO;
        boolean plays = snapshot.has(TransportSnapshot.PLAYING);
        if (!placed || snapshot.epoch > epoch || plays != playing) {
            breakAt(snapshot, plays);
        } else if (plays) {
            leapOverGap(snapshot.performance);
            double from = timeline.follow(snapshot);
            if (from != Double.POSITIVE_INFINITY) {
                stale.setFrom(from);
                kept.forget();
            }
        }
    }

    private void breakAt(TransportSnapshot snapshot, boolean plays) {
        double at = snapshot.performance;
        counters.breaks++;
        if (playing) {
            boolean leapt = leapOverGap(at);
            rewrite(timeline.lastTickTo(at), at, at);
            barsToEnd = turns.left(score.barNumberAt(timeline.lastTickTo(at)));
            if (!leapt) {
                timeline.dropFrom(at);
            }
            keyboard.letGo();
        }
        teller.forgetSounding();
        commitLine.forget();
        boolean starts = plays && !playing;
        placed = true;
        playing = plays;
        epoch = snapshot.epoch;
        floor = at;
        latest = at;
        stale.set();
        stale.forgetPlaces();
        musician.pause();
        kept.forget();
        panicked = false;
        harmony.forget();
        turns.hush(false);
        if (plays) {
            seam.goOn(snapshot);
            int bar = score.barNumberAt(timeline.tickFrom(at));
            takeTurnsFrom(bar);
            endAfter(starts && barsToEnd == 0 ? Turns.NEVER : barsToEnd, bar);
            keyboard.strikeHeld(at);
            if (keyboard.sounding() > 0) {
                musician.playsFrom(at);
                harmony.strike(at);
            }
        }
    }

    private boolean leapOverGap(double to) {
        boolean leaps = seam.leapOverGap(to);
        if (leaps) {
            floor = to;
            stale.set();
        }
        return leaps;
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
        keyboard.strike(at, channel, pitch, velocity, playing);
        if (musician.strike()) {
            parts.forgetPhrase();
        }
        boolean first = parts.hear(channel);
        heardAt(at);
        dynamics.heard(velocity);
        if (playing) {
            feel.heard(timeline.ticksInBar(believed(at, latest)));
        }
        turns.hush(false);
        if (playing && parts.musicianOn(channel).sustains()) {
            harmony.strike(Math.min(at, latest + FURTHEST));
            double line = latest + commit();
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
        keyboard.release(at, channel, pitch);
        heardAt(at);
    }

    /** The musician moves a controller; only the sustain pedal, 64, has a meaning. */
    public void control(double at, int channel, int controller, int value) {
        keyboard.control(at, channel, controller, value);
        heardAt(at);
    }

    private void heardAt(double at) {
        if (!playing) {
            keyboard.taken();
        } else if (keyboard.waiting() > 0) {
            musician.heard(Math.max(floor, Math.min(at, latest + FURTHEST)));
        }
    }

    /** A planned note began to sound: it stays in the stream, though the host may be ahead of what is known here. */
    public void sounded(int note, double at) {
        counters.sounded++;
        if (!playing || note <= 0) {
            return;
        }
        if (rewriter.sounded(note)) {
            stale.set();
            kept.forget();
        } else {
            flagLately(note, LiveScore.SOUNDED);
        }
    }

    /** A planned note was not played: it is taken out of the stream, unless that was too long ago to matter. */
    public void missed(int note) {
        counters.late++;
        commitLine.missed();
        if (!playing || note <= 0) {
            return;
        }
        long missed = flagLately(note, LiveScore.MISSED);
        if (missed != Long.MAX_VALUE) {
            stale.setMissed(missed);
        }
    }

    /** Flags a planned note's tokens of the last quarters; gives the tick of the first of them, or {@link Long#MAX_VALUE}. */
    private long flagLately(int note, int flag) {
        long from = timeline.tickFrom(Math.max(floor, latest - OLDEST));
        long first = Long.MAX_VALUE;
        for (int number = score.size() - 1; number > 0 && score.tick(number) >= from; number--) {
            if (score.note(number) == note) {
                score.flag(number, flag);
                first = score.tick(number);
            }
        }
        return first;
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
        return commit();
    }

    private double commit() {
        return commitLine.quarters(settings.commit(), tempo);
    }

    /**
     * Does one bounded piece of work: at most one read of the model. May tell a plan.
     *
     * @param now performance time of the playhead, as the caller's clock has it
     * @return whether there is more to do at once; else call again when something comes in, or some milliseconds later
     */
    public boolean work(double now) {
        if (closed || !playing) {
            return false;
        }
        latest = Math.max(latest, now);
        commitLine.look(latest, teller.hasBegun(), tempo);
        leapOverGap(latest);
        takeTurns();
        if (teller.hasBegun()) {
            kept.told(teller.end());
        }
        if (stale.isSet() || keyboard.waiting() > 0) {
            revise();
        }
        restraint.look(settings, Math.max(musician.lastHeard(), floor), musician.playingSince());
        improviser.look(latest, tempo, epoch);
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
        if (musician.passesTurn(patience, keyboard.sounding(), latest)) {
            takeParts();
            stale.set();
        }
    }

    /** Takes in what happened; the plan from the commit line on is void. */
    private void revise() {
        feel.follow(settings.controls().follow());
        double from = Math.min(Math.max(latest + commit(), kept.until()), stale.from());
        int stood = rewrite(Math.min(firstPlanned(from), stale.missedTick()), from, latest);
        stale.clear();
        improviser.begin(timeline.tickFrom(from));
        boolean voids = teller.begin(from, stood);
        commitLine.begin(latest);
        improviser.endStrangers(panicked);
        if (panicked) {
            panicked = false;
            teller.restFrom(from);
        }
        if (hand.isEmpty() && (voids || teller.hasUntold())) {
            double to = Math.max(from + settings.lookahead(), timeline.performance(score.tick()));
            teller.tell(epoch, score.size(), to + Strokes.LENGTH, latest);
        }
    }

    /** The first tick that holds anything of the plan from {@code from} on: the grid may have moved since it was planned. */
    private long firstPlanned(double from) {
        long tick = timeline.tickFrom(from);
        long first = tick;
        for (int number = score.size() - 1; number > 0 && score.tick(number) >= tick - 2 * Feel.FURTHEST; number--) {
            if (score.note(number) > 0 && score.time(number) >= from) {
                first = Math.min(first, score.tick(number));
            }
        }
        return first;
    }

    /** Writes what waits on the keyboard; returns how many tokens of the score stayed as they were. */
    private int rewrite(long tick, double commit, double now) {
        // what the host was never told did not happen, though the commit line has passed it
        long from = Math.min(tick, teller.untoldTick());
        for (int i = 0; i < keyboard.waiting(); i++) {
            double at = believed(keyboard.time(i), now);
            long placed = rewriter.add(timeline.nearestTick(at), keyboard.token(i), keyboard.channel(i), at);
            from = Math.min(from, placed);
        }
        keyboard.taken();
        return rewriter.rewrite(from, commit);
    }

    /** When an event of the musician is taken to have been, whatever it says of it. */
    private double believed(double at, double now) {
        return Math.max(Math.max(floor, now - OLDEST), Math.min(at, now + FURTHEST));
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
