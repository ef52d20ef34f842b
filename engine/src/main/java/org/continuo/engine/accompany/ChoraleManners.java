package org.continuo.engine.accompany;

import java.util.Arrays;
import java.util.List;
import org.continuo.engine.chorale.Chorale;
import org.continuo.engine.chorale.Voice;
import org.continuo.engine.sample.Cues;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.TimeCursor;
import org.continuo.engine.token.TokenMask;
import org.continuo.engine.token.Vocabulary;

/**
 * How three voices go under a soprano in a chorale: each sings one note at a time in its range, whenever the soprano does
 * and not otherwise; notes change with the soprano and on the beat, unless the soprano is a little beside that, and may pass
 * by step on the eighth between. On the beat the four make a chord of the key, complete and not on its fifth, without leaps
 * in the inner voices, no farther apart than usual; at the end the tonic. No voice crosses its neighbour, and no two move in
 * parallel fifths or octaves. Where a voice finds no place, distances and the chord's position are given up first, then the
 * chord, and only then the rest. Which of the chords, in which position, and where to pass, is the model's choice.
 */
final class ChoraleManners implements Manners {
    private static final int EIGHTH = Score.TICKS_PER_QUARTER / 2;

    /** How far a hand is beside the beat that it means: a 32nd. */
    private static final int BESIDE = Score.TICKS_PER_QUARTER / 8;

    private static final int OCTAVE = 12;
    private static final int FIFTH = 7;
    private static final int OCTAVES_OVER_BASS = 2;

    /** The widest distance from each voice to the next below it that Bach's chorales have in 19 steps of 20. */
    private static final int[] USUAL_DISTANCE = {9, 9, 16};

    private static final int LOUDNESS = 5;

    /** How much is asked of a start, strictest first. */
    private static final int ALL = 0;

    private static final int WIDER = 1;
    private static final int ANY_CHORD = 2;
    private static final int RANGE_ALONE = 3;

    private static final int WIDEST_LEAP = 7;
    private static final int STEP = 2;

    /** How often the bass sings its note again. */
    private static final int LONGEST_PEDAL = 2;

    private final Score soprano;
    private final List<Instrument> singers;
    private final Harmony harmony;
    private final int lastStart;
    private final int[] now = new int[Chorale.VOICES];
    private final int[] before = new int[Chorale.VOICES];
    private final int[] startedAt = new int[Chorale.VOICES];
    private final int[] endedAt = new int[Chorale.VOICES];
    private int sopranoIndex;
    private int bassStayed;

    /** @param harmony of the key that the soprano is in */
    ChoraleManners(Score soprano, List<Instrument> singers, Harmony harmony) {
        this.soprano = soprano;
        this.harmony = harmony;
        this.lastStart = soprano.notes().get(soprano.notes().size() - 1).start();
        this.singers = singers;
        Arrays.fill(now, Chorale.REST);
        Arrays.fill(before, Chorale.REST);
        Arrays.fill(startedAt, -1);
        Arrays.fill(endedAt, -1);
    }

    @Override
    public void accept(int token, TimeCursor time) {
        boolean on = Vocabulary.isNoteOn(token);
        if (!on && !Vocabulary.isNoteOff(token)) {
            return;
        }
        int voice = singers.indexOf(Vocabulary.instrumentOf(token));
        if (on) {
            now[voice] = Vocabulary.pitchOf(token);
            if (voice == Chorale.BASS) {
                bassStayed = now[voice] == before[voice] ? bassStayed + 1 : 0;
            }
            startedAt[voice] = time.tick();
        } else {
            before[voice] = now[voice];
            endedAt[voice] = time.tick();
            now[voice] = Chorale.REST;
        }
    }

    @Override
    public int mustEnd(TimeCursor time) {
        int tick = time.tick();
        boolean isPulse = time.tickInBeat() == 0 && !sopranoIsBeside(tick);
        boolean holds = sopranoAt(tick) != Chorale.REST && !isPulse && !sopranoMoves(tick);
        for (int voice = 1; voice < Chorale.VOICES; voice++) {
            if (now[voice] != Chorale.REST && !holds && startedAt[voice] < tick) {
                return Vocabulary.noteOff(singers.get(voice), now[voice]);
            }
        }
        return -1;
    }

