package org.continuo.engine.perform;

import java.util.List;
import org.continuo.engine.model.ModelException;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.token.Instrument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A pianist and a band on a virtual host, with a model that would play anything. */
abstract class BandFixture {
    static final int PIANO = 0;
    static final int GUITAR = 1;
    static final int BASS = 2;
    static final int DRUMS = 3;
    private static final int[] SCALE = {60, 62, 64, 65, 67, 69, 71, 72};

    /** Each test's own: classes run beside each other, and one that closed what they share would take it from the next. */
    NoteModel model;

    final VirtualHost host = new VirtualHost();

    @BeforeEach
    void load() throws ModelException {
        model = BandModel.load();
    }

    @AfterEach
    void close() {
        model.close();
    }

    List<VirtualHost.Onset> pitched() {
        return host.onsets.stream().filter(onset -> onset.channel() != DRUMS).toList();
    }

    long played(int channel, double from, double to) {
        return host.onsets.stream()
                .filter(onset -> onset.channel() == channel && onset.performance() >= from && onset.performance() < to)
                .count();
    }

    Performer band(Controls controls) {
        return band(Mode.ACCOMPANY, controls);
    }

    Performer band(Mode mode, Controls controls) {
        Performer performer = performer(mode, controls);
        performer.part(PIANO, Instrument.PIANO, Player.MUSICIAN);
        performer.part(GUITAR, Instrument.GUITAR, Player.MODEL);
        performer.part(BASS, Instrument.BASS, Player.MODEL);
        performer.part(DRUMS, Instrument.DRUMS, Player.MODEL);
        return performer;
    }

    Performer performer(Mode mode, Controls controls) {
        Performer performer =
                new Performer(model, PerformerSettings.DEFAULT.withMode(mode).withControls(controls), host);
        host.play(performer);
        return performer;
    }

    void start(Performer performer) {
        host.play(performer);
        host.start();
    }

    /** Eighths, half of each sounding. */
    void playScale(Performer performer, double quarters) {
        double end = host.performance + quarters;
        for (int i = 0; host.performance < end - 1e-9; i++) {
            int pitch = SCALE[i % SCALE.length];
            performer.noteOn(host.performance, PIANO, pitch, 80);
            rest(Math.min(0.25, end - host.performance));
            performer.noteOff(host.performance, PIANO, pitch);
            rest(Math.min(0.25, end - host.performance));
        }
    }

    void rest(double quarters) {
        double end = host.performance + quarters;
        while (host.performance < end - 1e-9) {
            host.block(Math.min(0.01, (end - host.performance) * 60 / host.tempo), 10_000);
        }
    }
}
