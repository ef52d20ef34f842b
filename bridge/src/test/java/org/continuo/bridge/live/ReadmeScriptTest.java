package org.continuo.bridge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.continuo.protocol.message.Limits;
import org.junit.jupiter.api.Test;

/** The README's Python, as it stands there but for the port. Needs Python with python-osc; $CONTINUO_PYTHON names one. */
class ReadmeScriptTest extends EngineFixture {
    private static final String PYTHON = System.getenv().getOrDefault("CONTINUO_PYTHON", "python3");

    private static Process run(Path output, String... call) throws IOException {
        return new ProcessBuilder(call)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private boolean hasPythonOsc() throws InterruptedException {
        try {
            Process process =
                    run(folder.resolve("probe"), PYTHON, "-c", "from pythonosc.udp_client import DispatchClient");
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void twentyLinesOfPythonPlayAlong() throws Exception {
        assumeTrue(hasPythonOsc(), PYTHON + " has no python-osc");
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf("```python\n") + "```python\n".length();
        String script = readme.substring(begin, readme.indexOf("```", begin));
        assertEquals(20, script.lines().count());
        engine.listenForOsc(0);
        Path file = Files.writeString(
                folder.resolve("play.py"),
                script.replace(String.valueOf(Limits.UDP_PORT), String.valueOf(engine.oscPort())));
        Path output = folder.resolve("output");
        Process process = run(output, PYTHON, "-u", file.toString());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        String said = Files.readString(output);
        assertEquals(0, process.exitValue(), said);
        assertTrue(
                said.lines()
                                .filter(line -> line.matches("at +[0-9.]+: channel 1 plays \\d+, velocity \\d+"))
                                .count()
                        > 5,
                said);
        assertTrue(said.lines().allMatch(line -> line.startsWith("at ")), said);
        assertEquals(0, engine.stage().sessions());
    }
}
