package org.continuo.engine.continuation;

import java.util.Arrays;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.TimeCursor;
import org.continuo.engine.token.Vocabulary;

/**
 * Leans against a bar that comes again and again: a model that has said the same bar a few times is ever surer of saying it
 * once more, and may never leave it (Holtzman et al. 2020). From the fifth time in a row on, what starts as in the bar before is
 * made less likely, the more the longer it lasts; once something is different, the rest of the bar is the model's own.
 *
 * <p>Bars are the same if the same notes of the same instruments start at the same ticks, however loud. Not thread-safe.
 */
final class Ostinato {
    /** Times in a row that are natural: a phrase of four bars. */
    private static final int NATURAL = 4;

    /** Nats for each time beyond, on each note. */
    private static final float WEARINESS = 1;

    private final float[] leaned = new float[Vocabulary.SIZE];
    private int[] before = new int[256];
    private int beforeCount;
    private int[] now = new int[256];
    private int nowCount;
    /** How many bars in a row, up to the last whole one, are the same and not empty. */
    private int times;
    /** Whether this bar, or its beginning, was given. */
    private boolean given;
    /** Whether nothing yet in this bar is different from the bar before. */
    private boolean alike;

    /**
     * Follows every token.
     *
     * @param time before the token
     */
    void accept(int token, TimeCursor time) {
        if (token == Vocabulary.BAR) {
            barLine();
        } else if (Vocabulary.isNoteOn(token)) {
            int start = start(tickInBar(time), Vocabulary.instrumentOf(token).ordinal(), Vocabulary.pitchOf(token));
            alike &= Arrays.binarySearch(before, 0, beforeCount, start) >= 0;
            if (nowCount == now.length) {
                now = Arrays.copyOf(now, 2 * now.length);
            }
            now[nowCount++] = start;
        }
    }

    private void barLine() {
        Arrays.sort(now, 0, nowCount);
        boolean same = Arrays.equals(now, 0, nowCount, before, 0, beforeCount);
        times = nowCount == 0 || given ? 0 : same ? times + 1 : 1;
        given = false;
        int[] spare = before;
        before = now;
        beforeCount = nowCount;
        now = spare;
        nowCount = 0;
        alike = true;
    }

    /** What was given up to here counts for nothing: a musician may repeat a bar as often as he likes. */
    void begin() {
        times = 0;
        given = true;
    }

    /**
     * The logits, leaned against what would go on as before.
     *
     * @param logits of the whole vocabulary; not changed
     * @param time where the next token will stand
     * @return the same array where there is nothing to lean against, else one that holds until the next call
     */
    float[] lean(float[] logits, TimeCursor time) {
        if (times < NATURAL || !alike) {
            return logits;
        }
        int here = place(start(tickInBar(time), 0, 0));
        // Something was left out: that is different too.
        if (nowCount < here) {
            alike = false;
            return logits;
        }
        int end = place(start(tickInBar(time) + 1, 0, 0));
        if (here == end) {
            return logits;
        }
        System.arraycopy(logits, 0, leaned, 0, leaned.length);
        for (int i = here; i < end; i++) {
            Instrument instrument = Instrument.ofIndex(before[i] / 128 % Instrument.COUNT);
            int first = Vocabulary.noteOn(instrument, before[i] % 128, 0);
            for (int velocity = 0; velocity < Note.VELOCITIES; velocity++) {
                leaned[first + velocity] -= WEARINESS * (times - NATURAL + 1);
            }
        }
        return leaned;
    }

    /** How many starts of the bar before come before this one. */
    private int place(int start) {
        int found = Arrays.binarySearch(before, 0, beforeCount, start);
        return found >= 0 ? found : -found - 1;
    }

    private static int tickInBar(TimeCursor time) {
        return time.beat() * Score.TICKS_PER_QUARTER + time.tickInBeat();
    }

    private static int start(int tickInBar, int instrument, int pitch) {
        return (tickInBar * Instrument.COUNT + instrument) * 128 + pitch;
    }
}
