package org.continuo.engine.token;

import java.util.EnumSet;
import java.util.SplittableRandom;
import org.continuo.protocol.time.Meter;

/** Token sequences drawn at random from what the grammar allows. */
final class GrammarWalk {
    static final MeterMap METERS = MeterMap.of(new Meter(7, 8));

    private GrammarWalk() {}

    static TokenSequence random(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        Grammar grammar = new Grammar(METERS, EnumSet.of(Instrument.PIANO, Instrument.DRUMS));
        TokenSequence tokens = new TokenSequence(METERS);
        tokens.add(Vocabulary.START);
        TokenMask mask = new TokenMask(Vocabulary.SIZE);
        while (tokens.size() < length) {
            grammar.mask(mask, false);
            int token = pick(mask, random);
            grammar.accept(token);
            tokens.add(token);
        }
        return tokens;
    }

    /** Half the time a token of time or a note-off, else any. */
    private static int pick(TokenMask mask, SplittableRandom random) {
        int limit = random.nextBoolean() ? Vocabulary.noteOn(Instrument.PIANO, 21, 0) : Vocabulary.SIZE;
        int chosen = -1;
        int seen = 0;
        for (int token = mask.next(0); token >= 0 && token < limit; token = mask.next(token + 1)) {
            if (random.nextInt(++seen) == 0) {
                chosen = token;
            }
        }
        return chosen;
    }
}
