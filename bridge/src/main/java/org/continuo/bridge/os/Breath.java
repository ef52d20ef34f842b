package org.continuo.bridge.os;

/**
 * When a thread that always has work is to rest. One with real-time priority that never rests is stopped by Linux for 50 ms in
 * every second (sched_rt_runtime_us, sched(7)): a millisecond in sixteen keeps clear of that. Confined to one thread; reads no
 * clock, allocates nothing.
 */
public final class Breath {
    /** How long to rest when it is time, in nanoseconds. */
    public static final long NANOS = 1_000_000;

    private static final long WORK_NANOS = 15_000_000;

    private long workingSince;

    /** @param nanos the clock, when the work begins */
    public Breath(long nanos) {
        workingSince = nanos;
    }

    /** Whether it has worked for so long that it has to rest. */
    public boolean isDue(long nanos) {
        return nanos - workingSince > WORK_NANOS;
    }

    /** It may have rested meanwhile, or was woken at once, which is no rest. */
    public void rested(long from, long to) {
        if (to - from >= NANOS / 2) {
            workingSince = to;
        }
    }
}
