package org.continuo.engine.sample;

import java.util.Arrays;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Note;
import org.continuo.engine.token.Score;
import org.continuo.engine.token.Vocabulary;

/**
 * Cues, as a conductor gives them: whoever was asked to play and has been silent for longer than is natural is drawn in, the
 * more the longer. A model goes on as it hears: beside a clip without a bass, or a musician who plays a note a bar, it would
 * leave its bass out for good, whatever instruments it is told.
 *
 * <p>A cue makes every start of an instrument likelier by so many nats; which note it is stays the model's choice. To be
 * given where an entrance fits, on the beat. Not thread-safe; allocates nothing after construction.
 */
public final class Cues {
    /** Nats for each quarter note of silence beyond what is natural. */
    private static final double URGE = 3;

    private static final double MOST_URGE = 12;

    private static final double PATIENCE = 2;
    private static final double PATIENCE_WITH_RHYTHM = 1;

    private final double[] nats = new double[Instrument.COUNT];
    private final float[] cued = new float[Vocabulary.SIZE];
    private double placeNats;
    private boolean given;

    /** No cues. */
    public void clear() {
        Arrays.fill(nats, 0);
        placeNats = 0;
        given = false;
    }

    /**
     * Cues an instrument if it has been silent for too long.
     *
     * @param silence quarter notes since it was last heard
     * @param patience quarter notes of silence that are natural
     */
    public void give(Instrument instrument, double silence, double patience) {
        double urge = Math.min(MOST_URGE, URGE * (silence - patience));
        if (urge > 0) {
            lean(instrument, urge);
        }
    }

    /** Has an instrument start more readily by so many nats, or less where they are negative, on top of what was said. */
    public void lean(Instrument instrument, double by) {
        nats[instrument.ordinal()] += by;
        given = true;
    }

    /** Has places between the beats named more readily by so many nats, or less where they are negative. */
    public void leanPlaces(double by) {
        placeNats += by;
        given = true;
    }

    /** Quarter notes of silence that are natural beside others who play: less for those who carry the beat. */
    public static double patience(Instrument instrument) {
        boolean rhythm = instrument == Instrument.DRUMS || instrument == Instrument.BASS;
        return rhythm ? PATIENCE_WITH_RHYTHM : PATIENCE;
    }

    /**
     * Starts in a quarter note that are lively for an instrument: of the stretches of four quarter notes in which it plays in the
     * training music, eight or nine in ten have fewer.
     */
    public static double lively(Instrument instrument) {
        return switch (instrument) {
            case DRUMS, PIANO, GUITAR, HARP -> 6;
            case BASS -> 3;
            default -> 4;
        };
    }

    /** Quarter notes of silence after which more makes no difference. */
    public static double longestSilence(double patience) {
        return patience + MOST_URGE / URGE;
    }

    /**
     * The logits with the cues in them.
     *
     * @param logits of the whole vocabulary; not changed
     * @return the same array where there are no cues, else one that holds until the next call
     */
    public float[] in(float[] logits) {
        if (!given) {
            return logits;
        }
        System.arraycopy(logits, 0, cued, 0, cued.length);
        for (int i = 0; i < Instrument.COUNT; i++) {
            if (nats[i] != 0) {
                add(Instrument.ofIndex(i), (float) nats[i]);
            }
        }
        for (int tick = 1; tick < Score.TICKS_PER_QUARTER; tick++) {
            cued[Vocabulary.position(tick)] += (float) placeNats;
        }
        return cued;
    }

    private void add(Instrument instrument, float by) {
        for (int pitch = instrument.lowestPitch(); pitch <= instrument.highestPitch(); pitch++) {
            int first = Vocabulary.noteOn(instrument, pitch, 0);
            for (int velocity = 0; velocity < Note.VELOCITIES; velocity++) {
                cued[first + velocity] += by;
            }
        }
    }
}
