package org.continuo.bridge.daw;

import java.util.List;
import java.util.Map;

/**
 * What was added to a clip.
 *
 * @param from where the first of it may stand, quarter notes since the clip's beginning: its end where it is continued, 0 else
 * @param until where it ends
 * @param programs of the channels that the notes are on
 * @param notes counted from the clip's beginning too, in order of time
 */
public record DawAnswer(double from, double until, Map<Integer, Integer> programs, List<DawNote> notes) {
    /** The same so many quarter notes later. */
    public DawAnswer later(double quarters) {
        return new DawAnswer(
                from,
                until + quarters,
                programs,
                notes.stream()
                        .map(n -> new DawNote(n.channel(), n.pitch(), n.velocity(), n.at() + quarters, n.length()))
                        .toList());
    }
}
