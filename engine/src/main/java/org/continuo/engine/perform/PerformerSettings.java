package org.continuo.engine.perform;

import org.continuo.engine.sample.Sampling;
import org.continuo.engine.token.Conditions;

/**
 * What a player may set while it plays. Immutable, thread-safe.
 *
 * @param mode when the model plays
 * @param wishes style, kind, key and density; its instruments are not looked at, the parts say them
 * @param sampling how a token is picked
 * @param seed of all that is picked
 * @param lookahead how far ahead of the playhead is planned, in quarter notes, 0.25 to 8
 * @param polyphony the most notes that one part of the model sounds at once, 1 to 16
 * @param patience quarter notes of silence before mode continue takes over; negative for one bar
 * @param commit seconds before it sounds that a note is settled: time for a plan to reach the host, 0 to 1
 * @param controls what the musician holds the model to
 */
public record PerformerSettings(
        Mode mode,
        Conditions wishes,
        Sampling sampling,
        long seed,
        double lookahead,
        int polyphony,
        double patience,
        double commit,
        Controls controls) {
    /** Accompany, nothing asked for, the model's distribution, seed 1, two quarters ahead, six voices, 20 ms. */
    public static final PerformerSettings DEFAULT =
            new PerformerSettings(Mode.ACCOMPANY, Conditions.NONE, Sampling.PLAIN, 1, 2, 6, -1, 0.020);

    /** Without controls. */
    public PerformerSettings(
            Mode mode,
            Conditions wishes,
            Sampling sampling,
            long seed,
            double lookahead,
            int polyphony,
            double patience,
            double commit) {
        this(mode, wishes, sampling, seed, lookahead, polyphony, patience, commit, Controls.OPEN);
    }

    public PerformerSettings {
        // written so that NaN fails too
        if (!(lookahead >= 0.25 && lookahead <= 8)) {
            throw new IllegalArgumentException("lookahead " + lookahead + " is not 0.25 to 8 quarter notes");
        }
        if (polyphony < 1 || polyphony > 16) {
            throw new IllegalArgumentException("polyphony " + polyphony + " is not 1..16");
        }
        if (!(patience < 1e6)) {
            throw new IllegalArgumentException("patience " + patience + " is not a number below a million");
        }
        if (!(commit >= 0 && commit <= 1)) {
            throw new IllegalArgumentException("commit " + commit + " is not 0 to 1 second");
        }
    }

    public PerformerSettings withMode(Mode value) {
        return new PerformerSettings(value, wishes, sampling, seed, lookahead, polyphony, patience, commit, controls);
    }

    public PerformerSettings withWishes(Conditions value) {
        return new PerformerSettings(mode, value, sampling, seed, lookahead, polyphony, patience, commit, controls);
    }

    public PerformerSettings withSampling(Sampling value) {
        return new PerformerSettings(mode, wishes, value, seed, lookahead, polyphony, patience, commit, controls);
    }

    public PerformerSettings withSeed(long value) {
        return new PerformerSettings(mode, wishes, sampling, value, lookahead, polyphony, patience, commit, controls);
    }

    public PerformerSettings withLookahead(double value) {
        return new PerformerSettings(mode, wishes, sampling, seed, value, polyphony, patience, commit, controls);
    }

    public PerformerSettings withPolyphony(int value) {
        return new PerformerSettings(mode, wishes, sampling, seed, lookahead, value, patience, commit, controls);
    }

    public PerformerSettings withPatience(double value) {
        return new PerformerSettings(mode, wishes, sampling, seed, lookahead, polyphony, value, commit, controls);
    }

    public PerformerSettings withControls(Controls value) {
        return new PerformerSettings(mode, wishes, sampling, seed, lookahead, polyphony, patience, commit, value);
    }
}
