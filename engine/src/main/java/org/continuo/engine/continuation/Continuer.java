package org.continuo.engine.continuation;

import java.util.EnumSet;
import java.util.Set;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.model.SlidingContext;
import org.continuo.engine.sample.Sampler;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Grammar;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.ScoreDecoder;
import org.continuo.engine.token.TokenFeatures;
import org.continuo.engine.token.TokenMask;
import org.continuo.engine.token.TokenSequence;
import org.continuo.engine.token.Vocabulary;

/**
 * Continues one prompt, as often as wanted: the prompt is read once, each take goes on from there. Only the chosen
 * instruments are played, all of them if there are bars enough, bar lines are kept, and every note ends.
 *
 * <p>Randomness is keyed by the seed and the place in the music, so the same prompt, conditions, sampling and seed give
 * the same take. Confined to one thread; blocks while the model computes.
 */
public final class Continuer implements AutoCloseable {
    /**
     * A note held this long, in ticks, is ended: eight quarters. A model that once misses the moment to end a note seldom
     * finds another, and one note in fifty would drone on to the end.
     */
    static final int LONGEST_NOTE = 8 * Score.TICKS_PER_QUARTER;

    private final NoteModel model;
    private final Prompt prompt;
    /** What the prompt says, encoded once; each take goes on from a copy. */
    private final TokenSequence given;

    private final Set<Instrument> instruments;
    private final Conditions conditions;
    private final SlidingContext read;
    private final SlidingContext playing;
    private final Sampler sampler = new Sampler(Vocabulary.SIZE);
    private final TokenMask mask = new TokenMask(Vocabulary.SIZE);

    /**
     * Reads the prompt.
     *
     * @param conditions what the model is asked for; who plays on, everybody where that is left open
     */
    public Continuer(NoteModel model, Prompt prompt, Conditions conditions) {
        this(model, prompt, prompt.tokens(), conditions, new SlidingContext(model));
        TokenFeatures features = new TokenFeatures(prompt.meters());
        for (int i = 0; i < given.size(); i++) {
            read.append(given.token(i), features.of(given, i, conditions), 0);
        }
        read.logits();
    }

    private Continuer(NoteModel model, Prompt prompt, TokenSequence given, Conditions conditions, SlidingContext read) {
        this.model = model;
        this.prompt = prompt;
        this.given = given;
        this.instruments =
                conditions.instruments() == null ? EnumSet.allOf(Instrument.class) : conditions.instruments();
        this.conditions = conditions;
        this.read = read;
        this.playing = new SlidingContext(model);
    }

    /** One that has read the same, for another thread; to be closed by the caller. */
    public Continuer another() {
        SlidingContext same = new SlidingContext(model);
        same.copyFrom(read);
        return new Continuer(model, prompt, given, conditions, same);
    }

    /**
     * Plays one take.
     *
     * @param listener told every note of the take, no other; asked after each token whether to go on
     */
    public Take take(Extent extent, Sampling sampling, long seed, TakeListener listener) {
        playing.copyFrom(read);
        TokenSequence tokens = new TokenSequence(given);
        TokenFeatures features = new TokenFeatures(prompt.meters());
        Grammar grammar = new Grammar(prompt.meters(), instruments);
        ScoreDecoder decoder = new ScoreDecoder(prompt.meters(), new FromJoin(listener));
        Entrances entrances = new Entrances(instruments);
        Ostinato ostinato = new Ostinato();
        for (int i = 0; i < tokens.size(); i++) {
            grammar.accept(tokens.token(i));
            entrances.accept(tokens.token(i), decoder.time());
            ostinato.accept(tokens.token(i), decoder.time());
            decoder.accept(tokens.token(i));
        }
        entrances.begin(prompt.join());
        ostinato.begin();
        int first = tokens.size();
        int here = decoder.time().tick();
        int pickAtThisTick = 0;
        boolean complete = true;
        while (tokens.size() - first < extent.tokens()) {
            int token = grammar.endOfNoteHeldFor(LONGEST_NOTE);
            if (token < 0) {
                grammar.mask(mask, false);
                long place = (long) here << 16 | pickAtThisTick++;
                float[] logits = entrances.cued(playing.logits(), decoder.time());
                token = sampler.sample(ostinato.lean(logits, decoder.time()), mask, sampling, seed, place);
            }
            if (token == Vocabulary.BAR && prompt.meters().barStart(nextBar(tokens)) >= extent.endTick()) {
                break;
            }
            tokens.add(token);
            grammar.accept(token);
            entrances.accept(token, decoder.time());
            ostinato.accept(token, decoder.time());
            decoder.accept(token);
            playing.append(token, features.of(tokens, tokens.size() - 1, conditions), 0);
            playing.prepare();
            if (decoder.time().tick() != here) {
                here = decoder.time().tick();
                pickAtThisTick = 0;
            }
            if (!listener.goOn(here)) {
                complete = false;
                break;
            }
        }
        int end = Math.min(extent.endTick(), barLineAfter(tokens));
        decoder.finish(end);
        return new Take(
                decoder.notes().stream()
                        .filter(note -> note.start() >= prompt.join())
                        .sorted(Note.ORDER)
                        .toList(),
                end,
                tokens.size() - first,
                tokens.size() - first,
                seed,
                complete);
    }

    /** Passes on what belongs to the take: all notes of the prompt begin before the join. */
    private final class FromJoin implements ScoreDecoder.Listener {
        private final ScoreDecoder.Listener listener;

        private FromJoin(ScoreDecoder.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void began(Instrument instrument, int pitch, int velocity, int tick) {
            if (tick >= prompt.join()) {
                listener.began(instrument, pitch, velocity, tick);
            }
        }

        @Override
        public void ended(Note note) {
            if (note.start() >= prompt.join()) {
                listener.ended(note);
            }
        }
    }

    private static int nextBar(TokenSequence tokens) {
        boolean beforeFirstBar = tokens.time().beatLength() <= 0;
        return beforeFirstBar ? 0 : tokens.time().bar() + 1;
    }

    private int barLineAfter(TokenSequence tokens) {
        return prompt.meters().barStart(nextBar(tokens));
    }

    @Override
    public void close() {
        read.close();
        playing.close();
    }
}
