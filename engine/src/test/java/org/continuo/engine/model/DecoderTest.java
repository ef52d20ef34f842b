package org.continuo.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cache against full recomputation: a step, a rollback, a copy and a chunk never change what the model says. */
class DecoderTest {
    /** float32 sums in another order. */
    private static final double ROUNDING = 1e-4;

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
    void shouldSayTheSameStepByStepAsInOnePass() {
        stepsAgainstOnePass(50);
    }

    @Tag("full")
    @Test
    void shouldSayTheSameStepByStepAsInOnePassAThousandTimes() {
        stepsAgainstOnePass(1_000);
    }

    private void stepsAgainstOnePass(int seeds) {
        try (Decoder decoder = exact.newDecoder()) {
            for (int seed = 0; seed < seeds; seed++) {
                Random random = new Random(seed);
                TokenHistory music = TinyModel.music(exact.shape(), random, 1 + random.nextInt(128));
                float[][] expected = TinyModel.allLogits(exact, music);
                decoder.rollback(0);
                for (int i = 0; i < music.end(); i++) {
                    close(expected[i], step(decoder, music, i), "seed " + seed + ", token " + i);
                }
            }
        }
    }

    @Test
    void shouldSayTheSameHoweverTheTokensAreGrouped() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            TokenHistory music = TinyModel.music(exact.shape(), random, 128);
            float[][] expected = TinyModel.allLogits(exact, music);
            try (Decoder decoder = exact.newDecoder()) {
                while (decoder.room() > 0) {
                    int to = decoder.length() + 1 + random.nextInt(decoder.room());
                    close(
                            expected[to - 1],
                            decoder.read(music, decoder.length(), to),
                            "seed " + seed + ", up to " + to);
                    assertEquals(to, decoder.length());
                }
            }
        }
    }

    @Test
    void shouldGiveTheSameBitsAfterARollbackAsAFreshDecoder() {
        for (NoteModel model : new NoteModel[] {exact, eightBits}) {
            for (int seed = 0; seed < 50; seed++) {
                Random random = new Random(seed);
                TokenHistory kept = TinyModel.music(model.shape(), random, 1 + random.nextInt(60));
                TokenHistory discarded = TinyModel.music(model.shape(), random, 60);
                TokenHistory then = TinyModel.music(model.shape(), random, 20);
                try (Decoder wavering = model.newDecoder();
                        Decoder fresh = model.newDecoder()) {
                    wavering.read(kept, 0, kept.end());
                    fresh.read(kept, 0, kept.end());
                    int at = wavering.length();
                    for (int i = 0; i < discarded.end(); i++) {
                        step(wavering, discarded, i);
                    }
                    wavering.rollback(at);
                    for (int i = 0; i < then.end(); i++) {
                        assertArrayEquals(
                                step(fresh, then, i),
                                step(wavering, then, i),
                                model.folder().name() + ", seed " + seed + ", token " + i);
                    }
                }
            }
        }
    }

    @Test
    void shouldGoOnIndependentlyAfterACopy() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            TokenHistory beginning = TinyModel.music(eightBits.shape(), random, 40);
            TokenHistory one = TinyModel.music(eightBits.shape(), random, 30);
            TokenHistory other = TinyModel.music(eightBits.shape(), random, 30);
            try (Decoder first = eightBits.newDecoder();
                    Decoder alone = eightBits.newDecoder()) {
                first.read(beginning, 0, 40);
                alone.read(beginning, 0, 40);
                try (Decoder second = eightBits.newDecoder()) {
                    second.copyFrom(first);
                    for (int i = 0; i < 30; i++) {
                        float[] expected = step(alone, one, i).clone();
                        float[] parted = step(second, other, i).clone();
                        assertArrayEquals(expected, step(first, one, i), "seed " + seed + ", token " + i);
                        assertTrue(TinyModel.largestDifference(expected, parted) > 1e-3, "seed " + seed);
                    }
                    second.copyFrom(first);
                    assertArrayEquals(step(first, other, 0), step(second, other, 0), "seed " + seed);
                }
            }
        }
    }

    @Test
    void shouldStayNearTheExactModelWithEightBits() {
        double sum = 0;
        int count = 0;
        for (int seed = 0; seed < 20; seed++) {
            TokenHistory music = TinyModel.music(exact.shape(), new Random(seed), 100);
            float[][] expected = TinyModel.allLogits(exact, music);
            float[][] rounded = TinyModel.allLogits(eightBits, music);
            for (int i = 0; i < expected.length; i++) {
                double difference = TinyModel.largestDifference(expected[i], rounded[i]);
                assertTrue(difference < 0.6, "seed " + seed + ", token " + i + ": " + difference);
                for (int token = 0; token < expected[i].length; token++) {
                    sum += Math.pow(expected[i][token] - rounded[i][token], 2);
                    count++;
                }
            }
        }
        double rms = Math.sqrt(sum / count);
        assertTrue(rms < 0.1, "root mean square of the differences is " + rms);
    }

    @Test
    void shouldStayNearOnePassWithEightBits() {
        double worst = 0;
        for (int seed = 0; seed < 20; seed++) {
            TokenHistory music = TinyModel.music(eightBits.shape(), new Random(seed), 100);
            float[][] expected = TinyModel.allLogits(eightBits, music);
            try (Decoder decoder = eightBits.newDecoder()) {
                for (int i = 0; i < 100; i++) {
                    worst = Math.max(worst, TinyModel.largestDifference(expected[i], step(decoder, music, i)));
                }
            }
        }
        assertTrue(worst < 0.3, "largest difference is " + worst);
    }

    @Test
    void shouldSayTheSameWithAShorterMemoryUntilThatIsFull() throws ModelException {
        ModelFolder folder = ModelFolder.shipped("s");
        try (NoteModel whole = NoteModel.load(folder);
                NoteModel shorter = NoteModel.load(folder, 1, 256);
                Decoder expected = whole.newDecoder();
                Decoder decoder = shorter.newDecoder()) {
            assertEquals(whole.shape().cacheBytes() / 16, shorter.shape().cacheBytes());
            TokenHistory music = TinyModel.music(whole.shape(), new Random(1), 256);
            assertArrayEquals(expected.read(music, 0, 256), decoder.read(music, 0, 256));
            assertEquals(0, decoder.room());
        }
        assertThrows(IllegalArgumentException.class, () -> NoteModel.load(folder, 1, 100));
    }

    @Test
    void shouldRefuseWhatTheModelDoesNotKnowAndGoOn() {
        int[] open = new int[exact.shape().features()];
        int[] unknown = {0, 7, 0};
        try (Decoder decoder = exact.newDecoder()) {
            float[] before = decoder.step(5, open, 0).clone();
            assertThrows(IllegalArgumentException.class, () -> decoder.step(-1, open, 0));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> decoder.step(exact.shape().tokens(), open, 0));
            assertThrows(IllegalArgumentException.class, () -> decoder.step(0, unknown, 0));
            assertThrows(IllegalArgumentException.class, () -> decoder.rollback(2));
            assertEquals(1, decoder.length());
            decoder.rollback(0);
            assertArrayEquals(before, decoder.step(5, open, 0));
        }
    }

    @Test
    void shouldRefuseTokensBeyondTheContext() {
        TokenHistory music = TinyModel.music(exact.shape(), new Random(1), 129);
        try (Decoder decoder = exact.newDecoder()) {
            assertThrows(IllegalArgumentException.class, () -> decoder.read(music, 0, 129));
            decoder.read(music, 0, 128);
            assertEquals(0, decoder.room());
            assertThrows(IllegalArgumentException.class, () -> step(decoder, music, 128));
        }
    }

    @Test
    void shouldRefuseToRunOnceTheModelIsClosed() throws ModelException {
        int[] open = new int[exact.shape().features()];
        NoteModel model = TinyModel.load(TinyModel.EXACT);
        try (Decoder decoder = model.newDecoder()) {
            decoder.step(5, open, 0);
            model.close();
            model.close();
            assertThrows(IllegalStateException.class, () -> decoder.step(5, open, 0));
            assertEquals(1, decoder.length());
        }
    }

    @Test
    void shouldLetARunEndBeforeTheModelCloses() throws Exception {
        int[] open = new int[eightBits.shape().features()];
        for (int round = 0; round < 20; round++) {
            NoteModel model = TinyModel.load(TinyModel.EIGHT_BITS);
            CountDownLatch running = new CountDownLatch(1);
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread reader = new Thread(() -> {
                try (Decoder decoder = model.newDecoder()) {
                    while (true) {
                        decoder.rollback(0);
                        decoder.step(1, open, 0);
                        running.countDown();
                    }
                } catch (IllegalStateException e) {
                    end.set(e);
                }
            });
            reader.start();
            running.await();
            model.close();
            reader.join();
            assertEquals("the model model-tiny is closed", end.get().getMessage());
        }
    }

    private static float[] step(Decoder decoder, TokenHistory music, int number) {
        int[] rows = new int[music.features()];
        for (int slot = 0; slot < rows.length; slot++) {
            rows[slot] = music.row(number, slot);
        }
        return decoder.step(music.token(number), rows, 0);
    }

    private static void close(float[] expected, float[] actual, String where) {
        double difference = TinyModel.largestDifference(expected, actual);
        assertTrue(difference < ROUNDING, where + ": logits differ by " + difference);
    }
}
