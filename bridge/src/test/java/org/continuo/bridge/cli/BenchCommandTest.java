package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    /** A folder with llama.cpp's libraries, for the test that needs them: {@code -Dcontinuo.llama=DIR}. */
    private static final String LLAMA = "continuo.llama";

    @TempDir
    private Path folder;

    @Test
    void shouldSayInOneLineThatThereIsNoLlama() {
        CalledContinuo call = CalledContinuo.with("bench", "--runs", "10", "--llama", folder);

        assertEquals(1, call.code());
        assertTrue(call.complainsInOneLine(), call.err());
        assertTrue(call.err().contains(folder.toString()), call.err());
    }

    @Test
    void shouldSpeakOfLlamaOnlyWhenAsked() throws Exception {
        CalledContinuo call = CalledContinuo.with("bench", "--runs", "10", "--json");

        assertEquals(0, call.code(), call.err());
        assertFalse(new ObjectMapper().readTree(call.out()).has("llama"), call.out());
    }

    @Test
    void shouldMeasureNoLongerContextThanIsAskedFor() throws Exception {
        CalledContinuo call = CalledContinuo.with("bench", "--runs", "10", "--context", "512", "--json");

        assertEquals(0, call.code(), call.err());
        List<Integer> measured = new ArrayList<>();
        new ObjectMapper()
                .readTree(call.out())
                .at("/steps/steps")
                .forEach(step -> measured.add(step.get("context").asInt()));
        assertEquals(List.of(128, 511), measured);
    }

    @Test
    void shouldNameThePromptThatItReadWhereTheContextIsShorter() {
        CalledContinuo call = CalledContinuo.with("bench", "--runs", "10", "--context", "128");

        assertEquals(0, call.code(), call.err());
        assertTrue(call.out().contains("prefill of 128 tokens"), call.out());
    }

    @Test
    void shouldRefuseWhatItWouldLeaveAside() {
        for (List<Object> words : List.<List<Object>>of(
                List.of("bench", "--reaction", "--llama", folder),
                List.of("bench", "--reaction", "--runs", "10"),
                List.of("bench", "--notes", "10"))) {
            CalledContinuo call = CalledContinuo.with(words.toArray());

            assertEquals(2, call.code(), words + call.out());
            assertTrue(call.complainsInOneLine() && call.err().contains("--reaction"), call.err());
        }
    }

    @Test
    void shouldRefuseAContextThatTheModelHasNot() {
        for (String context : List.of("1000", "0", "-128", "8192")) {
            CalledContinuo call = CalledContinuo.with("bench", "--context", context);

            assertEquals(2, call.code(), context);
            assertTrue(call.complainsInOneLine(), call.err());
            assertTrue(call.err().contains(context), call.err());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = LLAMA, matches = ".+")
    void shouldPutLlamaBesideOurStepAtEveryLength() throws Exception {
        CalledContinuo call =
                CalledContinuo.with("bench", "--runs", "10", "--json", "--llama", System.getProperty(LLAMA));

        assertEquals(0, call.code(), call.err());
        JsonNode figures = new ObjectMapper().readTree(call.out());
        assertEquals(
                2 * figures.at("/steps/steps").size(),
                figures.at("/llama/steps").size());
        for (JsonNode at : figures.at("/llama/steps")) {
            double ratio = at.at("/ours/p50").asDouble() / at.at("/llama/p50").asDouble();
            assertEquals(ratio, at.get("ratio").asDouble(), 1e-9);
        }
    }
}
