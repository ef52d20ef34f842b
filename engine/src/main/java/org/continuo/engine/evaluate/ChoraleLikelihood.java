package org.continuo.engine.evaluate;

import java.util.List;
import org.continuo.engine.chorale.BarLines;
import org.continuo.engine.chorale.Chorale;
import org.continuo.engine.token.Instrument;

/**
 * How well a model foretells chorales, in nats for each of the four voices at each sixteenth: the total nats of the piece,
 * time and end included, over four times its steps. Four voices are four instruments, so nothing merges.
 *
 * <p>The grid has no bar lines. The model's probability of a piece is the mean over all {@link BarLines#ALL}, as if drawn
 * evenly: choosing costs the logarithm of their number and is counted. Confined to one thread; blocks while the model
 * computes.
 */
public final class ChoraleLikelihood {
    private final Likelihood likelihood;
    private final List<Instrument> singers;

    public ChoraleLikelihood(Likelihood likelihood, List<Instrument> singers) {
        this.likelihood = likelihood;
        this.singers = singers;
    }

    /** Nats of one chorale. */
    public double nats(Chorale chorale) {
        double[] nats = new double[BarLines.ALL.size()];
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < nats.length; i++) {
            nats[i] = nats(chorale, BarLines.ALL.get(i));
            least = Math.min(least, nats[i]);
        }
        double sum = 0;
        for (double one : nats) {
            sum += Math.exp(least - one);
        }
        return least - Math.log(sum / nats.length);
    }

    /** Nats of one chorale with its bar lines told. */
    double nats(Chorale chorale, BarLines bars) {
        return likelihood
                .of(chorale.score(bars.meter(), bars.upbeat(), Chorale.VOICES, singers), Chorale.conditions(singers))
                .nats();
    }
}
