package org.continuo.engine.token;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class ScoreLanguageTest {
    @Property
    void decodingGivesBackEveryValidScore(@ForAll long seed) {
        Score score = Scores.random(seed);

        assertEquals(score, ScoreDecoder.decode(ScoreEncoder.encode(score), score.meters()), "seed " + seed);
    }

    @Property
    void grammarAllowsEveryTokenOfEveryValidScore(@ForAll long seed) {
        Score score = Scores.random(seed);
        TokenSequence tokens = ScoreEncoder.encode(score);
        Grammar grammar = new Grammar(score.meters(), EnumSet.allOf(Instrument.class));
        TokenMask mask = new TokenMask(Vocabulary.SIZE);
        for (int i = 1; i < tokens.size(); i++) {
            grammar.mask(mask, true);
            int token = tokens.token(i);
            int place = i;
            assertTrue(
                    mask.allows(token),
                    () -> "seed " + seed + ": token " + place + " (" + Vocabulary.describe(token) + ") is forbidden");
            grammar.accept(token);
        }
    }

    @Property
    void whateverTheGrammarAllowsDecodesToTheSameTokens(@ForAll long seed) {
        TokenSequence tokens = GrammarWalk.random(seed, 400);

        Score score = ScoreDecoder.decode(tokens, GrammarWalk.METERS);
        TokenSequence again = ScoreEncoder.encode(score);

        int lastEvent = lastNoteToken(tokens);
        assertEquals(notesIn(tokens, lastEvent), notesIn(again, again.size() - 1), "seed " + seed);
    }

    @Property
    void whateverTheTokensSayTheNotesAreThoseOfAScore(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ScoreDecoder decoder = new ScoreDecoder(GrammarWalk.METERS);
        for (int i = 0; i < 200; i++) {
            Instrument instrument = random.nextBoolean() ? Instrument.DRUMS : Instrument.PIANO;
            int pitch = 60 + random.nextInt(3);
            decoder.accept(
                    switch (random.nextInt(4)) {
                        case 0 -> decoder.time().isLastBeat() ? Vocabulary.BAR : Vocabulary.BEAT;
                        case 1 -> Vocabulary.noteOff(Instrument.PIANO, pitch);
                        default -> Vocabulary.noteOn(instrument, pitch, 4);
                    });
        }
        decoder.finish(decoder.time().tick());

        assertDoesNotThrow(() -> new Score(GrammarWalk.METERS, decoder.notes()), "seed " + seed);
    }

    @Test
    void aBarOfFourQuartersReadsAsDocumented() {
        Score score = new Score(
                MeterMap.of(Meter.COMMON),
                List.of(
                        new Note(Instrument.PIANO, 60, 4, 0, 24),
                        new Note(Instrument.PIANO, 64, 4, 30, 96),
                        new Note(Instrument.DRUMS, 36, 7, 24, 25)));

        TokenSequence tokens = ScoreEncoder.encode(score);

        assertEquals(
                "start, bar, piano 60 on 4, beat, piano 60 off, drums 36 on 7, +6, piano 64 on 4, beat, beat, bar, "
                        + "piano 64 off, end",
                describe(tokens));
    }

    @Test
    void aBarCutShortByAMeterChangeIsFollowedByABarLine() {
        MeterMap meters =
                MeterMap.of(List.of(new MeterMap.Change(0, Meter.COMMON), new MeterMap.Change(36, new Meter(3, 8))));
        Score score = new Score(meters, List.of(new Note(Instrument.FLUTE, 72, 3, 36, 72)));

        assertEquals(
                "start, bar, beat, bar, flute 72 on 3, beat, bar, flute 72 off, end",
                describe(ScoreEncoder.encode(score)));
        assertEquals(36, meters.barStart(1));
        assertEquals(36, meters.barLength(0));
    }

    @Test
    void everyTokenIsDescribedOnce() {
        long distinct = IntStream.range(0, Vocabulary.SIZE)
                .mapToObj(Vocabulary::describe)
                .distinct()
                .count();

        assertEquals(Vocabulary.SIZE, distinct);
    }

    @Test
    void vocabularySizeIsFrozen() {
        assertEquals(6149, Vocabulary.SIZE);
        assertEquals(18, FeatureLayout.SLOTS);
    }

    private static String describe(TokenSequence tokens) {
        return String.join(
                ", ",
                IntStream.range(0, tokens.size())
                        .mapToObj(i -> Vocabulary.describe(tokens.token(i)))
                        .toList());
    }

    private static int lastNoteToken(TokenSequence tokens) {
        int last = tokens.size() - 1;
        while (last > 0 && !isNote(tokens.token(last))) {
            last--;
        }
        return last;
    }

    /** The notes' starts as a set of "tick token": their order within a tick is free. */
    private static Set<String> notesIn(TokenSequence tokens, int last) {
        Set<String> starts = new TreeSet<>();
        TimeCursor time = new TimeCursor(GrammarWalk.METERS);
        for (int i = 0; i <= last; i++) {
            time.accept(tokens.token(i));
            if (Vocabulary.isNoteOn(tokens.token(i))) {
                starts.add(time.tick() + " " + tokens.token(i));
            }
        }
        return starts;
    }

    private static boolean isNote(int token) {
        return Vocabulary.isNoteOn(token) || Vocabulary.isNoteOff(token);
    }
}
