package org.continuo.bridge.jam;

import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import org.continuo.engine.midi.ClipNote;
import org.continuo.engine.token.Instrument;

/** Has a synthesizer play what sounds: the model, and the musician too where their keyboard has no sound of its own. */
public final class SynthEar implements Ear {
    private static final int HIGH_WOOD_BLOCK = 76;
    private static final int LOW_WOOD_BLOCK = 77;
    private static final int ALL_SOUND_OFF = 120;
    private static final int NOW = -1;

    private final Receiver synth;
    private final boolean echo;

    /** @param echo whether the musician is heard too */
    public SynthEar(Receiver synth, boolean echo) {
        this.synth = synth;
        this.echo = echo;
    }

    /** The sound of a channel. */
    void program(int channel, Instrument instrument) {
        if (instrument.sustains()) {
            send(ShortMessage.PROGRAM_CHANGE, channel, instrument.program(), 0);
        }
    }

    /** A click of the metronome. */
    void click(boolean barLine) {
        int pitch = barLine ? HIGH_WOOD_BLOCK : LOW_WOOD_BLOCK;
        send(ShortMessage.NOTE_ON, ClipNote.DRUM_CHANNEL, pitch, barLine ? 110 : 80);
        send(ShortMessage.NOTE_OFF, ClipNote.DRUM_CHANNEL, pitch, 0);
    }

    /** For synthesizers that have missed an end. */
    void silence() {
        for (int channel = 0; channel < 16; channel++) {
            send(ShortMessage.CONTROL_CHANGE, channel, ALL_SOUND_OFF, 0);
        }
    }

    @Override
    public void on(boolean model, int channel, int pitch, int velocity) {
        if (model || echo) {
            send(ShortMessage.NOTE_ON, channel, pitch, velocity);
        }
    }

    @Override
    public void off(boolean model, int channel, int pitch) {
        if (model || echo) {
            send(ShortMessage.NOTE_OFF, channel, pitch, 0);
        }
    }

    @Override
    public void control(int channel, int controller, int value) {
        if (echo) {
            send(ShortMessage.CONTROL_CHANGE, channel, controller, value);
        }
    }

    private void send(int command, int channel, int first, int second) {
        try {
            synth.send(new ShortMessage(command, channel, first, second), NOW);
        } catch (InvalidMidiDataException e) {
            throw new IllegalArgumentException(e); // channel, pitch and velocity are in range
        }
    }
}
