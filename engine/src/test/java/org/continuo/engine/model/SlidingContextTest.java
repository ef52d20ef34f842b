package org.continuo.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The context of the small models is 128: windows start at 0, 64, 128 and so on. */
class SlidingContextTest {
    private static NoteModel exact;
    private static NoteModel eightBits;

    @BeforeAll
    static void load() throws ModelException {
        exact = TinyModel.load(TinyModel.EXACT);
        eightBits = TinyModel.load(TinyModel.EIGHT_BITS);
    }

    @AfterAll
    static void close() {
        exact.close();
        eightBits.close();
    }

    @Test
    void shouldSayWhatAFreshModelSaysThatReadTheWindowAlone() {
        randomWalks(10, 40);
    }

    @Test
    void shouldSayTheSameWhereMoreIsAppendedAtOnceThanIsKept() {
        randomWalks(10, 700);
    }

    @Tag("full")
    @Test
    void shouldSayWhatAFreshModelSaysThatReadTheWindowAloneInAThousandWalks() {
        randomWalks(1_000, 40);
    }

    /** @param longest that is appended at once, in tokens */
    private static void randomWalks(int seeds, int longest) {
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            TokenHistory mirror = new TokenHistory(exact.shape().features());
            try (SlidingContext sliding = new SlidingContext(exact);
                    Decoder fresh = exact.newDecoder()) {
                for (int i = 0; i < 60; i++) {
                    String where = "seed " + seed + ", move " + i;
                    int from = mirror.end();
                    TinyModel.append(mirror, exact.shape(), random, random.nextInt(longest));
                    append(sliding, mirror, from);
                    if (random.nextInt(4) == 0) {
                        int least = random.nextInt(10) == 0 ? 0 : mirror.end() - 40;
                        least = Math.max(least, sliding.earliest());
                        int to = least + random.nextInt(mirror.end() - least + 1);
                        sliding.rollback(to);
                        mirror.rollback(to);
                    }
                    for (int n = random.nextInt(3); n > 0; n--) {
                        sliding.prepare();
                    }
                    assertEquals(mirror.end(), sliding.length(), where);
                    if (mirror.end() > 0 && random.nextBoolean()) {
                        fresh.rollback(0);
                        float[] expected = fresh.read(mirror, sliding.windowStart(mirror.end()), mirror.end());
                        double difference = TinyModel.largestDifference(expected, sliding.logits());
                        assertTrue(difference < 1e-4, where + ", length " + mirror.end() + ": " + difference);
                    }
                }
            }
        }
    }

    @Test
    void shouldKeepBetweenHalfAContextAndAWholeOneInView() {
        try (SlidingContext sliding = new SlidingContext(exact)) {
            assertEquals(0, sliding.windowStart(0));
            assertEquals(0, sliding.windowStart(128));
            assertEquals(64, sliding.windowStart(129));
            assertEquals(64, sliding.windowStart(192));
            assertEquals(128, sliding.windowStart(193));
            for (int length = 129; length < 2_000; length++) {
                int seen = length - sliding.windowStart(length);
                assertTrue(seen > 64 && seen <= 128, "length " + length + " sees " + seen);
            }
        }
    }

    @Test
    void shouldGiveTheSameBitsHoweverOftenItPrepares() {
        TokenHistory music = TinyModel.music(eightBits.shape(), new Random(5), 700);
        Random random = new Random(6);
        try (SlidingContext lazy = new SlidingContext(eightBits);
                SlidingContext eager = new SlidingContext(eightBits)) {
            for (int i = 0; i < music.end(); i++) {
                appendOne(lazy, music, i);
                appendOne(eager, music, i);
                assertArrayEquals(lazy.logits(), eager.logits(), "token " + i);
                for (int n = random.nextInt(3); n > 0; n--) {
                    eager.prepare();
                }
            }
        }
    }

    @Test
    void shouldReadOnlyTheLastWindowOfALongPromptAndSayTheSame() {
        TokenHistory music = TinyModel.music(eightBits.shape(), new Random(8), 1_000);
        for (int length : new int[] {129, 192, 193, 256, 700, 1_000}) {
            try (SlidingContext atOnce = new SlidingContext(eightBits);
                    SlidingContext windowByWindow = new SlidingContext(eightBits)) {
                for (int i = 0; i < length; i++) {
                    appendOne(atOnce, music, i);
                    appendOne(windowByWindow, music, i);
                    if (i % 64 == 63) {
                        windowByWindow.logits();
                    }
                }

                assertArrayEquals(windowByWindow.logits(), atOnce.logits(), "length " + length);
                assertTrue(atOnce.length() == length);
            }
        }
        try (SlidingContext endless = new SlidingContext(exact)) {
            TokenHistory endlessMusic = TinyModel.music(exact.shape(), new Random(9), 200_000);
            append(endless, endlessMusic, 0);
            assertTimeout(Duration.ofSeconds(20), endless::logits, "read what lies before the last window");
        }
    }

    @Test
    void shouldHoldNoMoreOfALongPromptThanItMayGoBackTo() {
        try (SlidingContext sliding = new SlidingContext(exact)) {
            append(sliding, TinyModel.music(exact.shape(), new Random(9), 10_000), 0);

            int reach = sliding.length() - sliding.earliest();
            assertTrue(reach >= 128 && reach <= 3 * 128, "goes back by " + reach + " before anything is read");
        }
    }

    @Test
    void shouldHaveNothingLeftToReadAtTheChangeIfPreparedTwiceAChunk() {
        TokenHistory music = TinyModel.music(exact.shape(), new Random(5), 1_000);
        try (SlidingContext sliding = new SlidingContext(exact)) {
            for (int i = 0; i < music.end(); i++) {
                appendOne(sliding, music, i);
                sliding.logits();
                if (i % (SlidingContext.CHUNK / 2) == SlidingContext.CHUNK / 2 - 1) {
                    sliding.prepare();
                }
                if (i > 64 && i % 64 == 63) {
                    assertFalse(sliding.prepare(), "token " + i);
                }
            }
        }
    }

    @Test
    void shouldGiveTheSameBitsAfterImaginingAcrossAChangeOfWindows() {
        for (int seed = 0; seed < 10; seed++) {
            TokenHistory music = TinyModel.music(eightBits.shape(), new Random(seed), 330);
            Random random = new Random(100 + seed);
            try (SlidingContext straight = new SlidingContext(eightBits);
                    SlidingContext imagining = new SlidingContext(eightBits)) {
                for (int i = 0; i < music.end(); i++) {
                    appendOne(straight, music, i);
                    appendOne(imagining, music, i);
                    assertArrayEquals(straight.logits(), imagining.logits(), "seed " + seed + ", token " + i);
                    if (random.nextInt(5) == 0) {
                        int length = imagining.length();
                        int imagined = 1 + random.nextInt(15);
                        for (int n = 0; n < imagined; n++) {
                            appendOne(imagining, music, random.nextInt(music.end()));
                            imagining.logits();
                            imagining.prepare();
                        }
                        imagining.rollback(length);
                    }
                }
            }
        }
    }

    @Test
    void shouldGoOnIndependentlyAfterACopy() {
        TokenHistory music = TinyModel.music(eightBits.shape(), new Random(8), 400);
        try (SlidingContext first = new SlidingContext(eightBits);
                SlidingContext second = new SlidingContext(eightBits);
                SlidingContext alone = new SlidingContext(eightBits)) {
            for (int i = 0; i < 150; i++) {
                appendOne(first, music, i);
                appendOne(alone, music, i);
            }
            assertArrayEquals(alone.logits(), first.logits());
            first.prepare();
            second.copyFrom(first);
            assertArrayEquals(first.logits(), second.logits());
            for (int i = 150; i < 400; i++) {
                appendOne(first, music, 549 - i);
                first.logits();
                appendOne(second, music, i);
                appendOne(alone, music, i);
                assertArrayEquals(alone.logits(), second.logits(), "token " + i);
            }
        }
    }

    @Test
    void shouldForgetTheFarPastAndRefuseToRollBackToIt() {
        TokenHistory music = TinyModel.music(exact.shape(), new Random(8), 5_000);
        try (SlidingContext sliding = new SlidingContext(exact)) {
            assertNull(sliding.logits());
            for (int from = 0; from < 5_000; from += 50) {
                for (int i = from; i < from + 50; i++) {
                    appendOne(sliding, music, i);
                }
                sliding.logits();
                assertTrue(sliding.length() - sliding.earliest() >= Math.min(128, sliding.length()));
            }
            assertTrue(sliding.earliest() > 4_000, "earliest " + sliding.earliest());
            assertThrows(IllegalArgumentException.class, () -> sliding.rollback(sliding.earliest() - 1));
            assertThrows(IllegalArgumentException.class, () -> sliding.rollback(5_001));
            float[] before = sliding.logits().clone();
            sliding.rollback(sliding.earliest());
            for (int i = sliding.length(); i < 5_000; i++) {
                appendOne(sliding, music, i);
            }
            assertTrue(TinyModel.largestDifference(before, sliding.logits()) < 1e-4);
        }
    }

    private static void append(SlidingContext sliding, TokenHistory music, int from) {
        for (int i = from; i < music.end(); i++) {
            appendOne(sliding, music, i);
        }
    }

    private static void appendOne(SlidingContext sliding, TokenHistory music, int number) {
        int[] rows = new int[music.features()];
        Arrays.setAll(rows, slot -> music.row(number, slot));
        sliding.append(music.token(number), rows, 0);
    }
}
