package org.continuo.bridge.cli;

import org.continuo.engine.continuation.Extent;
import org.continuo.engine.continuation.Prompt;
import picocli.CommandLine.Option;

/** How much is played: either so many bars or so many tokens. For an {@code ArgGroup}; null where neither is given. */
final class LengthOptions {
    static final int USUAL_BARS = 8;

    private static final int MOST_BARS = 10_000;
    private static final int MOST_TOKENS = 10_000_000;

    @Option(
            names = "--bars",
            paramLabel = "N",
            description =
                    "Bars to add (default " + USUAL_BARS + "; generate makes " + GenerateCommand.USUAL_BARS + ").")
    private Integer bars;

    @Option(names = "--tokens", paramLabel = "N", description = "Tokens to add, then to the next bar line.")
    private Integer tokens;

    void check() throws UsageException {
        TakeOptions.check("--bars", bars, MOST_BARS);
        TakeOptions.check("--tokens", tokens, MOST_TOKENS);
    }

    Extent extent(Prompt prompt) {
        return tokens != null ? Extent.ofTokens(tokens) : Extent.toBarLine(prompt.endAfter(bars));
    }

    /** As far as {@code length} says, or {@code usualBars} where it is null. */
    static Extent extent(LengthOptions length, Prompt prompt, int usualBars) {
        return length == null ? Extent.toBarLine(prompt.endAfter(usualBars)) : length.extent(prompt);
    }
}
