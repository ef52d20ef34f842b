package org.continuo.engine.accompany;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.continuo.engine.continuation.Take;
import org.continuo.engine.corpus.BarTraits;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.sample.LogProbability;
import org.continuo.engine.sample.PlaceRandom;
import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.TimeCursor;
import org.continuo.engine.token.Vocabulary;

/**
 * Adds parts to given ones, which stay as they are. The stream is written in order of time: at each tick what is given ends,
 * then the added parts may end notes; what is given starts, then the added parts may start some. So every added note is
 * chosen in the sound of what is given up to and with it. Where the model would let time pass beyond the next given event,
 * time stops there and it is asked again.
 *
 * <p><b>Candidates.</b> Of several for each bar, the one is kept whose notes are likeliest, by the mean of the logarithm, among
 * all that could have started on their instruments.
 *
 * <p>Confined to one thread; blocks while the model computes. The same arguments give the same parts.
 */
public final class Accompanist {
    /** Given events in a bar above which the bar is written once: taking back is bounded, by {@link Passage#REACH}. */
    private static final int BUSY = 400;

    /** Ticks of the longest bar for which candidates are made: four whole notes. */
    private static final int LONG_BAR = 16 * Score.TICKS_PER_QUARTER;

    /** How often the model is asked for another moment before the beat goes by. */
    private static final int MOST_TRIES = 8;

    private final NoteModel model;
    private final Score given;
    private final Set<Instrument> added;
    private final Supplier<Manners> newManners;
    private final Conditions[] conditionsOfBar;
    private final GivenEvents events;
    private final int bars;

    /** One take's parts on their way. */
    private final class Writing {
        private final Passage passage;
        private final Sampling sampling;
        private long seed;
        private int next;
        private double nats;
        private int starts;
        private int picks;
        /** Tokens of bars that were written, whether they were kept or not, without what is given. */
        private int said;

        /** Where the next pick's randomness comes from. */
        private long place() {
            return (long) passage.time().tick() << 16 | picks++;
        }

        private Writing(Passage passage, Sampling sampling) {
            this.passage = passage;
            this.sampling = sampling;
        }
    }

    private Accompanist(
            NoteModel model, Score given, Set<Instrument> added, Conditions wishes, Supplier<Manners> newManners) {
        this.model = model;
        this.given = given;
        this.added = Set.copyOf(added);
        this.newManners = newManners;
        this.events = new GivenEvents(given);
        this.bars = given.barsFilled();
        this.conditionsOfBar = conditions(given, added, wishes);
    }

    /**
     * Adds parts for players of the given instruments, within what a player can do.
     *
     * @param given no note is on an instrument of {@code added}
     * @param wishes style and kind, and key if it is known; instruments and bars left are those of the given music
     */
    public static Accompanist of(NoteModel model, Score given, Set<Instrument> added, Conditions wishes) {
        if (added.stream().anyMatch(given.instruments()::contains)) {
            throw new IllegalArgumentException(
                    "given music on " + given.instruments() + " leaves no place for " + added);
        }
        Set<Instrument> players = EnumSet.copyOf(added);
        int lastStart = given.end();
        return new Accompanist(model, given, added, wishes, () -> new PartLimits(players, lastStart));
    }

    /** Adds what keeps to manners of its own. */
    static Accompanist of(
            NoteModel model, Score given, Set<Instrument> added, Conditions wishes, Supplier<Manners> newManners) {
        return new Accompanist(model, given, added, wishes, newManners);
    }

    private static Conditions[] conditions(Score given, Set<Instrument> added, Conditions wishes) {
        Set<Instrument> all = EnumSet.copyOf(added);
        all.addAll(given.instruments());
        BarTraits traits = BarTraits.of(given);
        Conditions[] conditions = new Conditions[given.barsFilled()];
        for (int bar = 0; bar < conditions.length; bar++) {
            int heard = traits.key(bar) == BarTraits.UNKNOWN ? Conditions.OPEN : traits.key(bar);
            conditions[bar] = wishes.withInstruments(all)
                    .withKey(wishes.key() == Conditions.OPEN ? heard : wishes.key())
                    .withBarsLeft(conditions.length - 1 - bar);
        }
        return conditions;
    }

    /** The bar line after the last given note, or at which it only rings over: where the parts end. */
    public int end() {
        return given.meters().barStart(bars);
    }

    /**
     * Writes the parts.
     *
     * @param candidates for each bar, of which the likeliest is kept
     * @param goOn asked at each tick reached; false stops there
     * @return the added notes alone
     */
    public Take take(Sampling sampling, long seed, int candidates, IntPredicate goOn) {
        try (Passage passage = new Passage(model, given.meters(), added, newManners, conditionsOfBar)) {
            Writing writing = new Writing(passage, sampling);
            boolean complete = true;
            int kept = 0;
            for (int bar = 0; bar < bars && complete; bar++) {
                int before = passage.size();
                boolean once = candidates == 1
                        || events.inBar(bar) > BUSY
                        || given.meters().barLength(bar) > LONG_BAR;
                if (once) {
                    writing.seed = seed;
                    complete = writeBar(writing, bar, goOn);
                } else {
                    complete = writeBestBar(writing, bar, seed, candidates, goOn);
                }
                kept += passage.size() - before;
            }
            List<Note> notes = passage.score(end()).notes().stream()
                    .filter(note -> added.contains(note.instrument()))
                    .toList();
            return new Take(notes, end(), kept - writing.next, writing.said, seed, complete);
        }
    }

