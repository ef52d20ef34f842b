package org.continuo.engine.accompany;

import java.util.Arrays;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Vocabulary;

/** Which notes sound, and since when. Drum strokes never do. Not thread-safe. */
final class Sounding {
    private final int[] since = new int[Instrument.COUNT * 128];
    private final int[] count = new int[Instrument.COUNT];

    Sounding() {
        Arrays.fill(since, -1);
    }

    void accept(int token, int tick) {
        if (Vocabulary.isNoteOn(token) && Vocabulary.instrumentOf(token).sustains()) {
            count[Vocabulary.instrumentOf(token).ordinal()] += since[key(token)] < 0 ? 1 : 0;
            since[key(token)] = tick;
        } else if (Vocabulary.isNoteOff(token) && since[key(token)] >= 0) {
            count[Vocabulary.instrumentOf(token).ordinal()]--;
            since[key(token)] = -1;
        }
    }

    /** How many notes of an instrument sound. */
    int count(Instrument instrument) {
        return count[instrument.ordinal()];
    }

    /** The tick since which a pitch sounds, or -1. */
    int since(Instrument instrument, int pitch) {
        return since[instrument.ordinal() * 128 + pitch];
    }

    /** The highest pitch of an instrument that sounds, or -1. */
    int highest(Instrument instrument) {
        int pitch = instrument.highestPitch();
        while (count(instrument) > 0 && since(instrument, pitch) < 0) {
            pitch--;
        }
        return count(instrument) > 0 ? pitch : -1;
    }

    private static int key(int token) {
        return Vocabulary.instrumentOf(token).ordinal() * 128 + Vocabulary.pitchOf(token);
    }
}
