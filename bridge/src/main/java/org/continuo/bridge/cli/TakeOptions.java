package org.continuo.bridge.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.continuo.engine.continuation.Seeds;
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
            description = "Makes K takes; of continuations the most natural first. Files are numbered -1, -2, ...; of"
                    + " what goes on from a take, unless -o names them, by the takes' own numbers.")
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

    /** Of each take. */
    long[] seeds() {
        return Seeds.of(seed == null ? Seeds.drawn() : seed, takes);
    }

    /** Where they go: where the user says, else to the usual place. */
    OutputFiles files(OutputFiles.Usual usual) {
        return new OutputFiles(usual, output, picture, takes);
    }

    /**
     * Puts takes there.
     *
     * @param what the music that was given and what was done with it
     * @param model its name
     */
    TakeWriter writer(OutputFiles files, PrintWriter out, String what, String model) {
        return new TakeWriter(files, this, out, what, model);
    }

    void print(PrintWriter out, TakeReport report) throws Exception {
        out.println(json ? report.json() : report.line());
        out.flush();
    }
}
