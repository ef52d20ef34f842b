package org.continuo.bridge.net;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/**
 * The local stream socket (Unix domain, on Windows too). Nobody but its owner gets near it: the directory is closed to others
 * before there is a socket in it, and where the system tells who connects, another user is turned away.
 */
public final class LocalEndpoint implements AutoCloseable {
    /** What fits a socket address on Linux less its end; macOS allows four less. */
    private static final int LONGEST_PATH = System.getProperty("os.name").startsWith("Mac") ? 103 : 107;

    private final Path path;
    private final FileChannel lockFile;
    private final Channel channel;

    private LocalEndpoint(Path path, FileChannel lockFile, Channel channel) {
        this.path = path;
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /**
     * Makes the directory and listens. A socket that a former engine left behind is replaced; one that somebody listens at is
     * not. Blocks for some milliseconds.
     *
     * @throws IOException with one line that says what stands in the way
     * @throws UnsupportedOperationException where the system has no such sockets
     */
    public static LocalEndpoint listen(Path socket, IoThread io, NetCounters counters, Listener.Factory listeners)
            throws IOException {
        Path path = socket.toAbsolutePath().normalize();
        if (path.toString().getBytes().length > LONGEST_PATH) {
            throw new IOException("the socket's path " + path + " is longer than the " + LONGEST_PATH
                    + " bytes that the system allows; name a shorter one");
        }
        if (path.getParent() == null || path.getFileName() == null) {
            throw new IOException(path + " names no socket");
        }
        PrivateFiles.makeDirectory(path.getParent());
        FileChannel lock = lock(path);
        try {
            removeStale(path);
            String owner = Files.getOwner(path.getParent()).getName();
            Channel channel = new StreamServer(
                            "local", io, counters, listeners, null, connection -> isOf(owner, connection))
                    .bind(NioServerDomainSocketChannel.class, UnixDomainSocketAddress.of(path));
            PrivateFiles.closeFile(path);
            return new LocalEndpoint(path, lock, channel);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Held while the engine lives: two that start at once do not take each other's socket away. */
    private static FileChannel lock(Path path) throws IOException {
        Path file = path.resolveSibling(path.getFileName() + ".lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = null;
        try {
            PrivateFiles.closeFile(file);
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another engine in this process.
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw alreadyThere(path);
        }
        return channel;
    }

    private static IOException alreadyThere(Path path) {
        return new IOException("an engine is already listening at " + path + "; use that one, or name another socket");
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isOther()) {
            throw new IOException(path + " is no socket; it stays, name another");
        }
        boolean live;
        try (SocketChannel probe = LocalSocket.connect(path)) {
            live = probe.isConnected();
        } catch (SocketTimeoutException e) {
            live = true; // but hangs
        } catch (IOException e) {
            live = false;
        }
        if (live) {
            throw alreadyThere(path);
        }
        Files.delete(path);
    }

    /** Whether the system says that this connection comes from {@code owner}, or says nothing. */
    private static boolean isOf(String owner, Channel channel) {
        UnixDomainPrincipal peer;
        try {
            peer = channel.config().getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
        } catch (RuntimeException e) {
            return true;
        }
        return peer == null || peer.user().getName().equals(owner);
    }

    public Path path() {
        return path;
    }

    /** Takes no more connections and removes the socket; those that are open stay. Blocks for some milliseconds. */
    @Override
    public void close() throws IOException {
        // The channel removes its socket. Nobody else has put one there: the lock was ours.
        channel.close().syncUninterruptibly();
        lockFile.close();
    }
}
