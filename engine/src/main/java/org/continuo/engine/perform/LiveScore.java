package org.continuo.engine.perform;

import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Vocabulary;

/**
 * The stream of tokens that the model reads while it plays: what was said lately, by whom, when it sounds, and which
 * notes sound at its end. It can be taken back token by token, and then stands exactly as it stood.
 *
 * <p>Not thread-safe. Primitive columns in a ring; allocates nothing after construction, but what {@link Reading} grows to.
 */
final class LiveScore extends TokenRing implements AutoCloseable {
    private static final int QUARTER = Score.TICKS_PER_QUARTER;
    private static final int LEAST_KEPT = 1 << 13;

    private final Reading reading;
    private final Timeline timeline;

    private long tick;
    private long barStart = -1;
    private long barEnd = -1;
    private int meterValue;
    /** Bars opened before the current one; -1 before the first. */
    private int barNumber = -1;

    private final SoundingNotes sounding = new SoundingNotes();

    LiveScore(NoteModel model, Timeline timeline, Counters counters) {
        super(Math.max(LEAST_KEPT, Integer.highestOneBit(2 * model.shape().context())));
        this.reading = new Reading(model, counters);
        this.timeline = timeline;
        append(Vocabulary.START);
    }

    /** How the model reads it. */
    Reading reading() {
        return reading;
    }

    /** The least size that can be gone back to. */
    private int earliest() {
        return Math.max(1, Math.max(reading.earliest(), size() - kept() + 1));
    }

    /** Where the next event would stand. */
    long tick() {
        return tick;
    }

    boolean inBar() {
        return barStart >= 0;
    }

    long barStart() {
        return barStart;
    }

    /** The bar line after the current tick, or where the bar is cut short. */
    long barEnd() {
        return barEnd;
    }

    /** Bars opened before the current one; -1 before the first. */
    int barNumber() {
        return barNumber;
    }

    /** The number of the bar that a tick stands in, or will. */
    int barNumberAt(long other) {
        if (inBar() && other < barStart) {
            int number = size() - 1;
            while (number > earliest() && barStart(number) > other) {
                number--;
            }
            return barNumber(number);
        }
        int number = barNumber;
        long line = inBar() ? barEnd : 0;
        while (line <= other) {
            number++;
            line = timeline.atTick(line).barEnd(line);
        }
        return number;
    }

    int beat() {
        return (int) (tick - barStart) / QUARTER;
    }

    int tickInBeat() {
        return (int) (tick - barStart) % QUARTER;
    }

    /** The tick at which the current beat ends: the next one's, or the bar line's. */
    long beatEnd() {
        return Math.min(barEnd, barStart + (beat() + 1L) * QUARTER);
    }

    /** Whether only a bar line can follow this beat. */
    boolean isLastBeat() {
        return !inBar() || barStart + (beat() + 1L) * QUARTER >= barEnd;
    }

    /** Whether a note was started at this tick already, so that none may end here any more. */
    boolean hasStartHere() {
        return Vocabulary.isNoteOn(token(size() - 1));
    }

    /** The number of the first token that stands at the current tick: no more than the size. */
    int firstHere() {
        int number = size();
        while (number > earliest() && tick(number - 1) >= tick) {
            number--;
        }
        return number;
    }

    int soundingCount() {
        return sounding.count();
    }

    /** The number of the token that started the {@code index}th note that sounds. */
    int startOfSounding(int index) {
        return sounding.start(index);
    }

    /** The number of the token that started the note that a start or end token speaks of, or -1 if it does not sound. */
    int startOf(int token) {
        return sounding.startOf(SoundingNotes.key(token));
    }

    /** Whether a drum stroke was already said at this tick. */
    boolean hasStroke(int pitch) {
        int stroke = SoundingNotes.key(Instrument.DRUMS, pitch);
        for (int number = size() - 1; number >= earliest() && tick(number) == tick; number--) {
            int token = token(number);
            if (Vocabulary.isNoteOn(token) && SoundingNotes.key(token) == stroke) {
                return true;
            }
        }
        return false;
    }

    /** The tick at which an instrument was last heard, by anyone, as far back as {@code earliest}; else that. */
    long lastHeard(Instrument instrument, long earliest) {
        for (int number = size() - 1; number >= earliest() && tick(number) > earliest; number--) {
            int token = token(number);
            boolean note = Vocabulary.isNoteOn(token) || Vocabulary.isNoteOff(token);
            if (note && Vocabulary.instrumentOf(token) == instrument) {
                return tick(number);
            }
        }
        return earliest;
    }

