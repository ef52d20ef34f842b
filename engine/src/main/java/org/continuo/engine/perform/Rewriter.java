package org.continuo.engine.perform;

import java.util.Arrays;
import org.continuo.engine.token.Vocabulary;

/**
 * Brings the score in line with what happened: takes back what is not settled, writes in what the musician did, at its
 * place, and puts back what is settled. Within a tick ends come before starts.
 *
 * <p>Settled is what the musician did, and of the model's plan what has sounded, or was told to the host and lies before the
 * commit line.
 *
 * <p>Not thread-safe. Allocates only when its columns grow.
 */
final class Rewriter {
    private final LiveScore score;
    private final Timeline timeline;
    private final Playhead playhead;
    private final Keyboard keyboard;
    private final Counters counters;

    private long[] ticks = new long[256];
    private int[] tokens = new int[256];
    private int[] flags = new int[256];
    private int[] channels = new int[256];
    private int[] notes = new int[256];
    private double[] times = new double[256];
    private int count;

    private final Strays strays = new Strays();

    /**
     * Where the musician struck notes of the model again lately, and until when these were told to sound on: from the commit
     * line on they could be ended.
     */
    private long struckAgain = Long.MAX_VALUE;

    private double soundUntil = Double.NEGATIVE_INFINITY;

    /** The planned notes that were taken back last. */
    private final int[] voided = new int[512];

    Rewriter(LiveScore score, Timeline timeline, Playhead playhead, Keyboard keyboard, Counters counters) {
        this.score = score;
        this.timeline = timeline;
        this.playhead = playhead;
        this.keyboard = keyboard;
        this.counters = counters;
    }

    /**
     * Adds what the musician did at {@code tick}. A note ends a tick after its start at the earliest, and starts again no
     * earlier than it ended.
     *
     * @return the tick at which it was added
     */
    private long add(long tick, int token, int channel, double time) {
        boolean end = Vocabulary.isNoteOff(token);
        long at = tick;
        if (end || LiveScore.sustains(token)) {
            int start = score.startOf(token);
            if (end && start >= 0 && score.is(start, LiveScore.MUSICIAN)) {
                at = Math.max(at, score.tick(start) + 1);
            }
            int key = SoundingNotes.key(token);
            for (int i = 0; i < count; i++) {
                if (SoundingNotes.key(tokens[i]) == key) {
                    at = Math.max(at, end && Vocabulary.isNoteOn(tokens[i]) ? ticks[i] + 1 : ticks[i]);
                }
            }
        }
        insert(at, token, LiveScore.MUSICIAN, channel, 0, time);
        return at;
    }

    /**
     * The first tick that holds anything of the plan from {@code from} on: the grid may have moved since it was planned.
     *
     * @param now performance time of the playhead: what is to end after it can be void once more, as {@code from} goes back
     *     where what was kept is discarded
     */
    long firstPlanned(double from, double now) {
        long tick = timeline.tickFrom(from);
        long first = tick;
        for (int number = score.size() - 1; number > 0 && score.tick(number) >= tick - 2 * Feel.FURTHEST; number--) {
            if (score.note(number) > 0 && score.time(number) >= from) {
                first = Math.min(first, score.tick(number));
            }
        }
        if (now > soundUntil) {
            struckAgain = Long.MAX_VALUE;
        }
        return Math.min(first, struckAgain);
    }

    /** Whether something waits on the keyboard. */
    boolean isDue() {
        return keyboard.waiting() > 0;
    }

    /**
     * Takes what waits on the keyboard, takes the score back to the first of it, or to {@code tick} if that is earlier, and
     * writes it anew; it then ends with the last thing settled.
     *
     * @param commit performance time from which on the plan is not settled
     * @param now performance time of the playhead
     * @return the number of tokens that stayed as they were
     */
    int takeIn(long tick, double commit, double now) {
        long from = tick;
        for (int i = 0; i < keyboard.waiting(); i++) {
            double at = playhead.believed(keyboard.time(i), now);
            long placed = add(timeline.nearestTick(at), keyboard.token(i), keyboard.channel(i), at);
            from = Math.min(from, placed);
        }
        keyboard.taken();
        return rewrite(from, commit);
    }

    private int rewrite(long from, double commit) {
        int keep = score.sizeBefore(from);
        for (int number = keep; number < score.size(); number++) {
            collect(number, commit);
        }
        score.rollback(keep);
        for (int i = 0; i < count; ) {
            i = writeTick(i, commit);
        }
        count = 0;
        return keep;
    }

