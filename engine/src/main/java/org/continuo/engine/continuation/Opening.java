package org.continuo.engine.continuation;

import java.util.Set;
import org.continuo.engine.midi.AddedMusic;
import org.continuo.engine.midi.GridClip;
import org.continuo.engine.midi.MidiWriter;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Style;

/**
 * What takes start from, and what is made of it: who plays on and in which style unless asked otherwise, and the file of
 * given and new music together. Immutable, thread-safe.
 */
public sealed interface Opening {
    /** What the model goes on from. */
    Prompt prompt();

    /** A style's index, or {@link Conditions#OPEN}: what is asked for unless somebody asks otherwise. */
    int style();

    /** Silence in grid ticks before the prompt's first bar line, which the file has and the prompt has not. */
    int origin();

    /** The MIDI file of what was given and a take that went on from it. */
    byte[] midi(Take take);

    /**
     * What the model is asked for, with who plays on.
     *
     * @param style a style's index, or {@link Conditions#OPEN} for the opening's own
     * @param asked the instruments asked for; null for those that are given or, where nothing is, those usual in the style
     */
    default Conditions conditions(int style, Set<Instrument> asked) {
        int told = style == Conditions.OPEN ? style() : style;
        Set<Instrument> given = prompt().score().instruments();
        Set<Instrument> wanted = asked == null ? given : asked;
        Set<Instrument> players = wanted.isEmpty() ? Ensemble.usualIn(told) : wanted;
        return Conditions.NONE
                .withStyle(told)
                .withInstruments(players)
                .withKind(given.isEmpty() ? Ensemble.usualKind(told, players) : null);
    }

    /** A clip, which stays as it is, up to where music may go on from it. */
    static OfClip of(GridClip clip) {
        return new OfClip(clip, new Prompt(clip.score(), clip.joinTick()));
    }

    /** A starting prompt. */
    static OfStart of(StartingPrompt start) {
        return new OfStart(
                start, new Prompt(start.score(), start.score().meters().barStart(start.bars())));
    }

    /** See {@link Opening#of(GridClip)}. */
    record OfClip(GridClip clip, Prompt prompt) implements Opening {
        @Override
        public int style() {
            return Conditions.OPEN;
        }

        @Override
        public int origin() {
            return clip.origin();
        }

        @Override
        public byte[] midi(Take take) {
            return MidiWriter.bytes(
                    clip, AddedMusic.continuing(take.notes(), prompt.meters(), prompt.join(), take.end()));
        }
    }

    /** See {@link Opening#of(StartingPrompt)}. */
    record OfStart(StartingPrompt start, Prompt prompt) implements Opening {
        @Override
        public int style() {
            return start.style() == null ? Conditions.OPEN : Style.indexOf(start.style());
        }

        @Override
        public int origin() {
            return 0;
        }

        @Override
        public byte[] midi(Take take) {
            return MidiWriter.bytes(
                    prompt.with(take.notes()), prompt.meters().barAt(take.end()), start.microsPerQuarter());
        }

        /** The MIDI file of the opening alone. */
        public byte[] midi() {
            return MidiWriter.bytes(prompt.score(), start.bars(), start.microsPerQuarter());
        }
    }
}
