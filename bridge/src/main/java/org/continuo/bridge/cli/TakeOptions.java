package org.continuo.bridge.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.continuo.engine.sample.PlaceRandom;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How many takes are made, from which seeds, where they go and how they are told of. */
final class TakeOptions {
    private static final int MOST_TAKES = 100;
    private static final int MOST_CANDIDATES = 64;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT.mid",
            description = "Where the result goes; beside the clip, or here, unless given.")
    private Path output;

    @Option(names = "--seed", paramLabel = "N", description = "Makes the same take again; drawn unless given.")
    private Long seed;

    @Option(
            names = "--takes",
            paramLabel = "K",
            defaultValue = "1",
            description = "Makes K takes, numbered -1, -2, ...; of continuations the most natural first.")
    private int takes;

    @Option(names = "--picture", paramLabel = "OUT.png", description = "Draws the piano roll, given and new.")
    private Path picture;

    @Option(names = "--json", description = "Prints one JSON object for each take.")
    private boolean json;

    static void check(String option, Integer value, int most) throws UsageException {
        if (value != null && (value < 1 || value > most)) {
            throw new UsageException(option + " " + value + " is not 1.." + most);
        }
    }

    /** Tries for one take, of which the best is kept; each command has its own usual number. */
    static void checkCandidates(int candidates) throws UsageException {
        check("--candidates", candidates, MOST_CANDIDATES);
    }

    void check() throws UsageException {
        check("--takes", takes, MOST_TAKES);
    }

    int takes() {
        return takes;
    }

    /** Of each take. A derived seed has 31 bits like a drawn one: a take's seed alone makes it again. */
    long[] seeds() {
        long[] seeds = new long[takes];
        seeds[0] = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
        for (int i = 1; i < takes; i++) {
            seeds[i] = PlaceRandom.derive(seeds[0], i + 1) >>> 33;
        }
        return seeds;
    }

    /** Where they go: where the user says, else to {@code clip} with a word after its name. */
    OutputFiles files(Path clip, String suffix) {
        return new OutputFiles(clip, suffix, output, picture, takes);
    }

    /**
     * Puts takes there.
     *
     * @param what the music that was given and what was done with it
     * @param model its name
     */
    TakeWriter writer(OutputFiles files, CommandSpec spec, String what, String model) {
        return new TakeWriter(files, this, spec.commandLine().getOut(), what, model);
    }

    void print(PrintWriter out, TakeReport report) throws Exception {
        out.println(json ? report.json() : report.line());
        out.flush();
    }
}
