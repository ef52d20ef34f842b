package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * ONNX Runtime unpacks its native code into the folder for temporary files. Where it cannot, command and doctor name that folder:
 * neither the processor nor the installation is at fault.
 */
@DisabledOnOs(OS.WINDOWS)
class NoPlaceForNativeCodeTest {
    @TempDir
    Path folder;

    private void isNamed(Path temporary, List<String> within) throws Exception {
        String property = "-Djava.io.tmpdir=" + temporary;
        List<String> generate = new ArrayList<>(within);
        generate.addAll(ContinuoProcess.call(property, "generate", "--bars", 1, "-o", folder.resolve("new.mid")));
        try (ContinuoProcess call = ContinuoProcess.start(folder, generate)) {
            call.assertFailedInOneLine();
            String complaint = call.messages();
            assertTrue(complaint.contains("see that " + temporary + " "), complaint);
            assertTrue(complaint.contains("-Djava.io.tmpdir="), complaint);
        }
        List<String> doctor = new ArrayList<>(within);
        doctor.addAll(ContinuoProcess.call(property, "doctor", "--json", "--socket", ContinuoProcess.socket(folder)));
        try (ContinuoProcess call = ContinuoProcess.start(folder, doctor)) {
            JsonNode finding = model(call.ready());
            assertEquals("wrong", finding.get("state").asText());
            assertTrue(!finding.get("found").asText().contains("null"), finding.toString());
            assertTrue(finding.get("remedy").asText().startsWith("see that " + temporary + " "), finding.toString());
            assertEquals("", call.messages());
        }
    }

    private static JsonNode model(JsonNode report) {
        for (JsonNode finding : report.get("findings")) {
            if (finding.get("check").asText().equals("model")) {
                return finding;
            }
        }
        throw new AssertionError("no model in " + report);
    }

    /** A call with a disk of its own at {@code place}. */
    private List<String> mounted(String options, Path place) throws Exception {
        boolean granted;
        try {
            granted = new ProcessBuilder("unshare", "-Urm", "true").start().waitFor() == 0;
        } catch (IOException e) {
            granted = false;
        }
        assumeTrue(granted, "this system grants no mount namespace");
        Files.createDirectory(place);
        String script = "mount -t tmpfs -o \"$1\" none \"$2\" || exit 77; shift 2; exec \"$@\"";
        return List.of("unshare", "-Urm", "sh", "-c", script, "sh", options, place.toString());
    }

    @Test
    void aFolderThatIsNotThereIsNamed() throws Exception {
        isNamed(folder.resolve("nowhere"), List.of());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderWithoutRoomIsNamed() throws Exception {
        Path small = folder.resolve("small");
        isNamed(small, mounted("size=1m", small));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatNoProgramMayRunFromIsNamed() throws Exception {
        Path closed = folder.resolve("closed");
        isNamed(closed, mounted("size=200m,noexec", closed));
    }
}
