package org.continuo.engine.perform;

import org.continuo.engine.token.Note;
import org.continuo.engine.token.Scale;
import org.continuo.engine.token.TokenMask;
import org.continuo.engine.token.Vocabulary;

/**
 * Masks over what a note start may be, made once: all forbid some starts and nothing else. To be read, never to be changed.
 * Thread-safe.
 */
final class NoteMasks {
    /** By pitch class: no start of that class; drums have none. */
    private static final TokenMask[] WITHOUT_CLASS = new TokenMask[12];
    /** By velocity step: no start louder. */
    private static final TokenMask[] AT_MOST = new TokenMask[Note.VELOCITIES];
    /** By velocity step: no start softer. */
    private static final TokenMask[] AT_LEAST = new TokenMask[Note.VELOCITIES];
    /** Note starts only. */
    static final TokenMask STARTS = new TokenMask(Vocabulary.SIZE);

    static {
        fillWithAll(WITHOUT_CLASS);
        fillWithAll(AT_MOST);
        fillWithAll(AT_LEAST);
        for (int token = 0; token < Vocabulary.SIZE; token++) {
            if (Vocabulary.isNoteOn(token)) {
                STARTS.allow(token);
                if (LiveScore.sustains(token)) {
                    WITHOUT_CLASS[Vocabulary.pitchOf(token) % 12].forbid(token);
                }
                for (int step = 0; step < Note.VELOCITIES; step++) {
                    if (Vocabulary.velocityOf(token) > step) {
                        AT_MOST[step].forbid(token);
                    } else if (Vocabulary.velocityOf(token) < step) {
                        AT_LEAST[step].forbid(token);
                    }
                }
            }
        }
    }

    private NoteMasks() {}

    private static void fillWithAll(TokenMask[] masks) {
        for (int i = 0; i < masks.length; i++) {
            masks[i] = new TokenMask(Vocabulary.SIZE);
            masks[i].allowAll();
        }
    }

    /** Leaves pitched starts of these pitch classes. */
    static void keepClasses(TokenMask mask, int classes) {
        for (int i = 0; i < WITHOUT_CLASS.length && classes != Scale.ALL; i++) {
            if (!Scale.holds(classes, i)) {
                mask.and(WITHOUT_CLASS[i]);
            }
        }
    }

    /** Leaves starts of velocity steps {@code softest} to {@code loudest}, 0 to 7. */
    static void keepVelocities(TokenMask mask, int softest, int loudest) {
        if (loudest < Note.VELOCITIES - 1) {
            mask.and(AT_MOST[loudest]);
        }
        if (softest > 0) {
            mask.and(AT_LEAST[softest]);
        }
    }
}
