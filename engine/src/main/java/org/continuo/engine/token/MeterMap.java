package org.continuo.engine.token;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.continuo.protocol.time.Meter;

/**
 * Where the bar lines of a score are: a list of meter changes, the first at tick 0. Each change starts a new bar, cutting
 * the bar before it short if it must; the last meter goes on for ever. Bars count from 0.
 *
 * <p>Immutable, thread-safe; look-ups allocate nothing.
 */
public final class MeterMap {
    /** A meter that holds from {@code tick} on. */
    public record Change(int tick, Meter meter) {}

    private final Change[] changes;
    private final int[] firstBar;

    private MeterMap(List<Change> changes) {
        this.changes = changes.toArray(Change[]::new);
        this.firstBar = new int[this.changes.length];
        for (int i = 1; i < this.changes.length; i++) {
            int span = this.changes[i].tick - this.changes[i - 1].tick;
            int length = ticksPerBar(this.changes[i - 1].meter);
            firstBar[i] = firstBar[i - 1] + (span + length - 1) / length;
        }
    }

    /** One meter throughout. */
    public static MeterMap of(Meter meter) {
        return new MeterMap(List.of(new Change(0, meter)));
    }

    /**
     * @param changes in rising order of ticks, the first at 0
     * @throws IllegalArgumentException when they are not
     */
    public static MeterMap of(List<Change> changes) {
        if (changes.isEmpty() || changes.get(0).tick != 0) {
            throw new IllegalArgumentException("a meter map starts with a meter at tick 0: " + changes);
        }
        List<Change> kept = new ArrayList<>();
        int last = -1;
        for (Change change : changes) {
            if (change.tick <= last) {
                throw new IllegalArgumentException("meter changes must rise: tick " + change.tick + " after " + last);
            }
            last = change.tick;
            kept.add(change);
        }
        return new MeterMap(kept);
    }

    /** The bar's length on the grid; meters of 64ths round to whole ticks. */
    public static int ticksPerBar(Meter meter) {
        return Math.max(1, Math.round((float) (meter.quarters() * Score.TICKS_PER_QUARTER)));
    }

    public List<Change> changes() {
        return List.of(changes);
    }

    /** The bar that holds {@code tick} (0 or more). */
    public int barAt(int tick) {
        int i = changeAtTick(tick);
        return firstBar[i] + (tick - changes[i].tick) / ticksPerBar(changes[i].meter);
    }

    /** The tick of the bar line that opens {@code bar}. */
    public int barStart(int bar) {
        int i = changeAtBar(bar);
        return changes[i].tick + (bar - firstBar[i]) * ticksPerBar(changes[i].meter);
    }

    /** The bar's length in ticks: shorter than its meter says where a meter change cuts it. */
    public int barLength(int bar) {
        int i = changeAtBar(bar);
        int start = changes[i].tick + (bar - firstBar[i]) * ticksPerBar(changes[i].meter);
        int length = ticksPerBar(changes[i].meter);
        return i + 1 < changes.length ? Math.min(length, changes[i + 1].tick - start) : length;
    }

    public Meter meterOfBar(int bar) {
        return changes[changeAtBar(bar)].meter;
    }

    private int changeAtTick(int tick) {
        int i = changes.length - 1;
        while (i > 0 && changes[i].tick > tick) {
            i--;
        }
        return i;
    }

    private int changeAtBar(int bar) {
        int i = changes.length - 1;
        while (i > 0 && firstBar[i] > bar) {
            i--;
        }
        return i;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeterMap map && Arrays.equals(changes, map.changes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(changes);
    }

    @Override
    public String toString() {
        return Arrays.toString(changes);
    }
}
