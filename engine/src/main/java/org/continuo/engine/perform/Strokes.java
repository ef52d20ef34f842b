package org.continuo.engine.perform;

import java.util.Arrays;
import org.continuo.protocol.message.PlanSink;

/**
 * Ends for drum strokes. The score language has none, a host's notes need one: a sixteenth after the start, or where the
 * same drum is struck again.
 *
 * <p>Not thread-safe. Allocates only when its columns grow.
 */
final class Strokes {
    /** Quarter notes from a stroke to its end. */
    static final double LENGTH = 0.25;

    private int[] notes = new int[64];
    private int[] keys = new int[64];
    private double[] starts = new double[64];
    private double[] ends = new double[64];
    private boolean[] told = new boolean[64];
    private int count;
    /** Strokes before this moment have ended by then. */
    private double rest = Double.POSITIVE_INFINITY;

    /** The model rests from {@code time} on: strokes before it end there at the latest. Forgotten with the next revision. */
    void restFrom(double time) {
        rest = time;
        for (int i = 0; i < count; i++) {
            if (!told[i]) {
                ends[i] = end(starts[i], ends[i]);
            }
        }
    }

    private double end(double start, double wanted) {
        return start < rest ? Math.min(wanted, rest) : wanted;
    }

    /** A stroke was told. The same drum's former stroke ends first. */
    void strike(int note, int channel, int pitch, double time, PlanSink out) {
        int key = channel * 128 + pitch;
        for (int i = 0; i < count; i++) {
            if (keys[i] == key && !told[i]) {
                tell(i, time, out);
            }
        }
        add(note, key, time);
    }

    /** A stroke has sounded before it could be told again; with it the host has ended the same drum's former stroke. */
    void struck(int note, int channel, int pitch, double time) {
        int key = channel * 128 + pitch;
        for (int i = 0; i < count; i++) {
            if (keys[i] == key && !told[i] && starts[i] < time) {
                ends[i] = Math.min(ends[i], time);
                told[i] = true;
            }
        }
        add(note, key, time);
    }

    private void add(int note, int key, double time) {
        if (count == notes.length) {
            grow();
        }
        notes[count] = note;
        keys[count] = key;
        starts[count] = time;
        ends[count] = end(time, time + LENGTH);
        told[count] = false;
        count++;
    }

    private void tell(int index, double time, PlanSink out) {
        ends[index] = Math.min(ends[index], time);
        told[index] = true;
        out.planOff(notes[index], ends[index]);
    }

    /** Tells the ends up to {@code time}, earliest first. */
    void tellTo(double time, PlanSink out) {
        int next = earliest(time);
        while (next >= 0) {
            tell(next, time, out);
            next = earliest(time);
        }
    }

    private int earliest(double time) {
        int first = -1;
        for (int i = 0; i < count; i++) {
            if (!told[i] && ends[i] <= time && (first < 0 || ends[i] < ends[first])) {
                first = i;
            }
        }
        return first;
    }

    /** Whether an end is still to be told. */
    boolean areOpen() {
        for (int i = 0; i < count; i++) {
            if (!told[i]) {
                return true;
            }
        }
        return false;
    }

    /** What was told from {@code from} on is void: strokes that sound by then end again. */
    void revise(double from) {
        rest = Double.POSITIVE_INFINITY;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (starts[i] < from) {
                copy(i, kept);
                // an end before from stands; it is remembered, as the next revision may begin earlier
                if (!told[kept] || ends[kept] >= from) {
                    told[kept] = false;
                    ends[kept] = Math.max(from, ends[kept]);
                }
                kept++;
            }
        }
        count = kept;
    }

    /** Forgets strokes whose end is past. */
    void forgetBefore(double now) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!told[i] || ends[i] >= now) {
                copy(i, kept++);
            }
        }
        count = kept;
    }

    void forgetAll() {
        count = 0;
    }

    private void copy(int from, int to) {
        notes[to] = notes[from];
        keys[to] = keys[from];
        starts[to] = starts[from];
        ends[to] = ends[from];
        told[to] = told[from];
    }

    private void grow() {
        int capacity = count * 2;
        notes = Arrays.copyOf(notes, capacity);
        keys = Arrays.copyOf(keys, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        told = Arrays.copyOf(told, capacity);
    }
}
