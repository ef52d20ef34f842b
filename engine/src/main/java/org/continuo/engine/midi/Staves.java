package org.continuo.engine.midi;

import java.util.Map;
import java.util.TreeMap;

/**
 * The tracks in which a clip plays one instrument on one channel, as the two staves of a piano or the drums of a kit. A pitch
 * belongs where the clip plays the nearest one, and of several such tracks where it plays that one most. Not thread-safe.
 */
final class Staves {
    private static final int PITCHES = 128;

    /** By track: how often it plays each pitch. */
    private final TreeMap<Integer, int[]> notes = new TreeMap<>();

    /** Takes in a note of the instrument on the channel. */
    void add(ClipNote note) {
        notes.computeIfAbsent(note.track(), track -> new int[PITCHES])[note.pitch()]++;
    }

    /** The first of the tracks, after whose events at a tick the others' come. There is one. */
    int first() {
        return notes.firstKey();
    }

    /** The track that a pitch belongs to. */
    int of(int pitch) {
        for (int away = 0; ; away++) {
            int best = -1;
            int most = 0;
            for (Map.Entry<Integer, int[]> track : notes.entrySet()) {
                int count = Math.max(count(track.getValue(), pitch - away), count(track.getValue(), pitch + away));
                if (count > most) {
                    most = count;
                    best = track.getKey();
                }
            }
            if (best >= 0) {
                return best;
            }
        }
    }

    private static int count(int[] ofPitch, int pitch) {
        return pitch < 0 || pitch >= PITCHES ? 0 : ofPitch[pitch];
    }
}
