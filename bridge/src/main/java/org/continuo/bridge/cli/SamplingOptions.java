package org.continuo.bridge.cli;

import org.continuo.engine.sample.Sampling;
import picocli.CommandLine.Option;

/** How boldly the model plays. */
final class SamplingOptions {
    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0.95",
            description = "0 plays the likeliest, 1 as learnt, more is wilder (default ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            defaultValue = "0.98",
            description = "Keeps the likeliest tokens up to this share (default ${DEFAULT-VALUE}).")
    private double topP;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            defaultValue = "0",
            description = "Keeps so many of the likeliest tokens; 0 for all (default ${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            defaultValue = "0",
            description = "Drops tokens below this share of the likeliest (default ${DEFAULT-VALUE}).")
    private double minP;

    Sampling sampling() throws UsageException {
        try {
            return new Sampling(temperature, topK, topP, minP);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