    private boolean writeBestBar(Writing writing, int bar, long seed, int candidates, IntPredicate goOn) {
        Passage passage = writing.passage;
        int mark = passage.size();
        int next = writing.next;
        int[] best = null;
        int bestNext = next;
        double most = Double.NEGATIVE_INFINITY;
        for (int candidate = 0; candidate < candidates; candidate++) {
            passage.cut(mark);
            writing.next = next;
            writing.nats = 0;
            writing.starts = 0;
            writing.seed = candidate == 0 ? seed : PlaceRandom.derive(seed, candidate);
            if (!writeBar(writing, bar, goOn)) {
                return false;
            }
            double mean = writing.starts == 0 ? Double.NEGATIVE_INFINITY : writing.nats / writing.starts;
            if (best == null || mean > most) {
                most = mean;
                bestNext = writing.next;
                best = new int[passage.size() - mark];
                for (int i = 0; i < best.length; i++) {
                    best[i] = passage.token(mark + i);
                }
            }
        }
        writing.next = bestNext;
        passage.cut(mark);
        for (int token : best) {
            passage.add(token);
        }
        return true;
    }

    private boolean writeBar(Writing writing, int bar, IntPredicate goOn) {
        int given = writing.next;
        int before = writing.passage.size();
        boolean complete = writeWholeBar(writing, bar, goOn);
        writing.said += writing.passage.size() - before - (writing.next - given);
        return complete;
    }

    private boolean writeWholeBar(Writing writing, int bar, IntPredicate goOn) {
        Passage passage = writing.passage;
        passage.add(Vocabulary.BAR);
        int end = given.meters().barStart(bar + 1);
        while (goOn.test(passage.time().tick())) {
            int token = writeTick(writing);
            int next = Math.min(events.tick(writing.next), end);
            int mark = passage.size();
            int tries = 0;
            while (isMoment(passage.time(), token, next)) {
                passage.add(token);
                if (PlaceRandom.uniform(~writing.seed, writing.place()) < passage.addedShare()) {
                    break;
                }
                passage.cut(mark);
                token = ++tries < MOST_TRIES
                        ? passage.pick(writing.sampling, writing.seed, writing.place())
                        : Vocabulary.BEAT;
                if (Vocabulary.isNoteOn(token) || Vocabulary.isNoteOff(token)) {
                    token = Vocabulary.BEAT; // this tick is over
                }
            }
            if (passage.size() == mark) {
                int target = Math.min(after(passage.time(), token, end), next);
                if (target >= end) {
                    return true;
                }
                passage.advanceTo(target);
            }
        }
        return false;
    }

    /**
     * Whether a token leads to a moment at which nothing is given. A place inside the beat is named for something that happens
     * there. The model may have meant something on the given parts, which is not to be: the moment is taken with the
     * likelihood that it meant an added part, and otherwise it is asked again, which is rejection sampling from what the model
     * would say if it knew.
     */
    private static boolean isMoment(TimeCursor time, int token, int next) {
        return Vocabulary.isPosition(token) && after(time, token, next) < next;
    }

    /** Writes what happens at this tick; returns the token that the model lets time pass with. */
    private int writeTick(Writing writing) {
        Passage passage = writing.passage;
        int tick = passage.time().tick();
        writing.picks = 0;
        while (events.tick(writing.next) == tick && Vocabulary.isNoteOff(events.token(writing.next))) {
            force(writing);
        }
        for (int end = passage.mustEnd(); end >= 0; end = passage.mustEnd()) {
            passage.add(end);
        }
        if (events.tick(writing.next) == tick) {
            Instrument starting = Vocabulary.instrumentOf(events.token(writing.next));
            int end = passage.pickEndBefore(starting, writing.sampling, writing.seed, writing.place());
            while (end >= 0) {
                passage.add(end);
                end = passage.pickEndBefore(starting, writing.sampling, writing.seed, writing.place());
            }
            while (events.tick(writing.next) == tick) {
                force(writing);
            }
        }
        int token = passage.pick(writing.sampling, writing.seed, writing.place());
        while (Vocabulary.isNoteOff(token) || Vocabulary.isNoteOn(token)) {
            if (Vocabulary.isNoteOn(token)) {
                writing.nats += LogProbability.amongStarts(passage.logits(), token);
                writing.starts++;
            }
            passage.add(token);
            token = passage.pick(writing.sampling, writing.seed, writing.place());
        }
        return token;
    }

    private void force(Writing writing) {
        writing.passage.add(events.token(writing.next++));
    }

    /** The tick that a token of time leads to; a bar's end for a bar line or none. */
    private static int after(TimeCursor time, int token, int barEnd) {
        int beatStart = time.tick() - time.tickInBeat();
        if (token == Vocabulary.BEAT) {
            return beatStart + Score.TICKS_PER_QUARTER;
        }
        return Vocabulary.isPosition(token) ? beatStart + Vocabulary.tickOf(token) : barEnd;
    }
}
