package org.continuo.bridge.jam;

import java.util.function.Consumer;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.Performer;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.protocol.message.PlanSink;

/**
 * A partner in the host's own thread: time stands while it thinks, so that the same words give the same plans on every machine.
 * {@link #work} blocks for at most one read of the model.
 */
final class InStep implements Partner {
    private final Performer performer;

    InStep(NoteModel model, PerformerSettings settings, PlanSink host) {
        this.performer = new Performer(model, settings, host);
    }

    @Override
    public void tell(Consumer<Performer> word) {
        word.accept(performer);
    }

    @Override
    public boolean work(double performance, double rate) {
        return performer.work(performance);
    }

    @Override
    public void close() {
        performer.close();
    }
}
