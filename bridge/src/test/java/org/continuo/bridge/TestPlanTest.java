package org.continuo.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** TEST-PLAN.md against the tests that there are. */
class TestPlanTest {
    private static final Path PLAN = Path.of("TEST-PLAN.md");
    private static final Pattern CASE = Pattern.compile("^\\| ([A-Z][A-Z0-9]*-\\d+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)#(\\w+)`");
    /** A test in C++: its file, and the sentence that it shows. */
    private static final Pattern NATIVE_TEST = Pattern.compile("`(\\w+_test): ([^`]+)`");

    /** A test of the page: its file, and the sentence that it shows. */
    private static final Pattern BROWSER_TEST = Pattern.compile("`([a-z-]+\\.test\\.js): ([^`]+)`");

    @Test
    void everyCaseHasANumberOfItsOwnAndNamesTestsThatExist() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("protocol", "engine", "bridge", "native-shim")) {
            Path tests = Path.of("..", module, "src", "test", "java");
            if (Files.isDirectory(tests)) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(f -> f.toString().endsWith("Test.java"))
                            .toList()) {
                        String name = file.getFileName().toString().replace(".java", "");
                        sources.merge(name, Files.readString(file), String::concat);
                    }
                }
            }
        }
        for (String folder : List.of("core", "plugin", "clap", "lv2", "vst3")) {
            try (Stream<Path> files = Files.walk(Path.of("..", "native-shim", folder))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith("_test.cpp")).toList()) {
                    String name = file.getFileName().toString().replace(".cpp", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        for (String folder : List.of("pages", "unit")) {
            try (Stream<Path> files = Files.list(Path.of("src", "test", "browser", folder))) {
                for (Path file : files.toList()) {
                    sources.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        Set<String> cases = new HashSet<>();
        List<String> missing = new ArrayList<>();
        int nativeTests = 0;
        for (String line : Files.readAllLines(PLAN)) {
            Matcher number = CASE.matcher(line);
            if (number.find()) {
                assertTrue(cases.add(number.group(1)), number.group(1) + " stands twice");
            }
            Matcher test = TEST.matcher(line);
            while (test.find()) {
                if (!sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "(")) {
                    missing.add(test.group());
                }
            }
            Matcher sentence = NATIVE_TEST.matcher(line);
            while (sentence.find()) {
                nativeTests++;
                if (!sources.getOrDefault(sentence.group(1), "").contains("TEST(\"" + sentence.group(2) + "\")")) {
                    missing.add(sentence.group());
                }
            }
            Matcher seen = BROWSER_TEST.matcher(line);
            while (seen.find()) {
                if (!sources.getOrDefault(seen.group(1), "").contains("test('" + seen.group(2) + "'")) {
                    missing.add(seen.group());
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(nativeTests > 20, "C++ tests: " + nativeTests);
        assertTrue(cases.size() > 20, cases.toString());
    }
}
