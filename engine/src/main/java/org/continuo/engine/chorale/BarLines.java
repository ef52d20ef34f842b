package org.continuo.engine.chorale;

import java.util.List;
import org.continuo.protocol.time.Meter;

/**
 * Where the bar lines of a chorale may be, as the grid does not say.
 *
 * @param upbeat steps before the first full bar
 */
public record BarLines(Meter meter, int upbeat) {
    private static final Meter TRIPLE = new Meter(3, 4);

    /** All that are considered: common and triple time, each with every upbeat of whole quarters. */
    public static final List<BarLines> ALL = List.of(
            new BarLines(Meter.COMMON, 0),
            new BarLines(Meter.COMMON, 4),
            new BarLines(Meter.COMMON, 8),
            new BarLines(Meter.COMMON, 12),
            new BarLines(TRIPLE, 0),
            new BarLines(TRIPLE, 4),
            new BarLines(TRIPLE, 8));
}
