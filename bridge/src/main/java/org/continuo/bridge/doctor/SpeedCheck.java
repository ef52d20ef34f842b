package org.continuo.bridge.doctor;

import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.continuo.engine.bench.PlayingBenchmark;
import org.continuo.engine.model.NoteModel;

/** How fast the model plays a dense band here, against how fast it has to play live. Takes about a second. */
public final class SpeedCheck implements Check {
    private static final int TOKENS = 800;
    /** Four dense parts at 240 to the minute; below, plans come too late. */
    private static final double NEEDED = 2;
    /** What is played is planned anew at every note of the musician's. */
    private static final double COMFORTABLE = 4;

    private final ModelCheck model;
    private final LongSupplier nanoseconds;

    /** @param model that has been looked at before */
    public SpeedCheck(ModelCheck model, LongSupplier nanoseconds) {
        this.model = model;
        this.nanoseconds = nanoseconds;
    }

    @Override
    public String name() {
        return "speed";
    }

    @Override
    public List<Finding> look() {
        NoteModel loaded = model.model();
        if (loaded == null) {
            return List.of(Finding.note(name(), "not measured, for want of a model", "mend the model first"));
        }
        return List.of(judge(PlayingBenchmark.run(loaded, TOKENS, nanoseconds).timesPlayingTime()));
    }

    Finding judge(double times) {
        String found = String.format(
                Locale.ROOT,
                "four dense parts at 120 BPM take 1/%.0f of their time; live playing wants 1/%.0f at most",
                times,
                COMFORTABLE);
        if (times >= COMFORTABLE) {
            return Finding.fine(name(), found);
        }
        found = String.format(
                Locale.ROOT,
                "%.1f times as fast as four dense parts at 120 BPM; live playing wants %.0f",
                times,
                COMFORTABLE);
        String remedy = "end what else computes, plug in the power supply, play with fewer parts, or let the model"
                + " remember less: continuo serve --context 1024";
        return times >= NEEDED ? Finding.note(name(), found, remedy) : Finding.wrong(name(), found, remedy);
    }
}
