package org.continuo.bridge.net;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A stream socket on loopback, for systems without local sockets. Everybody on the machine reaches it, browsers too, so it
 * asks for a token, which lies with the port in a file that only its owner can read.
 */
public final class TcpEndpoint implements AutoCloseable {
    private final Path file;
    private final Channel channel;

    private TcpEndpoint(Path file, Channel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Listens, then writes {@code file}: the port, and in the next line the token. Blocks for some milliseconds.
     *
     * @param port 0 for any that is free
     * @throws IOException with one line that says what stands in the way
     */
    public static TcpEndpoint listen(int port, Path file, IoThread io, NetCounters counters, Listener.Factory listeners)
            throws IOException {
        Path path = file.toAbsolutePath().normalize();
        PrivateFiles.makeDirectory(path.getParent());
        Token token = Token.draw();
        Channel channel = new StreamServer("tcp", io, counters, listeners, token, any -> true)
                .bind(NioServerSocketChannel.class, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        try {
            token.writeTo(path, port(channel));
        } catch (IOException e) {
            channel.close().syncUninterruptibly();
            throw e;
        }
        return new TcpEndpoint(path, channel);
    }

    private static int port(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    public int port() {
        return port(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close().syncUninterruptibly();
        Files.deleteIfExists(file);
    }
}
