package org.continuo.engine.perform;

import org.continuo.engine.token.Score;

/**
 * A stretch of performance time over which host and stream run side by side: between two breaks, loop wraps or meter
 * changes. It opens with a bar line of the stream; {@link #offset} says how far into that bar the host stands at its
 * beginning, so that the place in the bar is the host's.
 *
 * <p>Its ticks lie behind the host's grid by what {@link Feel} says; where it begins and ends, and its bar lines, are the host's.
 *
 * <p>Mutable and used again; owned by {@link Timeline}.
 */
final class Stretch {
    private static final int QUARTER = Score.TICKS_PER_QUARTER;
    /** Less than any step that matters, more than the rounding of a double at 10^9 quarter notes, in ticks. */
    private static final double EPSILON = 1e-4;
    /** Quarter notes from tick to tick where they are squeezed: less than a host's frame. */
    private static final double SQUEEZED = 1e-6;

    /** Performance time at which it begins. */
    double performanceStart;
    /** Performance time at which it is known to end, or infinity. */
    double performanceEnd;
    /** Host beat at its beginning. */
    double hostStart;
    /** Stream tick of the bar line that opens it. */
    long barTick;
    /** Ticks from that bar line to its beginning: less than a bar, not whole where the host starts off the grid. */
    double offset;
    /** Ticks of a bar, not whole for 64ths: bar lines are rounded one by one, so that they do not drift. */
    double barLength;

    int meterValue;
    /** First stream tick after it, or {@link Long#MAX_VALUE}. */
    long endTick;

    private final Feel feel;

    Stretch(Feel feel) {
        this.feel = feel;
    }

    double tick(double performance) {
        return Math.max(barTick + offset, onGrid(performance) - feel.shift());
    }

    /** The tick of the host's own grid. */
    private double onGrid(double performance) {
        return barTick + offset + (performance - performanceStart) * QUARTER;
    }

    double performance(long tick) {
        double at = performanceStart + (tick - barTick - offset + feel.shift()) / QUARTER;
        // what the shift would put outside is squeezed against the edge, each tick still after the one before
        if (tick < endTick) {
            at = Math.min(at, performanceEnd - (endTick - tick) * SQUEEZED);
        }
        return Math.max(performanceStart + Math.max(0, tick - firstTick()) * SQUEEZED, at);
    }

    double host(double performance) {
        return hostStart + performance - performanceStart;
    }

    /** The host beat of a tick, those that only count beats included. */
    double hostAtTick(long tick) {
        return hostStart + (tick - barTick - offset) / QUARTER;
    }

    /** The first tick that lies in its time: those before it, back to its bar line, only count beats. */
    long firstTick() {
        return barTick + (long) Math.ceil(offset - EPSILON);
    }

    /** The first tick whose own time is {@code performance} or later, to the last bit; may be its end. */
    long tickFrom(double performance) {
        if (performance <= performanceStart) {
            return firstTick();
        }
        long tick = Math.max(firstTick(), (long) Math.ceil(tick(performance) - EPSILON));
        while (tick < endTick && performance(tick) < performance) {
            tick++;
        }
        return tick;
    }

    /** Sets where it ends: at a known performance time, with the tick from which another begins. */
    void endAt(double performance) {
        performanceEnd = performance;
        endTick = Double.isInfinite(performance)
                ? Long.MAX_VALUE
                : Math.max(barTick + 1, (long) Math.ceil(onGrid(performance) - EPSILON));
    }

    /** The bar line at or before {@code tick}. */
    long barStart(long tick) {
        return barTick + line(barNumber(tick));
    }

    /** The bar line after {@code tick}, or where it is cut short. */
    long barEnd(long tick) {
        return Math.min(endTick, barTick + line(barNumber(tick) + 1));
    }

    private long barNumber(long tick) {
        long distance = tick - barTick;
        long number = (long) (distance / barLength);
        while (line(number) > distance) {
            number--;
        }
        while (line(number + 1) <= distance) {
            number++;
        }
        return number;
    }

    private long line(long number) {
        return Math.round(number * barLength);
    }
}
