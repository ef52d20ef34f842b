package org.continuo.engine.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenMaskTest {
    @Test
    void shouldDoWhatASetOfTokensDoes() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int size = 1 + random.nextInt(200);
            TokenMask mask = new TokenMask(size);
            BitSet set = new BitSet(size);
            for (int i = 0; i < 20; i++) {
                int from = random.nextInt(size + 1);
                int to = from + random.nextInt(size + 1 - from);
                if (random.nextBoolean()) {
                    mask.allow(from, to);
                    set.set(from, to);
                } else {
                    mask.forbid(from, to);
                    set.clear(from, to);
                }
                int token = random.nextInt(size);
                mask.allow(token);
                set.set(token);
                int where = random.nextInt(size + 1);
                assertEquals(set.nextSetBit(where), mask.next(where), "seed " + seed);
                assertEquals(set.get(token), mask.allows(token), "seed " + seed);
                assertEquals(set.cardinality(), mask.count(), "seed " + seed);
            }
        }
    }

    @Test
    void shouldRefuseTokensOutsideTheVocabulary() {
        TokenMask mask = new TokenMask(70);
        assertThrows(IndexOutOfBoundsException.class, () -> mask.allow(70));
        assertThrows(IndexOutOfBoundsException.class, () -> mask.allows(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> mask.allow(3, 71));
        assertThrows(IndexOutOfBoundsException.class, () -> mask.forbid(5, 4));
    }

    @Test
    void shouldForbidWhatEitherOfTwoForbids() {
        TokenMask a = new TokenMask(130);
        TokenMask b = new TokenMask(130);
        a.allow(10, 100);
        b.allow(60, 130);
        a.and(b);
        assertEquals(60, a.next(0));
        assertEquals(40, a.count());
        b.copyFrom(a);
        assertEquals(40, b.count());
        b.forbidAll();
        assertEquals(-1, b.next(0));
        b.allowAll();
        assertEquals(130, b.count());
    }
}
