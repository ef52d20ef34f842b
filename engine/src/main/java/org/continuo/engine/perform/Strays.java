package org.continuo.engine.perform;

import java.util.Arrays;
import org.continuo.protocol.message.PlanSink;

/**
 * Planned notes that sound in the host and no longer stand in the score: the word that took them back came too late. Each is
 * ended, and again where a revision makes that end void before it is due.
 *
 * <p>Not thread-safe. Allocates only when its columns grow.
 */
final class Strays {
    private static final double UNTOLD = Double.POSITIVE_INFINITY;

    private int[] notes = new int[16];
    /** Performance time of the end that the host was told. */
    private double[] ends = new double[16];

    private int count;

    void add(int note) {
        if (count == notes.length) {
            notes = Arrays.copyOf(notes, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        notes[count] = note;
        ends[count++] = UNTOLD;
    }

    /** Whether an end is still to be told. */
    boolean areOpen() {
        for (int i = 0; i < count; i++) {
            if (ends[i] == UNTOLD) {
                return true;
            }
        }
        return false;
    }

    /** Tells the ends that the host does not know, at performance time {@code at}. */
    void tell(double at, PlanSink out) {
        for (int i = 0; i < count; i++) {
            if (ends[i] == UNTOLD) {
                ends[i] = at;
                out.planOff(notes[i], at);
            }
        }
    }

    /** What was told from {@code from} on is void; what was told before stands, though the next revision may begin earlier. */
    void revise(double from) {
        for (int i = 0; i < count; i++) {
            if (ends[i] >= from) {
                ends[i] = UNTOLD;
            }
        }
    }

    /** Forgets notes whose end is past. */
    void forgetBefore(double now) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (ends[i] >= now) {
                notes[kept] = notes[i];
                ends[kept++] = ends[i];
            }
        }
        count = kept;
    }

    /** The host has ended all that sounded, of itself. */
    void forgetAll() {
        count = 0;
    }
}