    private void collect(int number, double commit) {
        int token = score.token(number);
        if (!Vocabulary.isNoteOn(token) && !Vocabulary.isNoteOff(token)) {
            return;
        }
        int by = score.flags(number);
        boolean model = (by & LiveScore.MODEL) != 0;
        boolean sent = (by & LiveScore.SENT) != 0;
        boolean fixed = (by & LiveScore.FIXED) != 0;
        boolean start = Vocabulary.isNoteOn(token);
        boolean sounded = start && (by & LiveScore.SOUNDED) != 0;
        boolean settled = !model || fixed || sounded || sent && score.time(number) < commit;
        if (!settled || (by & LiveScore.MISSED) != 0) {
            if (sent && start) {
                voided[(int) (counters.voided++ % voided.length)] = score.note(number);
            }
            return;
        }
        double time = score.time(number);
        if (fixed && !sent && time < commit) {
            time = commit;
        } else if (fixed && time >= commit) {
            time = Math.max(commit, timeline.performance(score.tick(number)));
        }
        insert(score.tick(number), token, by, score.channel(number), score.note(number), time);
    }

    /** Behind all of the same tick and kind. */
    private void insert(long tick, int token, int by, int channel, int note, double time) {
        if (count == ticks.length) {
            grow();
        }
        int place = count++;
        boolean start = Vocabulary.isNoteOn(token);
        while (place > 0
                && (ticks[place - 1] > tick
                        || ticks[place - 1] == tick && !start && Vocabulary.isNoteOn(tokens[place - 1]))) {
            move(place - 1, place);
            place--;
        }
        ticks[place] = tick;
        tokens[place] = token;
        flags[place] = by;
        channels[place] = channel;
        notes[place] = note;
        times[place] = time;
    }

    private void move(int from, int to) {
        ticks[to] = ticks[from];
        tokens[to] = tokens[from];
        flags[to] = flags[from];
        channels[to] = channels[from];
        notes[to] = notes[from];
        times[to] = times[from];
    }

    private void grow() {
        int capacity = count * 2;
        ticks = Arrays.copyOf(ticks, capacity);
        tokens = Arrays.copyOf(tokens, capacity);
        flags = Arrays.copyOf(flags, capacity);
        channels = Arrays.copyOf(channels, capacity);
        notes = Arrays.copyOf(notes, capacity);
        times = Arrays.copyOf(times, capacity);
    }

    /** Writes the events of one tick: ends, ends of what is struck again, starts. Returns the index of the next tick's. */
    private int writeTick(int first, double commit) {
        long tick = ticks[first];
        score.advanceTo(tick);
        long here = score.tick();
        int i = first;
        while (i < count && ticks[i] == tick && !Vocabulary.isNoteOn(tokens[i])) {
            int start = score.startOf(tokens[i]);
            if (start >= 0 && mayEnd(i, start)) {
                if (score.tick(start) < here) {
                    score.addEnd(tokens[i], flags[i], notes[i], times[i]);
                } else {
                    // too short for the grid: one tick long
                    insert(here + 1, tokens[i], flags[i], channels[i], notes[i], times[i]);
                }
            }
            i++;
        }
        int starts = i;
        for (; i < count && ticks[i] == tick; i++) {
            endBeforeStart(i, here, commit);
        }
        for (i = starts; i < count && ticks[i] == tick; i++) {
            start(i);
        }
        return i;
    }

    /** The model ends its own notes and the musician theirs; number 0 ends any. */
    private boolean mayEnd(int end, int start) {
        if ((flags[end] & LiveScore.MUSICIAN) != 0) {
            return score.is(start, LiveScore.MUSICIAN);
        }
        return notes[end] == 0 || notes[end] == score.note(start);
    }

    private void endBeforeStart(int index, long here, double commit) {
        if (!LiveScore.sustains(tokens[index])) {
            return;
        }
        int start = score.startOf(tokens[index]);
        if (start < 0 || score.tick(start) >= here || (flags[index] & LiveScore.MUSICIAN) == 0) {
            return;
        }
        int end = LiveScore.endOf(tokens[index]);
        if (score.is(start, LiveScore.MUSICIAN) || score.note(start) == 0) {
            score.addEnd(end, LiveScore.MUSICIAN, 0, times[index]);
        } else {
            double time = Math.max(commit, timeline.performance(here));
            struckAgain = Math.min(struckAgain, here);
            soundUntil = Math.max(soundUntil, time);
            score.addEnd(end, LiveScore.MODEL | LiveScore.FIXED, score.note(start), time);
        }
    }

    private void start(int index) {
        int token = tokens[index];
        boolean sounds =
                LiveScore.sustains(token) ? score.startOf(token) >= 0 : score.hasStroke(Vocabulary.pitchOf(token));
        if (!sounds) {
            score.addStart(token, flags[index], channels[index], notes[index], times[index]);
        } else if (LiveScore.sustains(token) && notes[index] > 0) {
            strays.add(notes[index]);
        }
    }

    /** A note sounded. If the word that took it back came too late, it is astray, and true is returned. */
    boolean sounded(int note) {
        for (int i = 0; i < voided.length; i++) {
            if (voided[i] == note) {
                voided[i] = 0;
                strays.add(note);
                return true;
            }
        }
        return false;
    }

    /** The host has ended all that sounded, of itself. */
    void forgetSounding() {
        strays.forgetAll();
        struckAgain = Long.MAX_VALUE;
        soundUntil = Double.NEGATIVE_INFINITY;
    }

    /** What sounds in the host and no longer stands in the score. */
    Strays strays() {
        return strays;
    }
}
