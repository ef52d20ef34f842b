package org.continuo.engine.midi;

import org.continuo.protocol.time.Meter;

/**
 * A meter from a tick on.
 *
 * @param tick place in ticks of the clip's resolution; a bar starts here
 * @param meter the meter
 */
public record MeterChange(long tick, Meter meter) {}
