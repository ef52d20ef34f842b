package org.continuo.engine.token;

import java.util.Locale;

/**
 * The ten instruments of the score language. Every General MIDI program maps onto one, so any band can be read; what a
 * generated part sounds like is the host's choice.
 *
 * <p>Pitch ranges (MIDI note numbers, inclusive) hold at least 999 of 1,000 notes of the training music; notes outside
 * are folded in by octaves. The ordinals are part of the frozen vocabulary.
 */
public enum Instrument {
    PIANO(0, 21, 108),
    VIOLIN(40, 28, 103),
    CELLO(42, 24, 84),
    BASS(33, 12, 67),
    GUITAR(25, 28, 91),
    FLUTE(73, 36, 103),
    CLARINET(71, 28, 94),
    TRUMPET(56, 26, 91),
    HARP(46, 24, 103),
    DRUMS(0, 27, 87);

    public static final int COUNT = 10;
    private static final Instrument[] BY_INDEX = values();

    private final int program;
    private final int lowestPitch;
    private final int highestPitch;
    private final String label = name().toLowerCase(Locale.ROOT);

    Instrument(int program, int lowestPitch, int highestPitch) {
        this.program = program;
        this.lowestPitch = lowestPitch;
        this.highestPitch = highestPitch;
    }

    /** The General MIDI program (0-127) a part of this instrument is written with; unused for drums. */
    public int program() {
        return program;
    }

    public int lowestPitch() {
        return lowestPitch;
    }

    public int highestPitch() {
        return highestPitch;
    }

    public int pitchCount() {
        return highestPitch - lowestPitch + 1;
    }

    /** Whether its notes have an end. A drum stroke only has a start. */
    public boolean sustains() {
        return this != DRUMS;
    }

    public boolean reaches(int pitch) {
        return pitch >= lowestPitch && pitch <= highestPitch;
    }

    /** The pitch itself, or the nearest octave of it that the instrument reaches. */
    public int fold(int pitch) {
        int folded = pitch;
        while (folded < lowestPitch) {
            folded += 12;
        }
        while (folded > highestPitch) {
            folded -= 12;
        }
        return folded;
    }

    /** The lower-case name used on the command line and in model.json. */
    public String label() {
        return label;
    }

    /** The instrument of a label, or null. */
    public static Instrument ofLabel(CharSequence label) {
        for (Instrument instrument : BY_INDEX) {
            if (instrument.label.contentEquals(label)) {
                return instrument;
            }
        }
        return null;
    }

    public static Instrument ofIndex(int index) {
        return BY_INDEX[index];
    }

    /**
     * The instrument that stands for a General MIDI program (0-127) on any channel but the tenth, which is drums. Families
     * without an instrument of their own go to the nearest in register and attack: keys, mallets, organs and synths to the
     * piano, choirs and ensembles to the violin, reeds to the clarinet.
     */
    public static Instrument ofProgram(int program) {
        if (program < 0 || program > 127) {
            throw new IllegalArgumentException("program " + program + " is not 0..127");
        }
        if (program <= 23 || program >= 80 && program <= 103) {
            return PIANO;
        }
        if (program <= 31 || program >= 104) {
            return GUITAR;
        }
        if (program <= 39) {
            return BASS;
        }
        return switch (program) {
            case 42, 43 -> CELLO;
            case 46 -> HARP;
            default -> program <= 55 ? VIOLIN : program <= 63 ? TRUMPET : program <= 71 ? CLARINET : FLUTE;
        };
    }
}