    /** Starts of anyone at ticks after {@code earliest}. */
    int startsSince(long earliest) {
        int starts = 0;
        for (int number = size() - 1; number >= earliest() && tick(number) > earliest; number--) {
            starts += Vocabulary.isNoteOn(token(number)) ? 1 : 0;
        }
        return starts;
    }

    /** Starts on one instrument at ticks after {@code earliest}. */
    int startsSince(long earliest, Instrument instrument) {
        int starts = 0;
        for (int number = size() - 1; number >= earliest() && tick(number) > earliest; number--) {
            int token = token(number);
            starts += Vocabulary.isNoteOn(token) && Vocabulary.instrumentOf(token) == instrument ? 1 : 0;
        }
        return starts;
    }

    boolean sounds(Instrument instrument) {
        return sounding.has(instrument);
    }

    /** Looks up again where the current bar ends, after the timeline has changed. */
    void refreshBar() {
        if (inBar()) {
            barEnd = timeline.atTick(barStart).barEnd(barStart);
        }
    }

    /** Whether the current bar is one of the stretch's own. */
    boolean standsIn(Stretch stretch) {
        return inBar() && barStart >= stretch.barTick && stretch.barStart(tick) == barStart;
    }

    /** Says the bars, beats and position that lead to {@code target}. */
    void advanceTo(long target) {
        while (tick < target || !inBar()) {
            addTime(tokenTowards(target));
        }
    }

    private int tokenTowards(long target) {
        if (!inBar() || target >= barEnd) {
            return isLastBeat() ? Vocabulary.BAR : Vocabulary.BEAT;
        }
        long inBar = target - barStart;
        return inBar / QUARTER > beat() ? Vocabulary.BEAT : Vocabulary.position((int) (inBar % QUARTER));
    }

    /** Says one bar, beat or position. */
    void addTime(int token) {
        if (token == Vocabulary.BAR) {
            long line = inBar() ? barEnd : 0;
            Stretch stretch = timeline.atTick(line);
            barStart = line;
            barEnd = stretch.barEnd(line);
            meterValue = stretch.meterValue;
            barNumber++;
            tick = line;
        } else if (token == Vocabulary.BEAT) {
            tick = barStart + (beat() + 1L) * QUARTER;
        } else {
            tick = barStart + (long) beat() * QUARTER + Vocabulary.tickOf(token);
        }
        append(token);
    }

    /** Says the start of a note at the current tick. */
    void addStart(int token, int by, int channel, int note, double time) {
        if (sustains(token)) {
            sounding.add(SoundingNotes.key(token), size());
        }
        append(token);
        addNote(by, channel, note, time, -1);
    }

    /** Says the end of a note that sounds, at the current tick. */
    void addEnd(int token, int by, int note, double time) {
        int start = sounding.remove(SoundingNotes.key(token));
        append(token);
        addNote(by, channel(start), note, time, start);
    }

    private void append(int token) {
        add(token, tick, barStart, barNumber);
        reading.append(token, barNumber, meterValue, inBar() ? beat() : 0, inBar() ? tickInBeat() : 0);
    }

    /**
     * The size that keeps what stands before {@code from}, as far back as can be gone. A position that leads to nothing is
     * not kept.
     */
    int sizeBefore(long from) {
        int earliest = earliest();
        int number = size();
        while (number > earliest && tick(number - 1) >= from) {
            number--;
        }
        while (number > earliest && Vocabulary.isPosition(token(number - 1))) {
            number--;
        }
        return number;
    }

    /** Takes back all but the first {@code wanted} tokens. */
    void rollback(int wanted) {
        while (size() > wanted) {
            int token = takeBack();
            if (Vocabulary.isNoteOn(token) && sustains(token)) {
                sounding.remove(SoundingNotes.key(token));
            } else if (Vocabulary.isNoteOff(token)) {
                sounding.add(SoundingNotes.key(token), partner(size()));
            }
        }
        reading.rollback(size());
        int last = size() - 1;
        tick = tick(last);
        barStart = barStart(last);
        barNumber = barNumber(last);
        if (inBar()) {
            Stretch stretch = timeline.atTick(barStart);
            barEnd = stretch.barEnd(barStart);
            meterValue = stretch.meterValue;
        }
    }

    /** Whether a note started so long ago that its start is about to be forgotten. */
    boolean isNearlyForgotten(int start) {
        return size() - start > kept() / 2;
    }

    static boolean sustains(int token) {
        return Vocabulary.instrumentOf(token) != Instrument.DRUMS;
    }

    /** The end of the note that a start token starts. */
    static int endOf(int start) {
        return Vocabulary.noteOff(Vocabulary.instrumentOf(start), Vocabulary.pitchOf(start));
    }

    @Override
    public void close() {
        reading.close();
    }
}
