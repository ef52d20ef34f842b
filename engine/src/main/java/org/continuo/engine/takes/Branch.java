package org.continuo.engine.takes;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.continuo.engine.continuation.Opening;
import org.continuo.engine.continuation.Prompt;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.midi.ClipQuantizer;
import org.continuo.engine.midi.ClipReader;
import org.continuo.engine.midi.GridClip;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;

/**
 * The place in a tree that the model goes on from: the music of a take up to a bar line. What is played from there becomes
 * a take of the tree. Confined to the tree's thread.
 */
public final class Branch {
    private final Take parent;
    private final int bar;
    private final List<TakeNote> before;
    private final GridClip clip;
    private final int join;

    private Branch(Take parent, int bar, List<TakeNote> before, GridClip clip, int join) {
        this.parent = parent;
        this.bar = bar;
        this.before = before;
        this.clip = clip;
        this.join = join;
    }

    /**
     * A branch of a take at the bar line where its music ends.
     *
     * @throws TakeException if the take is not there, or nothing is played in it
     */
    public static Branch atTheEnd(TakeTree tree, int number) throws IOException {
        List<TakeNote> music = tree.music(number);
        return at(tree, number, music.isEmpty() ? 0 : tree.take(number).bar(music.get(music.size() - 1)) + 1);
    }

    /**
     * A branch of a take; where that begins later itself, of the take that it goes on from.
     *
     * @param bar the first that is played anew; bars count from 0
     * @throws TakeException if the take is not there, nothing is played in it before the bar, or no take can begin so late
     */
    public static Branch at(TakeTree tree, int number, int bar) throws IOException {
        Take parent = tree.take(number);
        while (bar < parent.fromBar()) {
            parent = tree.take(parent.parent());
        }
        double moment = bar * parent.meter().quarters();
        if (bar > Take.MOST_BARS || moment >= TakeNote.LAST) {
            throw new TakeException("bar " + (bar + 1L) + " is too late for a take to begin with");
        }
        List<TakeNote> before = tree.musicBefore(parent.number(), moment);
        if (before.isEmpty()) {
            throw new TakeException("nothing is played in take " + number + " before bar " + (bar + 1));
        }
        GridClip clip =
                ClipQuantizer.place(ClipReader.read("take " + number, tree.midiBefore(parent.number(), moment)));
        int join = (int) Math.round(moment * Score.TICKS_PER_QUARTER) - clip.origin();
        return new Branch(parent, bar, before, clip, join);
    }

    /** The first bar that is played anew; bars count from 0. */
    public int bar() {
        return bar;
    }

    /** What the model goes on from. */
    public Opening opening() {
        return new Opening.OfClip(clip, new Prompt(clip.score(), join));
    }

    /**
     * Adds what the model played to the tree.
     *
     * @param notes on the grid of the opening's score, none before its join
     */
    public Take add(TakeTree tree, String name, List<Note> notes) throws IOException {
        return tree.branch(
                parent.number(), bar, name, notes.stream().map(this::played).toList());
    }

    private TakeNote played(Note note) {
        return new TakeNote(
                true,
                channel(note.instrument()),
                note.instrument(),
                note.pitch(),
                Note.midiVelocity(note.velocity()),
                quarters(note.start()),
                quarters(note.end()));
    }

    private double quarters(int tick) {
        return (double) (tick + clip.origin()) / Score.TICKS_PER_QUARTER;
    }

    /** The channel on which the instrument played before; else one that nobody has. */
    private int channel(Instrument instrument) {
        int usual = instrument == Instrument.DRUMS ? ClipNote.DRUM_CHANNEL : 0;
        return before.stream()
                .filter(note -> note.instrument() == instrument)
                .mapToInt(TakeNote::channel)
                .findFirst()
                .orElseGet(() -> IntStream.concat(IntStream.of(usual), IntStream.range(0, TakeNote.CHANNELS))
                        .filter(channel -> before.stream().noneMatch(note -> note.channel() == channel))
                        .findFirst()
                        .orElse(usual));
    }
}
