package org.continuo.engine.roll;

import java.awt.Color;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;

/** The colors of a piano roll, all to be read on black. */
final class RollColors {
    static final Color BACKGROUND = new Color(0x0c0d10);
    static final Color WHITE_KEY = new Color(0x1a1c22);
    static final Color BLACK_KEY = new Color(0x121419);
    static final Color OCTAVE_LINE = new Color(0x2b2f38);
    static final Color BEAT_LINE = new Color(0x252830);
    static final Color BAR_LINE = new Color(0x4a505d);
    static final Color FAINT_TEXT = new Color(0x8a909c);
    static final Color TEXT = new Color(0xd0d4dc);
    static final Color JOIN = new Color(0xffffff);

    /** What was given is this much dimmer than what grew out of it. */
    private static final float GIVEN = 0.66f;

    /** The light of the softest note; the loudest has 1. */
    private static final float SOFTEST = 0.55f;

    /** How much darker than its body a note's outline is. */
    private static final float OUTLINE = 0.55f;

    private static final Color[] BY_INSTRUMENT = {
        new Color(0x5aa9ff), // piano
        new Color(0xff6b6b), // violin
        new Color(0xb57bff), // cello
        new Color(0x8bd450), // bass
        new Color(0xff9f40), // guitar
        new Color(0x5cead9), // flute
        new Color(0xc09468), // clarinet
        new Color(0xffe25e), // trumpet
        new Color(0xff8ad4), // harp
        new Color(0xd8dce4), // drums
    };

    private RollColors() {}

    /** The color that stands for an instrument at full loudness. */
    static Color of(Instrument instrument) {
        return BY_INSTRUMENT[instrument.ordinal()];
    }

    /** The color of a note: brighter the louder, dimmer where it was given. */
    static Color of(Note note, boolean given) {
        float light = SOFTEST + (1 - SOFTEST) * note.velocity() / (Note.VELOCITIES - 1);
        return scaled(of(note.instrument()), given ? light * GIVEN : light);
    }

    static Color outline(Color body) {
        return scaled(body, OUTLINE);
    }

    private static Color scaled(Color color, float light) {
        return new Color(
                Math.round(color.getRed() * light),
                Math.round(color.getGreen() * light),
                Math.round(color.getBlue() * light));
    }
}
