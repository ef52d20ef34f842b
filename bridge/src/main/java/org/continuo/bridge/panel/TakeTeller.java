package org.continuo.bridge.panel;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.continuation.TakeListener;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * Tells the page of one take while it is played: each note as it begins, with no length yet, and its length when it ends; parts
 * as they come in; every bar that is full. Confined to the thread that plays.
 */
final class TakeTeller implements TakeListener {
    /** What a drum stroke is shown as, in quarter notes; it has no length of its own. */
    private static final double STROKE = 0.25;

    private static final int CHANNELS = 16;
    private static final int KEYS = 128;

    private final Recipe recipe;
    private final Prompt prompt;
    private final TakeLines lines;
    private final int take;
    private final BooleanSupplier enough;
    private final int[] partOf = new int[Instrument.COUNT];
    private final Set<Integer> channels = new HashSet<>();
    /** By instrument and pitch, the index of the note that sounds. */
    private final int[] sounding = new int[Instrument.COUNT * KEYS];

    private int parts;
    private int notes;
    private int bar;

    /**
     * @param take its number, from 0
     * @param enough whether the take may end where it stands
     */
    TakeTeller(Recipe recipe, TakeLines lines, int take, BooleanSupplier enough) {
        this.recipe = recipe;
        this.prompt = recipe.opening().prompt();
        this.lines = lines;
        this.take = take;
        this.enough = enough;
        seatGiven(recipe.given());
    }

    /** An instrument plays on in the part that has the most of its notes. */
    private void seatGiven(ShownClip given) {
        Arrays.fill(partOf, -1);
        parts = given.parts();
        int[] counts = new int[parts];
        for (ClipNote note : given.clip().notes()) {
            counts[given.part(note)]++;
            channels.add(note.channel());
        }
        for (ClipNote note : given.clip().notes()) {
            int part = given.part(note);
            int instrument = note.instrument().ordinal();
            if (partOf[instrument] < 0 || counts[part] > counts[partOf[instrument]]) {
                partOf[instrument] = part;
            }
        }
    }

    @Override
    public void began(Instrument instrument, int pitch, int velocity, int tick) {
        if (partOf[instrument.ordinal()] < 0) {
            newPart(instrument);
        }
        int index = notes++;
        sounding[instrument.ordinal() * KEYS + pitch] = index;
        lines.say("note", out -> {
            out.writeNumberField("take", take);
            out.writeNumberField("index", index);
            out.writeObjectFieldStart("note");
            out.writeNumberField("part", partOf[instrument.ordinal()]);
            out.writeNumberField("pitch", pitch);
            out.writeNumberField("velocity", Note.midiVelocity(velocity));
            out.writeNumberField("at", quarters(tick));
            if (!instrument.sustains()) {
                out.writeNumberField("length", STROKE);
            }
            out.writeEndObject();
        });
    }

    private void newPart(Instrument instrument) {
        int channel = ClipNote.DRUM_CHANNEL;
        if (instrument.sustains()) {
            channel = 0;
            while (channel < CHANNELS - 1 && (channel == ClipNote.DRUM_CHANNEL || channels.contains(channel))) {
                channel++;
            }
        }
        channels.add(channel);
        partOf[instrument.ordinal()] = parts++;
        int seat = channel;
        lines.say("part", out -> {
            out.writeNumberField("take", take);
            out.writeFieldName("part");
            ShownClip.write(out, instrument.label(), instrument.sustains() ? instrument.program() : 0, seat);
        });
    }

    @Override
    public void ended(Note note) {
        if (note.instrument().sustains()) {
            lines.say("end", out -> {
                out.writeNumberField("take", take);
                out.writeNumberField("index", sounding[note.instrument().ordinal() * KEYS + note.pitch()]);
                out.writeNumberField("length", (double) (note.end() - note.start()) / Score.TICKS_PER_QUARTER);
            });
        }
    }

    private double quarters(int tick) {
        return (double) (tick + recipe.opening().origin()) / Score.TICKS_PER_QUARTER;
    }

    @Override
    public boolean goOn(int tick) {
        int full = Math.max(0, prompt.barsTo(tick));
        if (full > bar) {
            bar = full;
            lines.say("progress", out -> {
                out.writeNumberField("take", take);
                out.writeNumberField("bar", full);
                if (recipe.bars() != null) {
                    out.writeNumberField("bars", recipe.bars());
                }
            });
        }
        return lines.isWanted() && !enough.getAsBoolean();
    }

    /**
     * The take is made, to its end or as far as was wanted.
     *
     * @param score what the critic says
     */
    void finished(Take made, double seconds, double score) {
        ShownClip clip = ShownClip.made(recipe.opening().midi(made));
        lines.say("finished", out -> {
            out.writeNumberField("take", take);
            out.writeFieldName("clip");
            clip.write(out);
            out.writeArrayFieldStart("made");
            for (int index : clip.notesFrom(quarters(prompt.join()))) {
                out.writeNumber(index);
            }
            out.writeEndArray();
            out.writeObjectFieldStart("report");
            out.writeNumberField("bars", prompt.barsTo(made.end()));
            out.writeBooleanField("complete", made.complete());
            out.writeNumberField("notes", made.notes().size());
            out.writeNumberField("tokens", made.tokens());
            out.writeNumberField("seconds", Math.round(seconds * 1000) / 1000.0);
            out.writeEndObject();
            if (Double.isFinite(score)) {
                out.writeNumberField("score", score);
            } else {
                out.writeNullField("score");
            }
        });
    }
}
