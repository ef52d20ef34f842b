package org.continuo.protocol.message;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Golden files with bytes changed, cut out, put in; SPEC.md section 11. */
class MutationTest {
    private static final int[] SIZES = {0, -1, -4, -8, 1, 4, 7, 8, 20, 8192, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final byte[] NAN = {0x7f, (byte) 0xf8, 0, 0, 0, 0, 0, 0};

    private final List<GoldenFile> files = GoldenFile.all();

    @Test
    void mutatedPacketsAreRefusedOrInsideTheLimitsAndTheNextMessageArrives() {
        mutate(20_000, System.nanoTime());
    }

    @Test
    @Tag("full")
    void aMillionMutatedPacketsAreRefusedOrInsideTheLimitsAndTheNextMessageArrives() {
        mutate(1_000_000, System.nanoTime());
    }

    private void mutate(int count, long seed) {
        System.out.println("mutations: " + count + ", seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        EveryWay everyWay = new EveryWay();
        for (int i = 0; i < count; i++) {
            byte[] bytes = mutated(random);
            try {
                everyWay.read(bytes, i);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", mutation " + i + ": " + ByteBufUtil.hexDump(bytes), e);
            }
        }
        assertTrue(everyWay.told.refused > count && everyWay.told.delivered > count);
    }

    private byte[] mutated(SplittableRandom random) {
        byte[] bytes = files.get(random.nextInt(files.size())).bytes().clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes, SplittableRandom random) {
        if (bytes.length < 8) {
            return files.get(random.nextInt(files.size())).bytes().clone();
        }
        int at = random.nextInt(bytes.length);
        int word = random.nextInt(bytes.length / 4) * 4;
        switch (random.nextInt(8)) {
            case 0:
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            case 1:
                bytes[at] = (byte) random.nextInt(256);
                return bytes;
            case 2:
                byte[] size =
                        Unpooled.copyInt(SIZES[random.nextInt(SIZES.length)]).array();
                System.arraycopy(size, 0, bytes, word, 4);
                return bytes;
            case 3:
                System.arraycopy(NAN, 0, bytes, Math.min(word, bytes.length - 8), 8);
                return bytes;
            case 4:
                return Arrays.copyOf(bytes, at);
            case 5:
                return without(bytes, word, 4 * (1 + random.nextInt(3)));
            case 6:
                bytes[at] = (byte) "ifsbhtdScrmTFNI[],/#\0Z".charAt(random.nextInt(22));
                return bytes;
            default:
                byte[] other = files.get(random.nextInt(files.size())).bytes();
                byte[] spliced = Arrays.copyOf(bytes, word + other.length);
                System.arraycopy(other, 0, spliced, word, other.length);
                return spliced.length > 4000 ? bytes : spliced;
        }
    }

    private static byte[] without(byte[] bytes, int from, int count) {
        int rest = Math.max(0, bytes.length - from - count);
        byte[] shorter = Arrays.copyOf(bytes, from + rest);
        System.arraycopy(bytes, bytes.length - rest, shorter, from, rest);
        return shorter;
    }
}
