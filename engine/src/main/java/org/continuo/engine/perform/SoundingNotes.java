package org.continuo.engine.perform;

import java.util.Arrays;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Vocabulary;

/**
 * The notes that sound where a stream of tokens stands, each with the number of the token that started it. A key is an
 * instrument and a pitch; drums do not sound on. Adding and removing undo each other, whatever the order, but for the places in
 * the row.
 *
 * <p>Not thread-safe. Every call but {@link #has} takes the same time; allocates nothing after construction.
 */
final class SoundingNotes {
    private static final int PITCHES = 128;
    private static final int NONE = -1;

    private final int[] startOf = new int[Instrument.COUNT * PITCHES];
    /** The keys that sound, in no order, and where each stands there. */
    private final int[] keys = new int[startOf.length];

    private final int[] placeOf = new int[startOf.length];
    private int count;

    SoundingNotes() {
        Arrays.fill(startOf, NONE);
    }

    /** Of a token that starts or ends a note. */
    static int key(int token) {
        return key(Vocabulary.instrumentOf(token), Vocabulary.pitchOf(token));
    }

    static int key(Instrument instrument, int pitch) {
        return instrument.ordinal() * PITCHES + pitch;
    }

    int count() {
        return count;
    }

    /** The number of the token that started the {@code index}th. */
    int start(int index) {
        return startOf[keys[index]];
    }

    /** The number of the token that started the note, or -1 if it does not sound. */
    int startOf(int key) {
        return startOf[key];
    }

    boolean has(Instrument instrument) {
        for (int i = 0; i < count; i++) {
            if (keys[i] / PITCHES == instrument.ordinal()) {
                return true;
            }
        }
        return false;
    }

    /** A note that does not sound yet was started by token number {@code start}. */
    void add(int key, int start) {
        startOf[key] = start;
        placeOf[key] = count;
        keys[count++] = key;
    }

    /** A note that sounds is over; returns the number of the token that had started it. */
    int remove(int key) {
        int start = startOf[key];
        startOf[key] = NONE;
        int last = keys[--count];
        keys[placeOf[key]] = last;
        placeOf[last] = placeOf[key];
        return start;
    }
}
