package org.continuo.engine.midi;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;

/**
 * Music to write into a clip. All ticks are on the grid of the clip's score ({@link GridClip#score()}), so music that goes
 * on from the clip starts at {@link GridClip#joinTick()}. Immutable, thread-safe.
 *
 * @param notes what is added, in any order; no pitch of one instrument overlaps itself
 * @param meters the bar lines of the whole piece; changes that the clip does not have are written from {@code from} on
 * @param from where the added music starts; no added note is earlier
 * @param end where the piece ends, as a rule a bar line; moved to the last note's end where that is later
 * @param continues whether it goes on from the clip at {@code from}: its parts are then played on by the channels that
 *     play them in the clip, with pedal and pitch bend released and what was faded out as loud as before. Otherwise it
 *     is new parts beside the clip's, each on a channel of its own
 * @param sounds what instruments are called and sound like where that is not their own name and program
 * @param tempo microseconds per quarter note from {@code from} on, 1 to 16,777,215, or empty to stay with the clip's
 */
public record AddedMusic(
        List<Note> notes,
        MeterMap meters,
        int from,
        int end,
        boolean continues,
        Map<Instrument, Sound> sounds,
        OptionalInt tempo) {
    /** A track's name, and a General MIDI program (0-127). */
    public record Sound(String name, int program) {}

    public AddedMusic {
        notes = notes.stream().sorted(Note.ORDER).toList();
        if (tempo.isPresent() && (tempo.getAsInt() < 1 || tempo.getAsInt() > 0xff_ffff)) {
            throw new IllegalArgumentException("tempo of " + tempo.getAsInt() + " us a quarter is not 1..16777215");
        }
        if (from < 0 || (!notes.isEmpty() && notes.get(0).start() < from)) {
            throw new IllegalArgumentException("added music starts at tick "
                    + (notes.isEmpty() ? from : notes.get(0).start()) + ", before its place at " + from);
        }
    }

    /** Music that goes on from the clip at grid tick {@code from}, in the clip's tempo. */
    public static AddedMusic continuing(List<Note> notes, MeterMap meters, int from, int end) {
        return new AddedMusic(notes, meters, from, end, true, Map.of(), OptionalInt.empty());
    }

    /** New parts beside the clip's own; the piece ends at grid tick {@code end} or with the clip. */
    public static AddedMusic alongside(List<Note> notes, MeterMap meters, int end) {
        return new AddedMusic(notes, meters, 0, end, false, Map.of(), OptionalInt.empty());
    }

    /** The same music with other names and programs for some of its new parts. */
    public AddedMusic withSounds(Map<Instrument, Sound> value) {
        return new AddedMusic(notes, meters, from, end, continues, Map.copyOf(value), tempo);
    }

    /** The same music in another tempo from its start on. */
    public AddedMusic withTempo(int microsPerQuarter) {
        return new AddedMusic(notes, meters, from, end, continues, sounds, OptionalInt.of(microsPerQuarter));
    }
}
