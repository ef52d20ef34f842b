package org.continuo.engine.accompany;

import java.util.Set;
import java.util.function.Supplier;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.model.SlidingContext;
import org.continuo.engine.sample.Cues;
import org.continuo.engine.sample.OwnShare;
import org.continuo.engine.sample.Sampler;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Grammar;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.ScoreDecoder;
import org.continuo.engine.token.TimeCursor;
import org.continuo.engine.token.TokenFeatures;
import org.continuo.engine.token.TokenMask;
import org.continuo.engine.token.TokenSequence;
import org.continuo.engine.token.Vocabulary;

/**
 * The stream in which given and added parts stand together, as far as it is written, with the model that reads it. May be
 * taken back. Confined to one thread; blocks while the model computes.
 */
final class Passage implements AutoCloseable {
    /**
     * Tokens by which it may be taken back at the least, however little the model remembers: more than a bar has of which there
     * are several candidates, at 400 given events, a token of time each tick of four whole notes, and as many notes as players add.
     */
    static final int REACH = 2048;

    private final MeterMap meters;
    private final Set<Instrument> added;
    /** The same, a bit for each. */
    private final int ownInstruments;

    private final Supplier<Manners> newManners;
    private final Conditions[] conditionsOfBar;
    private final SlidingContext context;
    private final TokenFeatures features;
    private final Sampler sampler = new Sampler(Vocabulary.SIZE);
    private final TokenMask mask = new TokenMask(Vocabulary.SIZE);
    private final Cues cues = new Cues();
    private TokenSequence tokens;
    private Grammar grammar;
    private Manners manners;

    /** @param conditionsOfBar what the model is asked for in each bar; the last holds on */
    Passage(
            NoteModel model,
            MeterMap meters,
            Set<Instrument> added,
            Supplier<Manners> newManners,
            Conditions[] conditionsOfBar) {
        this.meters = meters;
        this.added = added;
        this.ownInstruments =
                added.stream().mapToInt(instrument -> 1 << instrument.ordinal()).sum();
        this.newManners = newManners;
        this.conditionsOfBar = conditionsOfBar;
        this.context = new SlidingContext(model, REACH);
        this.features = new TokenFeatures(meters);
        beginAnew();
        add(Vocabulary.START);
    }

    private void beginAnew() {
        tokens = new TokenSequence(meters);
        grammar = new Grammar(meters, added);
        manners = newManners.get();
    }

    int size() {
        return tokens.size();
    }

    int token(int index) {
        return tokens.token(index);
    }

    TimeCursor time() {
        return tokens.time();
    }

    void add(int token) {
        note(token);
        int bar = Math.min(tokens.bar(tokens.size() - 1), conditionsOfBar.length - 1);
        context.append(token, features.of(tokens, tokens.size() - 1, conditionsOfBar[bar]), 0);
        context.prepare();
    }

    private void note(int token) {
        manners.accept(token, tokens.time());
        tokens.add(token);
        grammar.accept(token);
    }

    /** Adds the beats and position that lead to a tick. */
    void advanceTo(int tick) {
        for (int token = time().tokenTowards(tick); token >= 0; token = time().tokenTowards(tick)) {
            add(token);
        }
    }

    /** Takes back all but the first {@code size} tokens. */
    void cut(int size) {
        if (size < tokens.size()) {
            TokenSequence before = tokens;
            beginAnew();
            for (int i = 0; i < size; i++) {
                note(before.token(i));
            }
            context.rollback(size);
        }
    }

    /** The logits of what follows; valid until the next call. */
    float[] logits() {
        return context.logits();
    }

    int mustEnd() {
        return manners.mustEnd(time());
    }

    /** What comes next by the model, of what may. */
    int pick(Sampling sampling, long seed, long place) {
        grammar.mask(mask, false);
        manners.restrict(mask, time());
        cues.clear();
        manners.cue(cues, time());
        return sampler.sample(cues.in(context.logits()), mask, sampling, seed, place);
    }

    /** Of what the model expects to start or end at this tick, the share that is on added parts and may be. */
    double addedShare() {
        grammar.mask(mask, false);
        manners.restrict(mask, time());
        return OwnShare.of(context.logits(), mask, ownInstruments);
    }

    /**
     * An end that comes next by the model before a given instrument starts here, or -1. Time does not pass before that, and
     * how likely the start is to be the given one says nothing about the end.
     */
    int pickEndBefore(Instrument starting, Sampling sampling, long seed, long place) {
        grammar.mask(mask, false);
        manners.restrict(mask, time());
        mask.forbid(
                0,
                Vocabulary.noteOn(Instrument.ofIndex(0), Instrument.ofIndex(0).lowestPitch(), 0));
        for (int pitch = starting.lowestPitch(); pitch <= starting.highestPitch(); pitch++) {
            int first = Vocabulary.noteOn(starting, pitch, 0);
            mask.allow(first, first + Note.VELOCITIES);
        }
        int token = sampler.sample(context.logits(), mask, sampling, seed, place);
        return Vocabulary.isNoteOff(token) ? token : -1;
    }

    /** The notes written so far; those that still sound end at {@code end}. */
    Score score(int end) {
        ScoreDecoder decoder = new ScoreDecoder(meters);
        for (int i = 0; i < tokens.size(); i++) {
            decoder.accept(tokens.token(i));
        }
        decoder.finish(end);
        return new Score(meters, decoder.notes());
    }

    @Override
    public void close() {
        context.close();
    }
}
