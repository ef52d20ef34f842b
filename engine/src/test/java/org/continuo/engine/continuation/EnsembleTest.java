package org.continuo.engine.continuation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Style;
import org.continuo.protocol.time.Meter;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    private static final Opening NOTHING = Opening.of(StartingPrompt.nothing(Meter.COMMON, 120));

    @Test
    void everyStyleHasPlayersAndTheThreeOfARockBandAreAmongThem() {
        for (int style = 0; style < Style.NAMES.size(); style++) {
            assertFalse(Ensemble.usualIn(style).isEmpty(), Style.NAMES.get(style));
        }
        assertEquals(
                EnumSet.of(Instrument.BASS, Instrument.GUITAR, Instrument.DRUMS),
                Ensemble.usualIn(Style.indexOf("rock")));
        assertEquals(Set.of(Instrument.PIANO), Ensemble.usualIn(Conditions.OPEN));
    }

    @Test
    void fromNothingTheModelIsToldHowSuchMusicIsMade() {
        for (String band : List.of("jazz", "rock", "latin")) {
            assertEquals(Conditions.Kind.SYNTHETIC, fromNothing(band).kind(), band);
        }
        for (String written : List.of("ragtime", "game", "chopin")) {
            assertEquals(Conditions.Kind.SCORE, fromNothing(written).kind(), written);
        }
    }

    @Test
    void whatIsGivenSpeaksForItself() {
        Conditions conditions =
                Opening.of(StartingPrompt.named("four-bar-band")).conditions(Style.indexOf("jazz"), null);

        assertEquals(EnumSet.of(Instrument.PIANO, Instrument.BASS, Instrument.DRUMS), conditions.instruments());
        assertNull(conditions.kind());
    }

    @Test
    void whoeverIsAskedForPlaysInAnyStyle() {
        Set<Instrument> asked = EnumSet.of(Instrument.HARP, Instrument.FLUTE);

        assertEquals(asked, NOTHING.conditions(Style.indexOf("rock"), asked).instruments());
    }

    private static Conditions fromNothing(String style) {
        return NOTHING.conditions(Style.indexOf(style), null);
    }
}
