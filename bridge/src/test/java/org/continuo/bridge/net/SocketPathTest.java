package org.continuo.bridge.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SocketPathTest {
    private static final Path HOME = Path.of("/home/ann");

    private static Path usual(Map<String, String> environment) {
        return SocketPath.usual(environment::get, HOME);
    }

    @Test
    void theEnvironmentNamesTheSocketElseItsDirectoryElseItIsAtHome() {
        assertEquals(
                Path.of("/tmp/x.sock"),
                usual(Map.of("CONTINUO_SOCKET", "/tmp/x.sock", "XDG_RUNTIME_DIR", "/run/user/1")));
        assertEquals(Path.of("/run/user/1/continuo/engine.sock"), usual(Map.of("XDG_RUNTIME_DIR", "/run/user/1")));
        assertEquals(Path.of("/home/ann/.continuo/run/engine.sock"), usual(Map.of()));
        assertEquals(
                Path.of("/home/ann/.continuo/run/engine.sock"),
                usual(Map.of("CONTINUO_SOCKET", "", "XDG_RUNTIME_DIR", "not/absolute")));
    }
}
