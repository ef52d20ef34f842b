package org.continuo.engine.accompany;

import org.continuo.engine.corpus.BarTraits;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * The scale of a key, and which sets of pitch classes are chords: triads and seventh chords, with their third where all
 * voices sound. Sets are bit masks, bit 0 for C. Immutable, thread-safe.
 */
final class Harmony {
    private static final int MAJOR = set(0, 2, 4, 5, 7, 9, 11);

    /** Natural, harmonic and melodic together. */
    private static final int MINOR = set(0, 2, 3, 5, 7, 8, 9, 10, 11);

    private static final int[] CHORDS = {
        set(0, 4, 7), set(0, 3, 7), set(0, 3, 6), set(0, 4, 7, 10), set(0, 3, 7, 10), set(0, 3, 6, 10), set(0, 3, 6, 9)
    };
    private static final int THIRDS = set(3, 4);

    /** What may be lowest: root, third or seventh. */
    private static final int LOWEST = set(0, 3, 4, 10);

    private static final int ALL = (1 << 12) - 1;

    /** How much a melody's last note speaks for its key, as a share of a perfect correlation. */
    private static final double LAST_NOTE = 0.3;

    private final int key;

    /** @param key 0-11 major on C..B, 12-23 minor */
    Harmony(int key) {
        this.key = key;
    }

    private static int set(int... classes) {
        int set = 0;
        for (int one : classes) {
            set |= 1 << one;
        }
        return set;
    }

    /** The key of a whole melody, which as a rule ends on the tonic. */
    static int keyOf(Score melody) {
        double[] weights = new double[12];
        for (Note note : melody.notes()) {
            weights[note.pitch() % 12] += note.end() - note.start();
        }
        Note last = melody.notes().get(melody.notes().size() - 1);
        return BarTraits.key(weights, last.pitch() % 12, LAST_NOTE);
    }

    int key() {
        return key;
    }

    boolean isInScale(int pitch) {
        return ((key < 12 ? MAJOR : MINOR) >> Math.floorMod(pitch - key, 12) & 1) != 0;
    }

    boolean isLeadingNote(int pitch) {
        return Math.floorMod(pitch - key, 12) == 11;
    }

    /**
     * Whether pitch classes belong to one chord, its root, third or seventh in the bass.
     *
     * @param bass its pitch, or negative where it is not known yet
     * @param complete whether nothing is added any more: root and third must then be among them
     */
    boolean isChord(int classes, int bass, boolean complete) {
        for (int root = 0; root < 12; root++) {
            int fromRoot = fromRoot(classes, root);
            boolean isStable = bass < 0 || (LOWEST >> Math.floorMod(bass - root, 12) & 1) != 0;
            for (int chord : CHORDS) {
                boolean inside = (fromRoot & ~chord) == 0;
                if (isStable && inside && (!complete || (fromRoot & 1) != 0 && (fromRoot & THIRDS) != 0)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether pitch classes belong to the tonic triad, with the tonic in the bass where that is known. */
    boolean isTonic(int classes, int bass) {
        int triad = key < 12 ? CHORDS[0] : CHORDS[0] | CHORDS[1];
        return (fromRoot(classes, key % 12) & ~triad) == 0 && (bass < 0 || (bass - key) % 12 == 0);
    }

    private static int fromRoot(int classes, int root) {
        return (classes >> root | classes << 12 - root) & ALL;
    }
}
