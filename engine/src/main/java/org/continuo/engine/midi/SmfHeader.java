package org.continuo.engine.midi;

/**
 * The header chunk of a Standard MIDI File, with its time division turned into ticks per quarter note.
 *
 * <p>A division in SMPTE frames counts seconds, not quarters. It becomes 120 quarters to the minute, which is exact: a
 * quarter is half a second of frames, where needed with every tick doubled; the 29.97 of drop frame goes into the tempo
 * (500,500 microseconds).
 *
 * @param format 0, 1 or 2
 * @param tracks tracks that the file claims to hold, 0 to 65,535; not to be relied upon
 * @param resolution ticks per quarter note, 1 to 32,767, after the factor
 * @param tickFactor what every tick of the file is multiplied by, 1 or 2
 * @param fixedTempo microseconds per quarter note in place of the file's tempo events, or 0 to use those
 */
record SmfHeader(int format, int tracks, int resolution, int tickFactor, int fixedTempo) {

    static SmfHeader of(String file, int format, int tracks, int division) throws MidiFileException {
        if (format > 2) {
            throw new MidiFileException(file, "its format is " + format + ", where 0, 1 and 2 exist");
        }
        if (format == 2 && tracks > 1) {
            throw new MidiFileException(
                    file, "format 2 (" + tracks + " patterns that do not play together); save it as format 0 or 1");
        }
        if ((division & 0x8000) == 0) {
            if (division == 0) {
                throw new MidiFileException(file, "its header counts 0 ticks to the quarter note");
            }
            return new SmfHeader(format, tracks, division, 1, 0);
        }
        int frames = 0x100 - (division >> 8);
        int ticks = division & 0xff;
        if (ticks == 0 || (frames != 24 && frames != 25 && frames != 29 && frames != 30)) {
            throw new MidiFileException(
                    file,
                    "its header counts " + ticks + " ticks in each of " + frames
                            + " frames a second, where 24, 25, 29 and 30 frames exist");
        }
        int ticksPerSecond = (frames == 29 ? 30 : frames) * ticks;
        int tempo = frames == 29 ? 500_500 : 500_000;
        return ticksPerSecond % 2 == 0
                ? new SmfHeader(format, tracks, ticksPerSecond / 2, 1, tempo)
                : new SmfHeader(format, tracks, ticksPerSecond, 2, tempo);
    }

    /** The last tick that may be used. */
    long lastTick() {
        return (long) MidiLimits.QUARTERS * resolution;
    }
}
