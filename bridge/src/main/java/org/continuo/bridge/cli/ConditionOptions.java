package org.continuo.bridge.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.Instrument;
import org.continuo.engine.token.Style;
import picocli.CommandLine.Option;

/** What the music is asked to be: style and instruments. */
final class ConditionOptions {
    @Option(names = "--style", paramLabel = "S", description = "A style or composer; continuo styles lists them.")
    private String style;

    @Option(
            names = "--instruments",
            paramLabel = "a,b,c",
            split = ",",
            splitSynopsisLabel = "",
            description = "What plays on; the clip's instruments unless given.")
    private List<String> instruments;

    /** The style's value, or {@link Conditions#OPEN}. */
    int style() throws UsageException {
        if (style == null) {
            return Conditions.OPEN;
        }
        int value = Style.indexOf(style.toLowerCase(Locale.ROOT));
        if (value < 0) {
            throw new UsageException("--style '" + style + "' is not known; 'continuo styles' lists those that are");
        }
        return value;
    }

    /** The instruments asked for, or {@code otherwise} if none were. */
    Set<Instrument> instruments(Set<Instrument> otherwise) throws UsageException {
        if (instruments == null) {
            return otherwise;
        }
        Set<Instrument> chosen = EnumSet.noneOf(Instrument.class);
        for (String name : instruments) {
            chosen.add(Stream.of(Instrument.values())
                    .filter(instrument -> instrument.label().equals(name.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("--instruments '" + name + "' is not known; choose from "
                            + String.join(
                                    ", ",
                                    Stream.of(Instrument.values())
                                            .map(Instrument::label)
                                            .toList()))));
        }
        return chosen;
    }
}
