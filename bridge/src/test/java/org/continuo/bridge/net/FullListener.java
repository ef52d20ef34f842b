package org.continuo.bridge.net;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Listens at a local socket and accepts nobody, with as many waiting as the system keeps: the next to connect is blocked. */
public final class FullListener implements AutoCloseable {
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final List<SocketChannel> waiting = new ArrayList<>();

    public FullListener() throws IOException {}

    public void listen(Path socket) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
        server.bind(address, 1);
        try {
            for (boolean connected = true; connected; ) {
                SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
                waiting.add(client);
                client.configureBlocking(false);
                connected = client.connect(address);
            }
        } catch (SocketException e) {
            // EAGAIN, on Linux: one that may be blocked would be.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel client : waiting) {
            client.close();
        }
    }
}
