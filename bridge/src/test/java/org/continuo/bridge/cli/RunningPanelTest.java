package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.continuo.bridge.net.FullListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of an engine that is none, or hangs, has an end. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(30)
class RunningPanelTest {
    @TempDir
    Path folder;

    private Path socket;

    @BeforeEach
    void name() {
        socket = folder.resolve("engine.sock");
    }

    private UnixDomainSocketAddress there() {
        return UnixDomainSocketAddress.of(socket);
    }

    private void assertUnanswered() {
        String line = assertThrows(IOException.class, () -> RunningPanel.address(socket))
                .getMessage();
        assertTrue(line.contains("does not answer"), line);
    }

    @Test
    void whereNobodyListensThereIsNoEngine() throws Exception {
        assertNull(RunningPanel.address(socket));
        try (ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            gone.bind(there());
        }
        assertNull(RunningPanel.address(socket));
    }

    @Test
    void whoHangsUpIsNoEngine() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(there());
            CompletableFuture<Void> hangingUp = CompletableFuture.runAsync(() -> {
                try {
                    server.accept().close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertNull(RunningPanel.address(socket));
            hangingUp.join();
        }
    }

    @Test
    void whoListensAndSaysNothingIsComplainedOfInOneLine() throws Exception {
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(there());
            assertUnanswered();
            CalledContinuo called = CalledContinuo.with("serve", "--open", "--socket", socket);
            assertEquals(1, called.code());
            assertTrue(called.complainsInOneLine(), called.err());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // others refuse whom they cannot keep waiting
    void soIsWhoAcceptsNobody() throws Exception {
        try (FullListener full = new FullListener()) {
            full.listen(socket);
            assertUnanswered();
        }
    }
}
