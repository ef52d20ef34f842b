package org.continuo.engine.chorale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Style;
import org.continuo.protocol.time.Meter;

/**
 * A piece of four voices on a grid of sixteenths, soprano first. A pitch that stays from one step to the next is held:
 * the grid does not tell a repeated note from a long one. Immutable, thread-safe.
 */
public final class Chorale {
    public static final int VOICES = 4;
    public static final int SOPRANO = 0;
    public static final int BASS = 3;

    /** The pitch of a voice that rests. */
    public static final int REST = -1;

    /** Ticks of one step. */
    public static final int STEP = Score.TICKS_PER_QUARTER / 4;

    /** Who sings the voices where the model reads them: four instruments, so that two voices may meet on one pitch. */
    public static final List<Instrument> SINGERS =
            List.of(Instrument.VIOLIN, Instrument.CLARINET, Instrument.TRUMPET, Instrument.CELLO);

    /** Dynamics are not part of a chorale: mezzo-forte throughout. */
    public static final int VELOCITY = 5;

    private final int[][] steps;

    /**
     * @param steps for each step the MIDI pitches of the four voices, or {@link #REST}
     * @throws IllegalArgumentException if a step has not four voices or a pitch is none
     */
    public Chorale(int[][] steps) {
        this.steps = new int[steps.length][];
        for (int step = 0; step < steps.length; step++) {
            if (steps[step].length != VOICES) {
                throw new IllegalArgumentException("step " + step + " has " + steps[step].length + " voices, not 4");
            }
            for (int pitch : steps[step]) {
                if (pitch < REST || pitch > 127) {
                    throw new IllegalArgumentException("pitch " + pitch + " at step " + step + " is not -1..127");
                }
            }
            this.steps[step] = steps[step].clone();
        }
    }

    /** Reads a score's voices off the grid: what each singer sounds in the middle of a step, the highest if several. */
    public static Chorale of(List<Note> notes, int from, int steps, List<Instrument> singers) {
        int[][] read = new int[steps][VOICES];
        for (int[] step : read) {
            Arrays.fill(step, REST);
        }
        for (Note note : notes) {
            int voice = singers.indexOf(note.instrument());
            int first = Math.max(0, Math.floorDiv(note.start() - from + STEP / 2 - 1, STEP));
            int last = Math.min(steps, Math.floorDiv(note.end() - from + STEP / 2 - 1, STEP));
            for (int step = first; voice >= 0 && step < last; step++) {
                read[step][voice] = Math.max(read[step][voice], note.pitch());
            }
        }
        return new Chorale(read);
    }

    /** What a model is asked for: Bach, a score, these instruments. */
    public static Conditions conditions(List<Instrument> singers) {
        return Conditions.NONE
                .withStyle(Style.indexOf("bach"))
                .withKind(Conditions.Kind.SCORE)
                .withInstruments(Set.copyOf(singers));
    }

    public int length() {
        return steps.length;
    }

    /** The pitch of a voice (0 the soprano, 3 the bass) at a step, or {@link #REST}. */
    public int pitch(int step, int voice) {
        return steps[step][voice];
    }

    /**
     * The chorale as the model reads it.
     *
     * @param upbeat steps before the first full bar, less than a bar; the bar before is cut short to them
     * @param voices how many, from the soprano down
     */
    public Score score(Meter meter, int upbeat, int voices, List<Instrument> singers) {
        List<Note> notes = new ArrayList<>();
        for (int voice = 0; voice < voices; voice++) {
            int from = 0;
            for (int step = 1; step <= steps.length; step++) {
                if (step == steps.length || steps[step][voice] != steps[from][voice]) {
                    if (steps[from][voice] != REST) {
                        Instrument singer = singers.get(voice);
                        int pitch = singer.fold(steps[from][voice]);
                        notes.add(new Note(singer, pitch, VELOCITY, from * STEP, step * STEP));
                    }
                    from = step;
                }
            }
        }
        List<MeterMap.Change> changes = new ArrayList<>();
        changes.add(new MeterMap.Change(0, meter));
        if (upbeat > 0) {
            changes.add(new MeterMap.Change(upbeat * STEP, meter));
        }
        return new Score(MeterMap.of(changes), notes);
    }
}
