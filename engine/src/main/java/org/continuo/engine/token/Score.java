package org.continuo.engine.token;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A piece on the grid: bar lines and notes. Valid by construction: notes start and end on the grid, last at least one
 * tick, and no pitch of one instrument overlaps itself. What the score language encodes, exactly.
 *
 * <p>Immutable, thread-safe.
 */
public final class Score {
    public static final int TICKS_PER_QUARTER = 24;

    /** How far the last note may ring over a bar line, a sixteenth, without filling another bar. */
    public static final int RINGS_OVER = TICKS_PER_QUARTER / 4;

    private final MeterMap meters;
    private final List<Note> notes;

    /**
     * @param notes in any order
     * @throws IllegalArgumentException when two notes of one pitch and instrument overlap
     */
    public Score(MeterMap meters, List<Note> notes) {
        this.meters = meters;
        this.notes = notes.stream().sorted(Note.ORDER).toList();
        int[] soundsUntil = new int[Instrument.COUNT * 128];
        for (Note note : this.notes) {
            int key = note.instrument().ordinal() * 128 + note.pitch();
            if (soundsUntil[key] > note.start()) {
                throw new IllegalArgumentException(
                        note + " starts before the same pitch ends at tick " + soundsUntil[key]);
            }
            soundsUntil[key] = note.end();
        }
    }

    public MeterMap meters() {
        return meters;
    }

    /** In {@link Note#ORDER}. */
    public List<Note> notes() {
        return notes;
    }

    /** The tick at which the last note ends; 0 for an empty score. */
    public int end() {
        int end = 0;
        for (Note note : notes) {
            end = Math.max(end, note.end());
        }
        return end;
    }

    /** How many bars hold music: up to the one in which the last note ends; at least 1. */
    public int bars() {
        return meters.barAt(Math.max(0, end() - 1)) + 1;
    }

    /** The same without a bar in which nothing starts and the last notes only ring over: a hand lets go a little late. */
    public int barsFilled() {
        int last = bars() - 1;
        int barLine = meters.barStart(last);
        boolean ringsOver = last > 0
                && end() - barLine <= RINGS_OVER
                && notes.get(notes.size() - 1).start() < barLine;
        return ringsOver ? last : last + 1;
    }

    public Set<Instrument> instruments() {
        Set<Instrument> found = EnumSet.noneOf(Instrument.class);
        for (Note note : notes) {
            found.add(note.instrument());
        }
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Score score && meters.equals(score.meters) && notes.equals(score.notes);
    }

    @Override
    public int hashCode() {
        return 31 * meters.hashCode() + notes.hashCode();
    }

    @Override
    public String toString() {
        return "Score[" + meters + ", " + notes + "]";
    }
}
