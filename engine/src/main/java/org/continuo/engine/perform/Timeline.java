package org.continuo.engine.perform;

import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.continuo.protocol.time.TransportSnapshot;

/**
 * How performance time, the host's timeline and the ticks of the stream lie side by side: a row of stretches. A loop's
 * wraps are foretold, so that the next pass can be planned before it begins.
 *
 * <p>Where a loop starts and ends on bar lines the stream simply goes on; else, and at every jump, the bar is cut short
 * and a new one opens.
 *
 * <p>Not thread-safe. Keeps the last {@value #KEPT} stretches; allocates only when a meter is new.
 */
final class Timeline {
    /** A loop shorter than a sixteenth note is none. */
    static final double SHORTEST_LOOP = 0.25;

    /** Bars longer than this are told as bars of four quarters: the model knows no longer ones. */
    private static final double LONGEST_BAR = 16;

    private static final int KEPT = 512;
    private static final double SAME_PLACE = 1e-3;

    private final Stretch[] ring = new Stretch[KEPT];
    private long begun;
    private boolean looping;
    private double loopStart;
    private double loopEnd;
    private int numerator = 4;
    private int denominator = 4;
    private double barQuarters = 4;
    private int meterValue = FeatureLayout.meterValue(Meter.COMMON);

    /** @param feel by how much the stream's grid lies behind the host's; may change while ticks and times are asked for */
    Timeline(Feel feel) {
        for (int i = 0; i < KEPT; i++) {
            ring[i] = new Stretch(feel);
        }
    }

    /** Whether anything was opened yet. */
    boolean isOpen() {
        return begun > 0;
    }

    /** Quarter notes of a bar now. */
    double barQuarters() {
        return barQuarters;
    }

    Stretch last() {
        return at(begun - 1);
    }

    private Stretch at(long number) {
        return ring[(int) (number % KEPT)];
    }

    private long oldest() {
        return Math.max(0, begun - KEPT);
    }

    /** Whether the host goes on at {@code snapshot} where it stood in the newest stretch, in the same meter. */
    boolean continues(TransportSnapshot snapshot) {
        if (!isOpen() || !sameMeter(snapshot)) {
            return false;
        }
        return Math.abs(last().host(snapshot.performance) - hostBeat(snapshot)) < SAME_PLACE
                && Math.abs(phase(snapshot) - phaseOfLast(snapshot.performance)) < SAME_PLACE;
    }

    private double phaseOfLast(double performance) {
        Stretch last = last();
        return floorMod(last.offset / Score.TICKS_PER_QUARTER + performance - last.performanceStart, barQuarters);
    }

    /** Goes on in the newest stretch, with the loop that {@code snapshot} tells. */
    void goOn(TransportSnapshot snapshot) {
        takeLoop(snapshot);
        foretellEnd(last(), snapshot.performance);
    }

    /** Opens a stretch at {@code snapshot}, its bar line at {@code barTick}; the one before ends there. */
    void open(TransportSnapshot snapshot, long barTick) {
        takeLoop(snapshot);
        takeMeter(snapshot);
        open(snapshot.performance, hostBeat(snapshot), phase(snapshot), barTick);
    }

    /** Opens a stretch at {@code performance} where the host is expected by then: for a gap too long to count through. */
    void leap(double performance, long barTick) {
        Stretch last = last();
        double host = hostAt(performance);
        double phase = floorMod(host - last.hostStart + last.offset / Score.TICKS_PER_QUARTER, barQuarters);
        open(performance, host, phase, barTick);
    }

    private void open(double performance, double host, double phase, long barTick) {
        if (isOpen()) {
            last().performanceEnd = performance;
            last().endTick = barTick;
        }
        append(performance, host, phase, barTick);
    }

    private void append(double performance, double host, double phase, long barTick) {
        Stretch stretch = at(begun++);
        stretch.performanceStart = performance;
        stretch.hostStart = host;
        stretch.barTick = barTick;
        stretch.offset = phase * Score.TICKS_PER_QUARTER;
        stretch.barLength = barQuarters * Score.TICKS_PER_QUARTER;
        stretch.meterValue = meterValue;
        foretellEnd(stretch, performance);
    }

    /** A host that stands at the loop's end or after it by performance time {@code from} plays on. */
    private void foretellEnd(Stretch stretch, double from) {
        boolean wraps = looping && stretch.host(from) < loopEnd - SAME_PLACE;
        stretch.endAt(wraps ? stretch.performanceStart + loopEnd - stretch.hostStart : Double.POSITIVE_INFINITY);
    }

    /** Appends the loop's next pass after the newest stretch, whose end is known. */
    private void wrap() {
        Stretch last = last();
        double sinceBarLine = loopStart - last.hostStart + last.offset / Score.TICKS_PER_QUARTER;
        append(last.performanceEnd, loopStart, floorMod(sinceBarLine, barQuarters), last.endTick);
    }

    /**
     * Takes the loop of a snapshot that is no break.
     *
     * @return the performance time from which what was foretold no longer holds, or infinity when all holds
     */
    double follow(TransportSnapshot snapshot) {
        if (sameLoop(snapshot)) {
            return Double.POSITIVE_INFINITY;
        }
        takeLoop(snapshot);
        dropFrom(Math.nextUp(snapshot.performance));
        double before = last().performanceEnd;
        foretellEnd(last(), snapshot.performance);
        return Math.min(before, last().performanceEnd);
    }

    /** Forgets the stretches that begin at or after {@code performance}, all but the oldest. */
    void dropFrom(double performance) {
        dropFrom(performance, Long.MIN_VALUE);
    }

