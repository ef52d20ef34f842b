package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code continuo doctor} as it is called. What each check finds is tested beside the checks. */
class DoctorCommandTest {
    @TempDir
    Path folder;

    private static JsonNode finding(JsonNode report, String check) {
        for (JsonNode finding : report.get("findings")) {
            if (finding.get("check").asText().equals(check)) {
                return finding;
            }
        }
        throw new AssertionError(check + " is missing in " + report);
    }

    @Test
    void whatMustBeMendedGivesOneAndIsNamedWithItsRemedy() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            CalledContinuo called = CalledContinuo.with(
                    "doctor",
                    "--json",
                    "--socket",
                    folder.resolve("run").resolve("engine.sock"),
                    "--osc-port",
                    taken.getLocalPort(),
                    "--model",
                    folder.resolve("no-model"));
            assertEquals(1, called.code(), called.err());
            JsonNode report = new ObjectMapper().readTree(called.out());
            assertFalse(report.get("green").asBoolean());
            assertEquals("wrong", finding(report, "model").get("state").asText());
            assertEquals("wrong", finding(report, "ports").get("state").asText());
            assertEquals("fine", finding(report, "socket").get("state").asText());
            assertEquals("note", finding(report, "speed").get("state").asText());
            for (JsonNode finding : report.get("findings")) {
                assertEquals(
                        finding.get("state").asText().equals("fine"),
                        finding.get("remedy").isNull(),
                        finding::toString);
                assertEquals(1, finding.get("found").asText().lines().count(), finding::toString);
            }
        }
    }

    @Test
    void aPortThatIsNoneIsAWrongCall() {
        CalledContinuo called = CalledContinuo.with("doctor", "--osc-port", 0);
        assertEquals(2, called.code());
        assertTrue(called.complainsInOneLine(), called.err());
    }
}
