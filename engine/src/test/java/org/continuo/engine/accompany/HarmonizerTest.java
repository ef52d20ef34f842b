package org.continuo.engine.accompany;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.continuo.engine.chorale.Chorale;
import org.continuo.engine.chorale.Voice;
import org.continuo.engine.chorale.VoiceLeading;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.MeterMap;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the model that is shipped. */
class HarmonizerTest {
    private static final int QUARTER = 24;

    private static NoteModel model;

    @BeforeAll
    static void load() throws ModelException {
        model = NoteModel.load(ModelFolder.shipped("s"));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** Two phrases in G with a rest between them; quarters, but for an eighth upbeat and a long last note. */
    private static Score hymn() {
        int[] pitches = {67, 67, 66, 64, 62, 67, 69, 71, -1, 71, 71, 71, 69, 67, 72, 71, 69, 67};
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < pitches.length; i++) {
            int end = (i + (i == pitches.length - 1 ? 3 : 1)) * QUARTER;
            if (pitches[i] > 0) {
                notes.add(new Note(Chorale.SINGERS.get(0), pitches[i], 5, i * QUARTER, end));
            }
        }
        return new Score(MeterMap.of(Meter.COMMON), notes);
    }

    @Test
    void threeVoicesSingOneNoteEachInTheirRangesWheneverTheMelodyDoes() {
        Score melody = hymn();
        for (long seed = 0; seed < 3; seed++) {
            List<Note> notes = new ArrayList<>(melody.notes());
            notes.addAll(set(melody, seed));
            for (int tick = 0; tick < melody.end(); tick++) {
                int now = tick;
                boolean sings = melody.notes().stream().anyMatch(note -> note.start() <= now && note.end() > now);
                for (Voice voice : Voice.values()) {
                    Instrument singer = Chorale.SINGERS.get(voice.ordinal());
                    List<Note> sounding = notes.stream()
                            .filter(note -> note.instrument() == singer && note.start() <= now && note.end() > now)
                            .toList();
                    String where = "seed " + seed + ", tick " + tick + ", " + voice;
                    assertEquals(sings ? 1 : 0, sounding.size(), where);
                    sounding.forEach(note -> assertTrue(voice.reaches(note.pitch()), where + ": " + note));
                }
            }
        }
    }

    @Test
    void noVoiceMovesTwiceWhereTheMelodyIsALittleBeforeTheBeatOrBehindIt() {
        for (long seed = 0; seed < 3; seed++) {
            for (Note note : set(byHand(hymn(), seed), seed)) {
                assertTrue(note.end() - note.start() >= QUARTER / 4, "seed " + seed + ": " + note);
            }
        }
    }

    /** Each note up to three ticks before its place or behind it, and legato as before. */
    private static Score byHand(Score score, long seed) {
        Random random = new Random(seed);
        int[] moved = random.ints(score.end() / QUARTER + 1, -3, 4).toArray();
        moved[0] = 0;
        return new Score(
                score.meters(),
                score.notes().stream()
                        .map(note -> new Note(
                                note.instrument(),
                                note.pitch(),
                                note.velocity(),
                                note.start() + moved[note.start() / QUARTER],
                                note.end() + moved[note.end() / QUARTER]))
                        .toList());
    }

    @Test
    void theSettingHasFewParallelsNoCrossingAndEndsOnTheTonic() {
        Score melody = hymn();
        VoiceLeading leading = VoiceLeading.NONE;
        for (long seed = 0; seed < 3; seed++) {
            List<Note> notes = new ArrayList<>(melody.notes());
            notes.addAll(set(melody, seed));
            Chorale chorale = Chorale.of(notes, 0, melody.end() / Chorale.STEP, Chorale.SINGERS);
            leading = leading.plus(VoiceLeading.of(chorale));

            assertEquals(7, chorale.pitch(chorale.length() - 1, Chorale.BASS) % 12, "seed " + seed);
        }
        assertTrue(leading.moves() > 50, leading::toString);
        assertTrue(leading.parallelsPerThousandMoves() <= 20, leading::toString);
        assertTrue(leading.crossingShare() <= 0.02, leading::toString);
    }

    @Test
    void theSameSeedGivesTheSameSetting() {
        assertEquals(set(hymn(), 4), set(hymn(), 4));
    }

    @Test
    void chordsAndSilenceAreNoMelody() {
        Note low = new Note(Chorale.SINGERS.get(0), 60, 5, 0, 24);
        Note high = new Note(Chorale.SINGERS.get(0), 64, 5, 0, 24);
        MeterMap meters = MeterMap.of(Meter.COMMON);

        assertThrows(
                IllegalArgumentException.class, () -> new Harmonizer(model, new Score(meters, List.of(low, high))));
        assertThrows(IllegalArgumentException.class, () -> new Harmonizer(model, new Score(meters, List.of())));
    }

    private static List<Note> set(Score melody, long seed) {
        return new Harmonizer(model, melody)
                .take(Harmonizer.USUAL_SAMPLING, seed, 2, tick -> true)
                .notes();
    }
}
