package org.continuo.engine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SideBySideTest {
    private static final int CONTEXT = 10;

    private long clock;
    private final StringBuilder order = new StringBuilder();

    /** Takes a given time for each step, and sees to it that every step follows the same context. */
    private final class Steady implements SideBySide.Reader {
        private final char name;
        private final long nanoseconds;
        private int length;

        Steady(char name, long nanoseconds) {
            this.name = name;
            this.nanoseconds = nanoseconds;
        }

        @Override
        public void rollback(int newLength) {
            assertTrue(newLength <= length);
            length = newLength;
        }

        @Override
        public void read(int from, int to) {
            assertEquals(length, from);
            length = to;
            clock += nanoseconds;
            if (from > 0) {
                assertEquals(CONTEXT, from);
                order.append(name);
            }
        }
    }

    @Test
    void shouldTellTheRatioOfTheMedians() {
        SideBySide.Result result = compare(100);

        assertEquals(3, result.first().p50());
        assertEquals(12, result.second().p50());
        assertEquals(12, result.second().max());
        assertEquals(0.25, result.ratio());
    }

    @Test
    void shouldTakeTurnsAndChangeWhoBegins() {
        compare(3 * SideBySide.TURN);

        String a = "a".repeat(SideBySide.SETTLING + SideBySide.TURN);
        String b = "b".repeat(SideBySide.SETTLING + SideBySide.TURN);
        assertEquals(a + b + b + a + a + b, order.toString());
    }

    @Test
    void shouldMeasureNoMoreThanAskedFor() {
        compare(SideBySide.TURN + 1);

        assertEquals(2 * (SideBySide.TURN + 1 + 2 * SideBySide.SETTLING), order.length());
    }

    private SideBySide.Result compare(int runs) {
        return new SideBySide(new Steady('a', 3_000), new Steady('b', 12_000), () -> clock).after(CONTEXT, runs);
    }
}