    /** The pitch that the soprano sings from a tick on, known ahead as it is given. */
    private int sopranoAt(int tick) {
        List<Note> notes = soprano.notes();
        while (sopranoIndex < notes.size() && notes.get(sopranoIndex).end() <= tick) {
            sopranoIndex++;
        }
        boolean sings = sopranoIndex < notes.size() && notes.get(sopranoIndex).start() <= tick;
        return sings ? notes.get(sopranoIndex).pitch() : Chorale.REST;
    }

    private boolean sopranoMoves(int tick) {
        return sopranoAt(tick) != Chorale.REST
                && soprano.notes().get(sopranoIndex).start() == tick;
    }

    /** Whether the soprano moves a little before a tick or after it, or ends then: the voices go with that instead. */
    private boolean sopranoIsBeside(int tick) {
        sopranoAt(tick);
        List<Note> notes = soprano.notes();
        return notes.subList(sopranoIndex, Math.min(sopranoIndex + 2, notes.size())).stream()
                .anyMatch(note ->
                        note.start() != tick && Math.abs(note.start() - tick) <= BESIDE || note.end() - tick <= BESIDE);
    }

    @Override
    public void cue(Cues cues, TimeCursor time) {
        // who is silent must sing
    }

    @Override
    public void restrict(TokenMask mask, TimeCursor time) {
        int tick = time.tick();
        boolean sings = sopranoAt(tick) != Chorale.REST;
        boolean mayMove = sopranoMoves(tick) || time.tickInBeat() % EIGHTH == 0 && !sopranoIsBeside(tick);
        boolean oneIsSilent = false;
        for (int voice = 1; voice < Chorale.VOICES; voice++) {
            boolean silent = now[voice] == Chorale.REST;
            oneIsSilent |= silent;
            if (!silent && !mayMove) {
                mask.forbid(Vocabulary.noteOff(singers.get(voice), now[voice]));
            }
            if (!silent || !sings) {
                forbidStarts(mask, voice);
            } else {
                restrictStarts(mask, voice, time);
            }
        }
        for (int inBeat = 1; inBeat < Score.TICKS_PER_QUARTER; inBeat++) {
            if (inBeat % EIGHTH != 0) {
                mask.forbid(Vocabulary.position(inBeat));
            }
        }
        if (oneIsSilent && sings && now[Chorale.SOPRANO] != Chorale.REST && startsAreOpen(mask)) {
            mask.forbid(Vocabulary.END, Vocabulary.position(Score.TICKS_PER_QUARTER - 1) + 1);
        }
    }

    private boolean startsAreOpen(TokenMask mask) {
        for (int voice = 1; voice < Chorale.VOICES; voice++) {
            Instrument singer = singers.get(voice);
            int next = mask.next(Vocabulary.noteOn(singer, singer.lowestPitch(), 0));
            if (now[voice] == Chorale.REST && next >= 0 && next <= Vocabulary.noteOff(singer, singer.highestPitch())) {
                return true;
            }
        }
        return false;
    }

    private void forbidStarts(TokenMask mask, int voice) {
        Instrument singer = singers.get(voice);
        for (int pitch = singer.lowestPitch(); pitch <= singer.highestPitch(); pitch++) {
            int first = Vocabulary.noteOn(singer, pitch, 0);
            mask.forbid(first, first + Note.VELOCITIES);
        }
    }

    /** Leaves the starts that keep as much of the rules as can be kept. */
    private void restrictStarts(TokenMask mask, int voice, TimeCursor time) {
        int slack = ALL;
        while (slack < RANGE_ALONE && !anyKeeps(voice, time, slack)) {
            slack++;
        }
        Instrument singer = singers.get(voice);
        for (int pitch = singer.lowestPitch(); pitch <= singer.highestPitch(); pitch++) {
            int first = Vocabulary.noteOn(singer, pitch, 0);
            mask.forbid(first, first + Note.VELOCITIES);
            if (keeps(voice, pitch, time, slack)) {
                mask.allow(first + LOUDNESS);
            }
        }
    }

