package org.continuo.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.continuo.engine.token.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo styles}: what --style takes. */
@Command(name = "styles", description = "Lists the styles and composers that can be asked for.")
final class StylesCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<String> broad = names(false);
        List<String> composers = names(true);
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(Map.of("styles", broad, "composers", composers)));
        } else {
            out.println("styles:    " + String.join(", ", broad));
            out.println("composers: " + String.join(", ", composers));
        }
        return 0;
    }

    private static List<String> names(boolean composers) {
        return IntStream.range(0, Style.NAMES.size())
                .filter(style -> Style.isComposer(style) == composers)
                .mapToObj(Style.NAMES::get)
                .toList();
    }
}
