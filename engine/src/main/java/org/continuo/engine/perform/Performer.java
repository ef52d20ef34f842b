package org.continuo.engine.perform;

import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.Sampler;
import org.continuo.engine.sample.TokenMask;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Vocabulary;
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

    /** A note of the model is ended after so many quarters, as a model that misses its end seldom finds another. */
    private static final double LONGEST_NOTE = 8;

    /** A note of the musician whose end never came is ended in the stream after so many quarters. */
    private static final double LONGEST_HELD = 32;

    /** A gap of more quarters is not counted through beat by beat. */
    private static final double LONGEST_GAP = 64;

    /** The musician's events are taken as no older, and no further ahead, than so many quarters. */
    private static final double OLDEST = 4;

    private static final double FURTHEST = 1;

    /** Time tokens said in one piece of work. */
    private static final int BEATS_AT_ONCE = 64;

    /** Tokens between two chunks read ahead; with 16 the reading ahead just keeps up. */
    private static final int TOKENS_A_CHUNK = 8;

    /** Quarters by which the counting of a listening model lags, so that late events find their place free. */
    private static final double LISTENING_DELAY = 0.25;

    /** Unread tokens that a listening model gathers before it reads them. */
    private static final int HEARD_AT_ONCE = 16;

    private final Counters counters = new Counters();
    private final Timeline timeline = new Timeline();
    private final Parts parts = new Parts();
    private final Hand hand = new Hand();
    private final CommitLine commitLine = new CommitLine();
    private final LiveScore score;
    private final Rewriter rewriter;
    private final Teller teller;
    private final Keyboard keyboard;
    private final Sampler sampler = new Sampler(Vocabulary.SIZE);
    private final TokenMask mask = new TokenMask(Vocabulary.SIZE);

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

    /** The plan is to be made anew from the commit line, or from {@link #staleFrom} if that is earlier. */
    private boolean stale;

    private double staleFrom = Double.POSITIVE_INFINITY;
    /** Tick of the earliest note that the host missed. */
    private long missedTick = Long.MAX_VALUE;

    /** First tick that is not settled. */
    private long notBefore;
    /** The model has been asked since the plan was revised. */
    private boolean asked;

    private int nextNote = 1;
    private long tokensAtChunk;

    /** In mode continue: the model has taken over. */
    private boolean takenOver;
    /** The musician has played since it last took over. */
    private boolean phrase;

    private double lastHeard;

    /**
     * @param model to read with; stays open when the performer is closed
     * @param out takes the plans, called from within {@link #work} only
     */
    public Performer(NoteModel model, PerformerSettings settings, PlanSink out) {
        this.settings = settings;
        this.score = new LiveScore(model, timeline, counters);
        this.rewriter = new Rewriter(score, timeline, counters);
        this.teller = new Teller(score, rewriter, counters, out);
        this.keyboard = new Keyboard(parts, counters);
        takeParts();
    }

    /** New settings, which hold from the commit line on. */
    public void settings(PerformerSettings value) {
        if (value.mode() != settings.mode()) {
            takenOver = false;
            phrase = false;
            parts.forgetPhrase();
        }
        settings = value;
        takeParts();
        stale = true;
    }

    /**
     * Says who plays channel {@code channel} (0-15). An instrument that the musician plays too is not played by the model;
     * of two channels with one instrument the model plays the lower.
     */
    public void part(int channel, Instrument instrument, Player player) {
        parts.set(channel, instrument, player);
        takeParts();
        stale = true;
    }

    private void takeParts() {
        hand.putDown();
        if (settings.mode() == Mode.ACCOMPANY || takenOver) {
            if (takenOver) {
                parts.giveHeard(hand);
            }
            parts.giveOwn(hand);
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
                stale = true;
                staleFrom = Math.min(staleFrom, from);
            }
        }
    }

    private void breakAt(TransportSnapshot snapshot, boolean plays) {
        double at = snapshot.performance;
        counters.breaks++;
        if (playing) {
            leapOverGap(at);
            rewrite(timeline.lastTickTo(at), at, at);
            timeline.dropFrom(at);
            keyboard.letGo();
        }
        teller.forgetSounding();
        commitLine.forget();
        placed = true;
        playing = plays;
        epoch = snapshot.epoch;
        floor = at;
        latest = at;
        stale = true;
        staleFrom = Double.POSITIVE_INFINITY;
        missedTick = Long.MAX_VALUE;
        if (plays) {
            goOn(snapshot);
            keyboard.strikeHeld(at);
        }
    }

    /** The stream goes on where the host starts; what sounded before the break has been ended by the host. */
    private void goOn(TransportSnapshot snapshot) {
        boolean same = timeline.continues(snapshot) && score.standsIn(timeline.last());
        if (same) {
            timeline.goOn(snapshot);
        } else {
            timeline.open(snapshot, nextBarLine(snapshot.performance));
        }
        score.refreshBar();
        long tick = same ? timeline.tickFrom(snapshot.performance) : timeline.last().barTick;
        if (score.soundingCount() > 0) {
            score.advanceTo(score.hasStartHere() ? Math.max(tick, score.tick() + 1) : tick);
        }
        while (score.soundingCount() > 0) {
            int start = score.startOfSounding(0);
            int end = LiveScore.endOf(score.token(start));
            score.addEnd(end, LiveScore.MODEL | LiveScore.FIXED, 0, snapshot.performance);
        }
    }

    /** Where a bar can open at the earliest: after all that was said. */
    private long nextBarLine(double performance) {
        if (!score.inBar()) {
            return 0;
        }
        boolean taken = score.hasStartHere() || score.tick() == score.barStart();
        return Math.max(timeline.last().tickFrom(performance), score.tick() + (taken ? 1 : 0));
    }

    /** Beats that nobody could count through are left out, and a new bar opens. */
    private void leapOverGap(double to) {
        if (to - timeline.performance(score.tick()) > LONGEST_GAP) {
            timeline.leap(to, nextBarLine(to));
            score.refreshBar();
            floor = to;
            stale = true;
            counters.skipped++;
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
        keyboard.strike(at, channel, pitch, velocity, playing);
        if (takenOver && !phrase) {
            parts.forgetPhrase();
        }
        parts.hear(channel);
        phrase = true;
        heardAt(at);
        if (isNew) {
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
            lastHeard = Math.max(lastHeard, Math.min(at, latest + FURTHEST));
        }
    }

    /** A planned note began to sound. */
    public void sounded(int note, double at) {
        counters.sounded++;
        stale |= playing && note > 0 && rewriter.sounded(note);
    }

    /** A planned note was not played: it is taken out of the stream, unless that was too long ago to matter. */
    public void missed(int note) {
        counters.late++;
        commitLine.missed();
        if (!playing || note <= 0) {
            return;
        }
        long from = timeline.tickFrom(Math.max(floor, latest - OLDEST));
        for (int number = score.size() - 1; number > 0 && score.tick(number) >= from; number--) {
            if (score.note(number) == note) {
                score.flag(number, LiveScore.MISSED);
                missedTick = Math.min(missedTick, score.tick(number));
                stale = true;
            }
        }
    }

    /** What it has done so far. */
    public Counters counters() {
        return counters;
    }

    /** What the model remembers, for tests to look at. */
    LiveScore score() {
        return score;
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
        if (stale || keyboard.waiting() > 0) {
            revise();
        }
        return hand.isEmpty() ? listen() : play();
    }

    /** Mode continue: takes over after a silence, gives way when the musician plays. */
    private void takeTurns() {
        boolean was = takenOver;
        if (takenOver && phrase) {
            takenOver = false;
        } else if (settings.mode() == Mode.CONTINUE && phrase && isSilent()) {
            takenOver = true;
            phrase = false;
        }
        if (takenOver != was) {
            takeParts();
            stale = true;
        }
    }

    private boolean isSilent() {
        double patience = settings.patience() < 0 ? timeline.barQuarters() : settings.patience();
        double silence = latest - lastHeard;
        // a key or pedal that is never released must not keep the model waiting for ever
        boolean quiet = keyboard.sounding() == 0 || silence >= LONGEST_HELD;
        return !takenOver && quiet && silence >= patience;
    }

    /** Takes in what happened; the plan from the commit line on is void. */
    private void revise() {
        double from = Math.min(latest + commit(), staleFrom);
        int kept = rewrite(Math.min(timeline.tickFrom(from), missedTick), from, latest);
        stale = false;
        staleFrom = Double.POSITIVE_INFINITY;
        missedTick = Long.MAX_VALUE;
        asked = false;
        notBefore = timeline.tickFrom(from);
        boolean voids = teller.begin(from, kept);
        commitLine.begin(latest);
        endStrangers();
        if (hand.isEmpty() && (voids || teller.hasUntold())) {
            double to = Math.max(from + settings.lookahead(), timeline.performance(score.tick()));
            teller.tell(epoch, score.size(), to + Strokes.LENGTH, latest);
        }
    }

    /** Writes what waits on the keyboard; returns how many tokens of the score stayed as they were. */
    private int rewrite(long tick, double commit, double now) {
        long from = tick;
        for (int i = 0; i < keyboard.waiting(); i++) {
            double at = Math.max(Math.max(floor, now - OLDEST), Math.min(keyboard.time(i), now + FURTHEST));
            long placed = rewriter.add(timeline.nearestTick(at), keyboard.token(i), keyboard.channel(i), at);
            from = Math.min(from, placed);
        }
        keyboard.taken();
        return rewriter.rewrite(from, commit);
    }

    /** Ends what sounds of parts that the model no longer plays. */
    private void endStrangers() {
        for (int i = score.soundingCount() - 1; i >= 0; i--) {
            int start = score.startOfSounding(i);
            if (score.note(start) > 0 && !hand.holds(score, start)) {
                score.advanceTo(Math.max(notBefore, score.hasStartHere() ? score.tick() + 1 : score.tick()));
                int end = LiveScore.endOf(score.token(start));
                score.addEnd(end, LiveScore.MODEL, score.note(start), timeline.performance(score.tick()));
            }
        }
    }

    /** Nothing to play: counts the beats that have passed, and reads along. */
    private boolean listen() {
        long reached = timeline.tickFrom(latest - LISTENING_DELAY);
        int said = 0;
        while ((!score.inBar() || score.beatEnd() <= reached) && said++ < BEATS_AT_ONCE) {
            endOverdue();
            score.addTime(score.isLastBeat() ? Vocabulary.BAR : Vocabulary.BEAT);
        }
        if (score.unread() >= HEARD_AT_ONCE) {
            score.logits();
            return true;
        }
        return readAhead() || said >= BEATS_AT_ONCE;
    }

    private boolean readAhead() {
        boolean due = counters.tokens - tokensAtChunk >= TOKENS_A_CHUNK;
        if (due) {
            tokensAtChunk = counters.tokens;
        }
        return due && score.prepare();
    }

    private boolean play() {
        settle();
        for (int i = 0; i < BEATS_AT_ONCE; i++) {
            double here = timeline.performance(score.tick());
            if (score.inBar() && here >= latest + settings.lookahead()) {
                if (teller.end() < here) {
                    teller.tell(epoch, score.firstHere(), here, latest);
                }
                return score.prepare();
            }
            if (endOverdue()) {
                continue;
            }
            hand.mask(mask, score, firstFree(), here, settings.polyphony());
            int token = mask.next(0);
            boolean choice = mask.next(token + 1) >= 0;
            if (choice && teller.hasBegun() && readAhead()) {
                return true;
            }
            if (choice) {
                long place = score.tick() << 16 | score.size() - score.firstHere();
                token = sampler.sample(score.logits(), mask, settings.sampling(), settings.seed(), place);
                asked = true;
            }
            say(token, here);
            if (choice) {
                return true;
            }
        }
        return true;
    }

    /** Time goes on while the model thinks: what is about to sound is settled. */
    private void settle() {
        double line = latest + commit();
        long settled = timeline.tickFrom(line);
        if (settled <= notBefore) {
            return;
        }
        double here = timeline.performance(score.tick());
        if (score.tick() >= notBefore && here < line) {
            boolean started = score.hasStartHere();
            if (started && here >= latest + commitLine.leastQuarters(settings.commit(), tempo)) {
                return; // a chord may be finished as long as there is time to tell it
            }
            if (started) {
                counters.thinned++;
            } else if (teller.hasBegun()) {
                counters.skipped++;
            }
        }
        notBefore = settled;
    }

    /** The first tick that the model may use: not settled, and in the host's time at all. */
    private long firstFree() {
        return Math.max(notBefore, timeline.atTick(score.tick()).firstTick());
    }

    private void say(int token, double here) {
        if (Vocabulary.isNoteOn(token)) {
            score.addStart(token, LiveScore.MODEL, hand.channel(token), nextNote++, here);
        } else if (Vocabulary.isNoteOff(token)) {
            score.addEnd(token, LiveScore.MODEL, score.note(score.startOf(token)), here);
        } else {
            score.addTime(token);
            double reached = timeline.performance(score.tick());
            if (asked && reached > teller.end() && (!teller.hasBegun() || teller.hasUntold())) {
                teller.tell(epoch, score.firstHere(), reached, latest);
            }
        }
    }

    /** Ends a note that has sounded for too long, if one may end here. */
    private boolean endOverdue() {
        if (!score.inBar() || score.hasStartHere() || score.tick() < notBefore) {
            return false;
        }
        double here = timeline.performance(score.tick());
        for (int i = 0; i < score.soundingCount(); i++) {
            int start = score.startOfSounding(i);
            boolean own = score.note(start) > 0;
            double held = here - score.time(start);
            if (score.tick(start) < score.tick()
                    && (held >= (own ? LONGEST_NOTE : LONGEST_HELD) || score.isNearlyForgotten(start))) {
                int end = LiveScore.endOf(score.token(start));
                score.addEnd(end, own ? LiveScore.MODEL : LiveScore.MODEL | LiveScore.SENT, score.note(start), here);
                return true;
            }
        }
        return false;
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
