package org.continuo.engine.accompany;

import java.util.Arrays;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.ScoreEncoder;
import org.continuo.engine.token.TimeCursor;
import org.continuo.engine.token.TokenSequence;
import org.continuo.engine.token.Vocabulary;

/** The starts and ends of given notes in the order of the score language, with their ticks. Immutable. */
final class GivenEvents {
    private final int[] tokens;
    private final int[] ticks;
    private final MeterMap meters;

    GivenEvents(Score score) {
        TokenSequence sequence = ScoreEncoder.encodeOpen(score);
        int[] foundTokens = new int[sequence.size()];
        int[] foundTicks = new int[sequence.size()];
        TimeCursor time = new TimeCursor(score.meters());
        int size = 0;
        for (int i = 0; i < sequence.size(); i++) {
            int token = sequence.token(i);
            time.accept(token);
            if (Vocabulary.isNoteOn(token) || Vocabulary.isNoteOff(token)) {
                foundTokens[size] = token;
                foundTicks[size++] = time.tick();
            }
        }
        this.tokens = Arrays.copyOf(foundTokens, size);
        this.ticks = Arrays.copyOf(foundTicks, size);
        this.meters = score.meters();
    }

    int size() {
        return tokens.length;
    }

    int token(int index) {
        return tokens[index];
    }

    /** The tick of an event; beyond the last, none comes any more. */
    int tick(int index) {
        return index < ticks.length ? ticks[index] : Integer.MAX_VALUE;
    }

    /** The first event at or after a tick. */
    int firstFrom(int tick) {
        int index = Arrays.binarySearch(ticks, tick);
        index = index < 0 ? -index - 1 : index;
        while (index > 0 && ticks[index - 1] == tick) {
            index--;
        }
        return index;
    }

    /** How many events a bar holds. */
    int inBar(int bar) {
        return firstFrom(meters.barStart(bar + 1)) - firstFrom(meters.barStart(bar));
    }
}