    private boolean anyKeeps(int voice, TimeCursor time, int slack) {
        Voice range = Voice.values()[voice];
        for (int pitch = range.lowest(); pitch <= range.highest(); pitch++) {
            if (keeps(voice, pitch, time, slack)) {
                return true;
            }
        }
        return false;
    }

    private boolean keeps(int voice, int pitch, TimeCursor time, int slack) {
        if (!Voice.values()[voice].reaches(pitch)) {
            return false;
        }
        int tick = time.tick();
        int classes = 1 << pitch % OCTAVE;
        int sounding = 1;
        int bass = voice == Chorale.BASS ? pitch : Chorale.REST;
        boolean isDoubled = false;
        for (int other = 0; other < Chorale.VOICES; other++) {
            int sounds = other == Chorale.SOPRANO ? sopranoAt(tick) : now[other];
            if (other == voice || sounds == Chorale.REST) {
                continue;
            }
            isDoubled |= sounds % OCTAVE == pitch % OCTAVE;
            bass = other == Chorale.BASS ? sounds : bass;
            classes |= 1 << sounds % OCTAVE;
            sounding++;
            int distance = other < voice ? sounds - pitch : pitch - sounds;
            if (slack < RANGE_ALONE && (distance < 0 || distance > widest(voice, other, slack))) {
                return false;
            }
            if (slack < RANGE_ALONE && isParallel(voice, pitch, other, sounds, tick)) {
                return false;
            }
        }
        if (slack >= ANY_CHORD) {
            return true;
        }
        boolean fits = isBetween(time)
                || tick >= lastStart && harmony.isTonic(classes, bass)
                || tick < lastStart
                        && harmony.isChord(
                                classes,
                                slack < WIDER ? bass : Chorale.REST,
                                slack < WIDER && sounding == Chorale.VOICES);
        return fits
                && (slack >= WIDER && !isBetween(time) || isGoodStep(voice, pitch, time))
                && harmony.isInScale(pitch)
                && !(isDoubled && harmony.isLeadingNote(pitch));
    }

    private static int widest(int voice, int other, int slack) {
        int widest = 0;
        for (int upper = Math.min(voice, other); upper < Math.max(voice, other); upper++) {
            int octaves = upper + 1 == Chorale.BASS ? OCTAVES_OVER_BASS : 1;
            widest += slack < WIDER ? USUAL_DISTANCE[upper] : octaves * OCTAVE;
        }
        return widest;
    }

    private boolean isGoodStep(int voice, int pitch, TimeCursor time) {
        int last = before[voice];
        int leap = isBetween(time) ? STEP : voice == Chorale.BASS ? OCTAVE : WIDEST_LEAP;
        boolean stays = voice == Chorale.BASS && pitch == last && bassStayed >= LONGEST_PEDAL && !isBetween(time);
        return last == Chorale.REST || Math.abs(pitch - last) <= leap && !stays;
    }

    private boolean isBetween(TimeCursor time) {
        return time.tickInBeat() != 0 && !sopranoMoves(time.tick());
    }

    /** Whether both voices move at this tick, from a fifth, octave or unison to the same again. */
    private boolean isParallel(int voice, int pitch, int other, int sounds, int tick) {
        boolean bothMove = endedAt[voice] == tick && endedAt[other] == tick;
        if (!bothMove || before[voice] == pitch || before[other] == sounds) {
            return false;
        }
        int was = Math.floorMod(before[voice] - before[other], OCTAVE);
        int is = Math.floorMod(pitch - sounds, OCTAVE);
        int fifth = voice < other ? FIFTH : OCTAVE - FIFTH;
        return was == is && (is == 0 || is == fifth);
    }
}
