package org.continuo.engine.token;

/**
 * The tokens of the score language, version 2 (1 knew no parts ahead, see {@link FeatureLayout}). After MuseNet (OpenAI
 * 2019): one token for each note start, combining instrument, pitch and velocity, and one for each note end; time is a bar
 * line, a beat, or a position inside the beat.
 *
 * <p>Ids: 0 start of piece, 1 end of piece, 2 bar, 3 beat, 4-26 positions 1-23, then for each instrument and pitch eight
 * note-ons and (drums apart) one note-off. The layout is frozen: trained weights depend on it.
 */
public final class Vocabulary {
    public static final int VERSION = 2;
    public static final int START = 0;
    public static final int END = 1;
    public static final int BAR = 2;
    public static final int BEAT = 3;

    private static final int FIRST_POSITION = 4;
    private static final int FIRST_NOTE = FIRST_POSITION + Score.TICKS_PER_QUARTER - 1;
    private static final int[] FIRST_OF_INSTRUMENT = firstOfInstrument();

    /** The number of tokens. */
    public static final int SIZE = FIRST_OF_INSTRUMENT[Instrument.COUNT];

    private static final byte[] INSTRUMENT = new byte[SIZE];
    private static final byte[] PITCH = new byte[SIZE];
    /** 0-7 for a note-on, -1 for a note-off. */
    private static final byte[] VELOCITY = new byte[SIZE];

    static {
        for (Instrument instrument : Instrument.values()) {
            for (int pitch = instrument.lowestPitch(); pitch <= instrument.highestPitch(); pitch++) {
                for (int velocity = 0; velocity < Note.VELOCITIES; velocity++) {
                    describe(noteOn(instrument, pitch, velocity), instrument, pitch, velocity);
                }
                if (instrument.sustains()) {
                    describe(noteOff(instrument, pitch), instrument, pitch, -1);
                }
            }
        }
    }

    private Vocabulary() {}

    private static int[] firstOfInstrument() {
        int[] first = new int[Instrument.COUNT + 1];
        first[0] = FIRST_NOTE;
        for (Instrument instrument : Instrument.values()) {
            int i = instrument.ordinal();
            first[i + 1] = first[i] + instrument.pitchCount() * tokensPerPitch(instrument);
        }
        return first;
    }

    private static int tokensPerPitch(Instrument instrument) {
        return instrument.sustains() ? Note.VELOCITIES + 1 : Note.VELOCITIES;
    }

    private static void describe(int token, Instrument instrument, int pitch, int velocity) {
        INSTRUMENT[token] = (byte) instrument.ordinal();
        PITCH[token] = (byte) pitch;
        VELOCITY[token] = (byte) velocity;
    }

    /** @param tick inside the beat, 1-23; position 0 is implied by bar and beat */
    public static int position(int tick) {
        if (tick < 1 || tick >= Score.TICKS_PER_QUARTER) {
            throw new IllegalArgumentException("position " + tick + " is not 1.." + (Score.TICKS_PER_QUARTER - 1));
        }
        return FIRST_POSITION + tick - 1;
    }

    /**
     * The note-on. Not checked: what is out of range is another note's token.
     *
     * @param pitch one that the instrument reaches
     * @param velocity a step, 0-7, see {@link Note#velocityStep}
     */
    public static int noteOn(Instrument instrument, int pitch, int velocity) {
        return firstOfPitch(instrument, pitch) + velocity;
    }

    /** The note-off of a sustaining instrument. */
    public static int noteOff(Instrument instrument, int pitch) {
        return firstOfPitch(instrument, pitch) + Note.VELOCITIES;
    }

    private static int firstOfPitch(Instrument instrument, int pitch) {
        return FIRST_OF_INSTRUMENT[instrument.ordinal()]
                + (pitch - instrument.lowestPitch()) * tokensPerPitch(instrument);
    }

    public static boolean isPosition(int token) {
        return token >= FIRST_POSITION && token < FIRST_NOTE;
    }

    public static boolean isNoteOn(int token) {
        return token >= FIRST_NOTE && VELOCITY[token] >= 0;
    }

    public static boolean isNoteOff(int token) {
        return token >= FIRST_NOTE && VELOCITY[token] < 0;
    }

    /** The tick inside the beat (1-23) of a position token. */
    public static int tickOf(int token) {
        return token - FIRST_POSITION + 1;
    }

    /** The instrument of a note-on or note-off. */
    public static Instrument instrumentOf(int token) {
        return Instrument.ofIndex(INSTRUMENT[token]);
    }

    /** The pitch of a note-on or note-off. */
    public static int pitchOf(int token) {
        return PITCH[token];
    }

    /** The velocity step of a note-on. */
    public static int velocityOf(int token) {
        return VELOCITY[token];
    }

    /** The first token of an instrument; its tokens end before {@code firstOf} the next. */
    static int firstOf(int instrument) {
        return FIRST_OF_INSTRUMENT[instrument];
    }

    /** A reader's name for a token: "bar", "+6", "piano 60 on 4", "piano 60 off". */
    public static String describe(int token) {
        if (isPosition(token)) {
            return "+" + tickOf(token);
        }
        if (token >= FIRST_NOTE && token < SIZE) {
            String note = instrumentOf(token).label() + " " + pitchOf(token);
            return isNoteOn(token) ? note + " on " + velocityOf(token) : note + " off";
        }
        return switch (token) {
            case START -> "start";
            case END -> "end";
            case BAR -> "bar";
            case BEAT -> "beat";
            default -> throw new IllegalArgumentException("token " + token + " is not 0.." + (SIZE - 1));
        };
    }
}
