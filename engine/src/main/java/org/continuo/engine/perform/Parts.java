package org.continuo.engine.perform;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.continuo.engine.token.Instrument;

/**
 * Who plays what on which channel. A musician who plays on a channel of which nothing was said, or one that is not
 * theirs, is heard all the same: as the piano, or the drums on channel 9 (the tenth).
 *
 * <p>Not thread-safe.
 */
final class Parts {
    static final int CHANNELS = 16;
    private static final int DRUM_CHANNEL = 9;

    private final Instrument[] instruments = new Instrument[CHANNELS];
    private final Player[] players = new Player[CHANNELS];
    /** What the musician is heard as, by channel, where the part is not theirs; null until they play there. */
    private final Instrument[] standIns = new Instrument[CHANNELS];
    /** Whether the musician has played on the channel since the phrase began. */
    private final boolean[] heard = new boolean[CHANNELS];
    /** What the model may play, by channel. */
    private final int[] lowest = new int[CHANNELS];

    private final int[] highest = new int[CHANNELS];

    Parts() {
        Arrays.fill(highest, 127);
        Arrays.fill(players, Player.NOBODY);
    }

    void set(int channel, Instrument instrument, Player player) {
        instruments[channel] = instrument;
        players[channel] = player;
        standIns[channel] = null;
        if (player == Player.MODEL) {
            leave(instrument);
        }
    }

    /** The model is to play it: a musician who was heard as it on a channel of something else is heard as another from now on. */
    private void leave(Instrument instrument) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            if (standIns[channel] == instrument && instrument.sustains() && !isUndeclared(channel)) {
                standIns[channel] = null;
            }
        }
    }

    private boolean isUndeclared(int channel) {
        return players[channel] == Player.NOBODY && instruments[channel] == null;
    }

    /** The pitches that the model may play on a channel, in either order. */
    void register(int channel, int low, int high) {
        lowest[channel] = Math.min(low, high);
        highest[channel] = Math.max(low, high);
    }

    /** What the musician plays on a channel; a stand-in stays until the model is to play it. */
    Instrument musicianOn(int channel) {
        if (players[channel] == Player.MUSICIAN) {
            return instruments[channel];
        }
        if (standIns[channel] == null) {
            standIns[channel] = standIn(channel);
        }
        return standIns[channel];
    }

    /** Whether {@link #musicianOn} would bring in an instrument. */
    boolean isNew(int channel) {
        return players[channel] != Player.MUSICIAN && standIns[channel] == null;
    }

    private Instrument standIn(int channel) {
        Instrument usual = channel == DRUM_CHANNEL ? Instrument.DRUMS : Instrument.PIANO;
        if (isUndeclared(channel) || usual == Instrument.DRUMS) {
            return usual;
        }
        // on the model's own channel the musician must not take its instrument away
        for (Instrument instrument : Instrument.values()) {
            if (instrument.sustains() && !modelPlays(instrument)) {
                return instrument;
            }
        }
        return usual;
    }

    private boolean modelPlays(Instrument instrument) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            if (players[channel] == Player.MODEL && instruments[channel] == instrument) {
                return true;
            }
        }
        return false;
    }

    private boolean musicianPlays(Instrument instrument) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            if (players[channel] == Player.MUSICIAN && instruments[channel] == instrument
                    || standIns[channel] == instrument) {
                return true;
            }
        }
        return false;
    }

    /** The musician plays on a channel; whether for the first time in the phrase. */
    boolean hear(int channel) {
        boolean first = !heard[channel];
        heard[channel] = true;
        return first;
    }

    void forgetPhrase() {
        Arrays.fill(heard, false);
    }

    /**
     * Gives the model what it may play: its own parts where the mode lets it, those of the musician's phrase where it has
     * taken over from them, or answers them and has none of its own. On a channel that is its own it plays its own part.
     */
    void deal(Hand hand, Mode mode, boolean takenOver) {
        if (takenOver || mode.playsOwnParts()) {
            giveOwn(hand);
        }
        if (takenOver) {
            giveHeard(hand);
        }
        if (hand.isEmpty() && mode == Mode.TRADE) {
            giveHeard(hand);
        }
    }

    /** What the musician plays too is the musician's. */
    private void giveOwn(Hand hand) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            if (players[channel] == Player.MODEL && !musicianPlays(instruments[channel])) {
                hand.play(instruments[channel], channel, lowest[channel], highest[channel]);
            }
        }
    }

    private void giveHeard(Hand hand) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            if (heard[channel]) {
                hand.play(musicianOn(channel), channel, lowest[channel], highest[channel]);
            }
        }
    }

    /** Every instrument in the band, or null if there is none. */
    Set<Instrument> band() {
        Set<Instrument> band = EnumSet.noneOf(Instrument.class);
        for (int channel = 0; channel < CHANNELS; channel++) {
            if (players[channel] != Player.NOBODY) {
                band.add(instruments[channel]);
            }
            if (standIns[channel] != null) {
                band.add(standIns[channel]);
            }
        }
        return band.isEmpty() ? null : band;
    }
}
