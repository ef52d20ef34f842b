package org.continuo.engine.token;

import org.continuo.protocol.time.Meter;

/**
 * Where in musical time a stream of tokens has come: bar, beat in the bar, tick in the beat. A beat is one quarter note
 * counted from the bar line; a bar's last beat may be shorter.
 *
 * <p>Not thread-safe. Allocates nothing after construction.
 */
public final class TimeCursor {
    private static final int QUARTER = Score.TICKS_PER_QUARTER;

    private final MeterMap meters;
    private int bar = -1;
    private int barStart;
    private int barLength;
    private int tickInBar;

    public TimeCursor(MeterMap meters) {
        this.meters = meters;
    }

    /** One that stands where {@code other} does and moves by itself. */
    public TimeCursor(TimeCursor other) {
        meters = other.meters;
        bar = other.bar;
        barStart = other.barStart;
        barLength = other.barLength;
        tickInBar = other.tickInBar;
    }

    /** Moves by a token; those that are no time leave it where it is. */
    public void accept(int token) {
        if (token == Vocabulary.BAR) {
            enterBar(bar + 1);
        } else if (token == Vocabulary.BEAT) {
            tickInBar = (beat() + 1) * QUARTER;
        } else if (Vocabulary.isPosition(token)) {
            tickInBar = beat() * QUARTER + Vocabulary.tickOf(token);
        }
    }

    /** The next token on the way to {@code target}, or -1 when it is reached. */
    public int tokenTowards(int target) {
        if (bar < 0 || target >= barStart + barLength) {
            return isLastBeat() ? Vocabulary.BAR : Vocabulary.BEAT;
        }
        int inBar = target - barStart;
        if (inBar / QUARTER > beat()) {
            return Vocabulary.BEAT;
        }
        return inBar > tickInBar ? Vocabulary.position(inBar % QUARTER) : -1;
    }

    private void enterBar(int next) {
        bar = next;
        barStart = meters.barStart(next);
        barLength = meters.barLength(next);
        tickInBar = 0;
    }

    /** Whether only a bar line can follow this beat. True before the first bar. */
    public boolean isLastBeat() {
        return bar < 0 || (beat() + 1) * QUARTER >= barLength;
    }

    /** The length of the current beat in ticks, 1-24; 0 before the first bar. */
    public int beatLength() {
        return Math.min(QUARTER, barLength - beat() * QUARTER);
    }

    /** Ticks from the score's first bar line. */
    public int tick() {
        return barStart + tickInBar;
    }

    /** The current bar, from 0; 0 also before the first bar line. */
    public int bar() {
        return Math.max(0, bar);
    }

    public int beat() {
        return tickInBar / QUARTER;
    }

    public int tickInBeat() {
        return tickInBar % QUARTER;
    }

    public Meter meter() {
        return meters.meterOfBar(bar());
    }
}
