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
            description = "What plays; unless given, the clip's instruments, or those usual in the style.")
    private List<String> instruments;

    /** The style's value, or {@link Conditions#OPEN}. */
    int style() throws UsageException {
        return style(style);
    }

    /** The style's name as {@code continuo styles} lists it, or null. */
    String styleName() throws UsageException {
        int value = style();
        return value == Conditions.OPEN ? null : Style.NAMES.get(value);
    }

    /** The value of {@code --style}, or {@link Conditions#OPEN} for null. */
    static int style(String name) throws UsageException {
        if (name == null) {
            return Conditions.OPEN;
        }
        int value = Style.indexOf(name.toLowerCase(Locale.ROOT));
        if (value < 0) {
            throw new UsageException("--style '" + name + "' is not known; 'continuo styles' lists those that are");
        }
        return value;
    }

    /** The instruments asked for, or null if none were. */
    Set<Instrument> instruments() throws UsageException {
        return instruments == null ? null : instruments("--instruments", instruments);
    }

    /** The instruments that an option names. */
    static Set<Instrument> instruments(String option, List<String> names) throws UsageException {
        Set<Instrument> chosen = EnumSet.noneOf(Instrument.class);
        for (String name : names) {
            Instrument instrument = Instrument.ofLabel(name.strip().toLowerCase(Locale.ROOT));
            if (instrument == null) {
                throw new UsageException(option + " '" + name + "' is not known; choose from "
                        + String.join(
                                ", ",
                                Stream.of(Instrument.values())
                                        .map(Instrument::label)
                                        .toList()));
            }
            chosen.add(instrument);
        }
        return chosen;
    }
}
