package org.continuo.engine.continuation;

import java.security.SecureRandom;
import org.continuo.engine.sample.PlaceRandom;

/** The seeds of several takes that are made in one call. Stateless, thread-safe. */
public final class Seeds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Seeds() {}

    /** One that nobody has asked for, of 31 bits. */
    public static long drawn() {
        return RANDOM.nextInt(Integer.MAX_VALUE);
    }

    /** The first, and those derived from it; a derived seed has 31 bits like a drawn one: a take's seed alone makes it again. */
    public static long[] of(long first, int takes) {
        long[] seeds = new long[takes];
        seeds[0] = first;
        for (int i = 1; i < takes; i++) {
            seeds[i] = PlaceRandom.derive(first, i + 1) >>> 33;
        }
        return seeds;
    }
}
