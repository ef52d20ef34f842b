package org.continuo.bridge.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Bars as a musician writes them, such as {@code 5-8}, counted from 1.
 *
 * @param from the first, counted from 0
 * @param to the first that is not meant, counted from 0
 */
record Bars(int from, int to) {
    private static final Pattern WORDS = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

    /** Reads them from the command line. */
    static final class Converter implements ITypeConverter<Bars> {
        @Override
        public Bars convert(String value) {
            Matcher matcher = WORDS.matcher(value);
            if (matcher.matches()) {
                int first = Integer.parseInt(matcher.group(1));
                int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
                if (first >= 1 && last >= first) {
                    return new Bars(first - 1, last);
                }
            }
            throw new TypeConversionException("'" + value + "' is no bars; write 5 or 5-8, counted from 1");
        }
    }

    /** Bars, counted from 0 and rising, in a musician's words. */
    static String words(List<Integer> bars) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < bars.size(); ) {
            int first = i++;
            while (i < bars.size() && bars.get(i) == bars.get(i - 1) + 1) {
                i++;
            }
            int from = bars.get(first) + 1;
            int to = bars.get(i - 1) + 1;
            words.add(from == to ? "" + from : from + "-" + to);
        }
        return String.join(", ", words);
    }
}
