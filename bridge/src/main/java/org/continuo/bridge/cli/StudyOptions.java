package org.continuo.bridge.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/**
 * Which options of {@code continuo evaluate} go together: those that name a study, and those that some studies heed. What would
 * be left aside without a word is refused, as a figure would pass for one that was measured so. Stateless, thread-safe.
 */
final class StudyOptions {
    private static final String FILES = "the likelihood of files";
    private static final String ALL = "--all";
    private static final List<String> STUDIES =
            List.of("--chorales", "--harmonize", "--takes", "--accompany", "--critic", "--listening");

    /** These two are measured in one call, of a file each. */
    private static final List<String> OF_CHORALES = List.of("--chorales", "--harmonize");

    /** With {@value #ALL} these say how many there are to be. */
    private static final Set<String> SIZES = Set.of("--takes", "--accompany", "--critic");

    private static final Map<String, List<String>> HEEDED_BY = new LinkedHashMap<>();

    static {
        for (String option : List.of("--told", "--context")) {
            HEEDED_BY.put(option, List.of(FILES));
        }
        HEEDED_BY.put("--threads", List.of(FILES, "--takes"));
        HEEDED_BY.put("--style", List.of(FILES, "--takes", "--accompany", "--critic"));
        HEEDED_BY.put("--impressions", List.of("--critic"));
        HEEDED_BY.put("--except", OF_CHORALES);
        HEEDED_BY.put("--candidates", List.of("--takes", "--accompany", "--harmonize"));
        for (String option : List.of("--temperature", "--top-p", "--top-k", "--min-p")) {
            HEEDED_BY.put(option, List.of("--takes", "--accompany", "--critic"));
        }
    }

    private StudyOptions() {}

    /** @throws UsageException where an option would be left aside */
    static void check(ParseResult given) throws UsageException {
        List<String> studies =
                new ArrayList<>(STUDIES.stream().filter(given::hasMatchedOption).toList());
        if (given.hasMatchedOption(ALL)) {
            studies.removeAll(SIZES);
            if (!studies.isEmpty()) {
                throw new UsageException(studies.get(0) + " does not go with " + ALL);
            }
            return;
        }
        if (studies.size() > 1 && !studies.equals(OF_CHORALES)) {
            throw new UsageException(
                    String.join(" and ", studies) + " are studies of their own; ask for one at a time, or for " + ALL);
        }
        if (studies.isEmpty()) {
            studies.add(FILES);
        }
        for (Map.Entry<String, List<String>> option : HEEDED_BY.entrySet()) {
            if (given.hasMatchedOption(option.getKey()) && studies.stream().noneMatch(option.getValue()::contains)) {
                throw new UsageException(option.getKey() + " is for " + String.join(", ", option.getValue()) + " and "
                        + ALL + ", not for " + studies.get(0));
            }
        }
    }
}
