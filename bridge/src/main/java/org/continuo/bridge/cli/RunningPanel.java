package org.continuo.bridge.cli;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.continuo.bridge.net.LocalClient;
import org.continuo.protocol.message.FromEngine;

/** The panel of an engine that runs already: one that a plugin has started, or another command. Stateless. */
final class RunningPanel {
    private static final long PATIENCE_SECONDS = 3;
    private static final int LAST = 1;

    private RunningPanel() {}

    /**
     * Asks the engine at a local socket where its panel is, for its owner; blocks for at most some seconds.
     *
     * @return an address that opens it once; empty where the engine has none; null where no engine runs
     * @throws IOException if somebody listens there and does not answer
     */
    static String address(Path socket) throws IOException, InterruptedException {
        CompletableFuture<String> told = new CompletableFuture<>();
        FromEngine ear = new FromEngine() {
            @Override
            public void capability(CharSequence name, CharSequence value) {
                if (CharSequence.compare(name, "panel") == 0) {
                    told.complete(value.toString());
                }
            }

            @Override
            public void pong(int number) {
                told.complete("");
            }
        };
        try (LocalClient client = LocalClient.connect(socket, ear, (address, reason, detail) -> {})) {
            client.listenOn("panel-listener", () -> told.complete(null));
            client.say().query();
            client.say().ping(LAST); // answered after all that was asked before
            return told.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | SocketTimeoutException e) {
            throw new IOException(
                    "whoever listens at " + socket + " does not answer; end it first, or name another --socket", e);
        } catch (IOException | LocalClient.ClosedException | UnsupportedOperationException e) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
