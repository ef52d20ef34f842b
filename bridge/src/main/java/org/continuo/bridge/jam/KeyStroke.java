package org.continuo.bridge.jam;

import java.util.List;

/** A script's musician strikes a key; {@link #end} lets go of it again. Immutable. */
final class KeyStroke implements JamStep.Act {
    private final int channel;
    private final int pitch;
    private final int velocity;

    KeyStroke(int channel, int pitch, int velocity) {
        this.channel = channel;
        this.pitch = pitch;
        this.velocity = velocity;
    }

    /** Its end. */
    JamStep.Act end() {
        return new End(this);
    }

    private record End(KeyStroke stroke) implements JamStep.Act {
        @Override
        public void on(JamHost host) {
            host.noteOff(stroke.channel, stroke.pitch);
        }
    }

    @Override
    public void on(JamHost host) {
        host.noteOn(channel, pitch, velocity);
    }

    /**
     * Leaves of the ends of strokes those at which their key is still down by them: one that was struck again since, which let go of
     * it, is held by the stroke that came last.
     *
     * @param steps in order
     */
    static void letGoOnce(List<JamScript.Step> steps) {
        KeyStroke[] last = new KeyStroke[16 * 128];
        steps.removeIf(step -> {
            if (step.act() instanceof KeyStroke stroke) {
                last[stroke.key()] = stroke;
            }
            return step.act() instanceof End end && last[end.stroke.key()] != end.stroke;
        });
    }

    private int key() {
        return channel * 128 + pitch;
    }
}
