package org.continuo.bridge.jam;

/** Hears a jam as it sounds: a synthesizer, or somebody who counts. Called by the jam's thread. */
public interface Ear {
    /** A key goes down; {@code model} says whose. */
    void on(boolean model, int channel, int pitch, int velocity);

    void off(boolean model, int channel, int pitch);

    /** The musician's controller. */
    void control(int channel, int controller, int value);

    /** Hears nothing. */
    Ear NONE = new Ear() {
        @Override
        public void on(boolean model, int channel, int pitch, int velocity) {}

        @Override
        public void off(boolean model, int channel, int pitch) {}

        @Override
        public void control(int channel, int controller, int value) {}
    };
}