    /** The same, but for those in which the stream stands already: whose bar line is at {@code entered} or before it. */
    void dropFrom(double performance, long entered) {
        while (begun > oldest() + 1 && last().performanceStart >= performance && last().barTick > entered) {
            begun--;
        }
    }

    /** Ticks of the host's grid from its bar line to {@code performance}, not whole. */
    double ticksInBar(double performance) {
        Stretch stretch = atPerformance(performance);
        double since = (performance - stretch.performanceStart) * Score.TICKS_PER_QUARTER + stretch.offset;
        return floorMod(since, stretch.barLength);
    }

    /** The stretch of a performance time, foretold where need be. */
    Stretch atPerformance(double performance) {
        while (last().performanceEnd <= performance) {
            wrap();
        }
        long number = begun - 1;
        while (number > oldest() && at(number).performanceStart > performance) {
            number--;
        }
        return at(number);
    }

    /** The stretch of a stream tick, foretold where need be. */
    Stretch atTick(long tick) {
        while (last().endTick <= tick) {
            wrap();
        }
        return opened(tick);
    }

    /** The stretch of a stream tick among those that have been opened or foretold. */
    private Stretch opened(long tick) {
        long number = begun - 1;
        while (number > oldest() && at(number).barTick > tick) {
            number--;
        }
        return at(number);
    }

    /** The host's number of the bar that opens at a tick: the one at host beat 0 is 0; of two as near, the higher. */
    long hostBar(long barLine) {
        Stretch stretch = atTick(barLine);
        double bars = stretch.hostAtTick(barLine) * Score.TICKS_PER_QUARTER / stretch.barLength;
        return Math.round(bars + SAME_PLACE); // rounding must not part the bars of a song that begins with half a bar
    }

    double performance(long tick) {
        return atTick(tick).performance(tick);
    }

    /** Quarter notes from a tick to {@code performance}; foretells nothing. */
    double gap(long tick, double performance) {
        return performance - opened(tick).performance(tick);
    }

    /** The first tick whose time is {@code performance} or later. */
    long tickFrom(double performance) {
        Stretch stretch = atPerformance(performance);
        long tick = stretch.tickFrom(performance);
        return tick < stretch.endTick ? tick : atTick(stretch.endTick).firstTick();
    }

    /** The first tick whose time is {@code performance} or later, in the stretch that leads up to it. */
    long lastTickTo(double performance) {
        Stretch stretch = atPerformance(Math.nextDown(performance));
        return Math.min(stretch.endTick, stretch.tickFrom(performance));
    }

    /** The tick nearest to {@code performance}; before a wrap that may be the first of the pass to come. */
    long nearestTick(double performance) {
        Stretch stretch = atPerformance(performance);
        long tick = Math.max(stretch.barTick, Math.round(stretch.tick(performance)));
        return tick < stretch.endTick ? tick : atTick(stretch.endTick).firstTick();
    }

    /** Where the host will stand, without foretelling each wrap on the way. */
    double hostAt(double performance) {
        Stretch last = last();
        double host = last.host(performance);
        return Double.isInfinite(last.performanceEnd) || host < loopEnd
                ? host
                : loopStart + floorMod(host - loopEnd, loopEnd - loopStart);
    }

    private boolean sameLoop(TransportSnapshot snapshot) {
        boolean loops = loops(snapshot);
        return loops == looping
                && (!loops
                        || Math.abs(snapshot.loopStart - loopStart) < SAME_PLACE
                                && Math.abs(snapshot.loopEnd - loopEnd) < SAME_PLACE);
    }

    private static boolean loops(TransportSnapshot snapshot) {
        return snapshot.has(TransportSnapshot.LOOPING | TransportSnapshot.HAS_BEAT)
                && snapshot.loopEnd - snapshot.loopStart >= SHORTEST_LOOP;
    }

    private void takeLoop(TransportSnapshot snapshot) {
        looping = loops(snapshot);
        loopStart = snapshot.loopStart;
        loopEnd = snapshot.loopEnd;
    }

    private boolean sameMeter(TransportSnapshot snapshot) {
        boolean told = snapshot.has(TransportSnapshot.HAS_METER);
        return numerator == (told ? snapshot.numerator : 4) && denominator == (told ? snapshot.denominator : 4);
    }

    private void takeMeter(TransportSnapshot snapshot) {
        if (sameMeter(snapshot)) {
            return;
        }
        boolean told =
                snapshot.has(TransportSnapshot.HAS_METER) && Meter.isValid(snapshot.numerator, snapshot.denominator);
        Meter meter = told ? new Meter(snapshot.numerator, snapshot.denominator) : Meter.COMMON;
        numerator = told ? snapshot.numerator : 4;
        denominator = told ? snapshot.denominator : 4;
        barQuarters = meter.quarters() > LONGEST_BAR ? 4 : meter.quarters();
        meterValue = FeatureLayout.meterValue(meter);
    }

    private static double hostBeat(TransportSnapshot snapshot) {
        return snapshot.has(TransportSnapshot.HAS_BEAT) ? snapshot.beat : snapshot.performance;
    }

    /** Quarter notes since the bar line, by the meter taken. */
    private double phase(TransportSnapshot snapshot) {
        double beat = hostBeat(snapshot);
        boolean told = snapshot.has(TransportSnapshot.HAS_BAR_START | TransportSnapshot.HAS_BEAT);
        return floorMod(told ? beat - snapshot.barStart : beat, barQuarters);
    }

    private static double floorMod(double value, double modulus) {
        double rest = value - Math.floor(value / modulus) * modulus;
        // a hair before a bar line is on it
        return rest >= modulus - 1e-9 || rest < 0 ? 0 : rest;
    }
}
