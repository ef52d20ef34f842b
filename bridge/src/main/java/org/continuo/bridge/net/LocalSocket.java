package org.continuo.bridge.net;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The client's end of a local stream socket. Stateless. */
public final class LocalSocket {
    private static final long PATIENCE_SECONDS = 3;
    private static final Executor LATER = CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS);

    private LocalSocket() {}

    /**
     * Connects. Blocks for at most some seconds: whoever listens may hang, and once as many wait for it as the system keeps, the
     * next would wait without end.
     *
     * @throws SocketTimeoutException if somebody listens and accepts nobody
     * @throws IOException if nobody listens
     * @throws UnsupportedOperationException where the system has no such sockets
     */
    public static SocketChannel connect(Path socket) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        CompletableFuture<Void> late = CompletableFuture.runAsync(() -> close(channel), LATER);
        try {
            channel.connect(address);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (AsynchronousCloseException e) {
            throw new SocketTimeoutException("whoever listens at " + socket + " accepts nobody");
        } catch (IOException e) {
            channel.close();
            throw e;
        } finally {
            late.cancel(false);
        }
        return channel;
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
