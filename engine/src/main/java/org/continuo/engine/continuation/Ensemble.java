package org.continuo.engine.continuation;

import static org.continuo.engine.token.Instrument.BASS;
import static org.continuo.engine.token.Instrument.CELLO;
import static org.continuo.engine.token.Instrument.CLARINET;
import static org.continuo.engine.token.Instrument.DRUMS;
import static org.continuo.engine.token.Instrument.FLUTE;
import static org.continuo.engine.token.Instrument.GUITAR;
import static org.continuo.engine.token.Instrument.PIANO;
import static org.continuo.engine.token.Instrument.TRUMPET;
import static org.continuo.engine.token.Instrument.VIOLIN;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Style;

/**
 * Who plays where nobody is given or asked for: the line-up that is commonest in a style's training music, counting those who
 * have a fiftieth of its notes; where half of the pieces have drums, the commonest of three players or more with drums. Voices
 * are the violin's. The piano alone where that or no style is named.
 */
final class Ensemble {
    private static final Map<Integer, Set<Instrument>> OF_STYLE = new HashMap<>();

    static {
        put(EnumSet.of(PIANO, VIOLIN), "art-song", "modern", "marenzio", "schubert", "schumann", "moniuszko");
        put(EnumSet.of(PIANO, VIOLIN), "wieniawski", "satie", "holmes");
        put(EnumSet.of(VIOLIN), "renaissance", "mendelssohn");
        put(EnumSet.of(VIOLIN, CELLO), "vivaldi", "haydn");
        put(EnumSet.of(GUITAR), "giuliani", "sor");
        put(EnumSet.of(VIOLIN, CELLO, CLARINET, TRUMPET), "bruckner", "beach");
        put(EnumSet.of(VIOLIN, FLUTE, CLARINET, TRUMPET), "dvorak");
        put(EnumSet.of(PIANO, BASS, GUITAR, CLARINET, TRUMPET, DRUMS), "jazz");
        put(EnumSet.of(PIANO, BASS, GUITAR, CLARINET, DRUMS), "blues");
        put(EnumSet.of(PIANO, BASS, GUITAR, DRUMS), "funk", "pop", "game", "freedoom");
        put(EnumSet.of(BASS, GUITAR, DRUMS), "rock", "disco");
        put(EnumSet.of(PIANO, VIOLIN, BASS, DRUMS), "latin");
        put(EnumSet.of(VIOLIN, BASS, GUITAR, DRUMS), "country");
    }

    private Ensemble() {}

    private static void put(Set<Instrument> players, String... styles) {
        for (String style : styles) {
            OF_STYLE.put(Style.indexOf(style), Collections.unmodifiableSet(players));
        }
    }

    /** @param style a style's index, or {@link Conditions#OPEN} */
    static Set<Instrument> usualIn(int style) {
        return OF_STYLE.getOrDefault(style, Set.of(PIANO));
    }

    /** How a style's music for these players mostly came about: bands are made by program, but for games. */
    static Conditions.Kind usualKind(int style, Set<Instrument> players) {
        boolean written = style == Style.indexOf("game") || style == Style.indexOf("freedoom");
        return players.contains(DRUMS) && !written ? Conditions.Kind.SYNTHETIC : Conditions.Kind.SCORE;
    }
}
