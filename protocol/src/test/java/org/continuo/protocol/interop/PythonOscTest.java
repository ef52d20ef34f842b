package org.continuo.protocol.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.continuo.protocol.message.GoldenFile;
import org.continuo.protocol.message.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** python-osc, in the Python that CONTINUO_PYTHON names, or python3. */
@Timeout(60)
class PythonOscTest {
    private static final String PYTHON = System.getenv().getOrDefault("CONTINUO_PYTHON", "python3");

    @Test
    void pythonOscReadsEveryGoldenMessageAndWritesItAsWeDo()
            throws IOException, InterruptedException, URISyntaxException {
        Tool.assumeInstalled(PYTHON, "-c", "import pythonosc");
        List<GoldenFile> files = GoldenFile.sent().toList();
        String hex = files.stream()
                .map(file -> ByteBufUtil.hexDump(file.bytes()))
                .collect(Collectors.joining("\n", "", "\n"));
        String script = Path.of(getClass().getResource("rebuild.py").toURI()).toString();
        List<String> rebuilt = Tool.run(hex, PYTHON, script);
        assertEquals(files.size(), rebuilt.size());
        for (int i = 0; i < files.size(); i++) {
            GoldenFile file = files.get(i);
            assertEquals(ByteBufUtil.hexDump(file.bytes()), rebuilt.get(i), file.name());
            byte[] bytes = HexFormat.of().parseHex(rebuilt.get(i));
            assertEquals(
                    file.calls(), String.join("; ", Reading.lines(Unpooled.wrappedBuffer(bytes), file.isToEngine())));
        }
    }
}
