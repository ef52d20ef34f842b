package org.continuo.engine.takes;

import java.util.List;
import java.util.TreeSet;
import org.continuo.protocol.time.Meter;
import org.continuo.protocol.time.Tempo;

/**
 * A take: what was played from one bar on, and what goes before it. Immutable, thread-safe.
 *
 * @param number from 1
 * @param parent the take that it goes on from; 0 for none
 * @param fromBar the bar that it begins with; bars count from 0
 * @param name what the musician calls it
 * @param tempo quarter notes a minute
 * @param notes those that begin before its first bar are left out
 * @param discarded bars whose notes are not heard any more, rising
 */
public record Take(
        int number,
        int parent,
        int fromBar,
        String name,
        Meter meter,
        double tempo,
        List<TakeNote> notes,
        List<Integer> discarded) {
    /** The last bar that a take may begin with; bars count from 0. */
    static final int MOST_BARS = 100_000;

    private static final int LONGEST_NAME = 100;
    private static final int MOST_NOTES = 200_000;

    public Take {
        if (number < 1 || parent < 0 || parent >= number || fromBar < 0 || fromBar > MOST_BARS) {
            throw new IllegalArgumentException("take " + number + " after bar " + fromBar + " of take " + parent);
        }
        if (meter == null || !Tempo.isPlayed(tempo)) {
            throw new IllegalArgumentException("a take in " + meter + " at " + tempo);
        }
        if (!isName(name)) {
            throw new IllegalArgumentException("a take's name has 1 to " + LONGEST_NAME + " characters");
        }
        if (notes == null || notes.size() > MOST_NOTES) {
            throw new IllegalArgumentException("a take has at most " + MOST_NOTES + " notes");
        }
        double first = fromBar * meter.quarters();
        notes = notes.stream().filter(note -> note.start() >= first).toList();
        discarded = List.copyOf(new TreeSet<>(discarded == null ? List.of() : discarded));
    }

    static boolean isName(String name) {
        return name != null
                && !name.isBlank()
                && name.length() <= LONGEST_NAME
                && name.chars().noneMatch(Character::isISOControl);
    }

    /** The bar that a note begins in; bars count from 0. */
    public int bar(TakeNote note) {
        return (int) Math.floor(note.start() / meter.quarters() + 1e-9);
    }

    Take called(String value) {
        return new Take(number, parent, fromBar, value, meter, tempo, notes, discarded);
    }

    Take without(List<Integer> bars) {
        return new Take(number, parent, fromBar, name, meter, tempo, notes, bars);
    }
}
