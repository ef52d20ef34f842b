package org.continuo.bridge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** The local socket: that its directory is nobody's but ours, and that an engine that listens there answers. */
public final class SocketCheck implements Check {
    private final Path socket;
    private final String version;

    /** @param version name and version of this engine, as it greets */
    public SocketCheck(Path socket, String version) {
        this.socket = socket;
        this.version = version;
    }

    @Override
    public String name() {
        return "socket";
    }

    @Override
    public List<Finding> look() throws IOException, InterruptedException {
        Path directory = socket.toAbsolutePath().getParent();
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of(Finding.fine(name(), "no engine yet; it will make " + directory));
        }
        Finding open = directory(directory);
        if (open != null) {
            return List.of(open);
        }
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return List.of(Finding.fine(name(), "no engine runs; it will listen at " + socket));
        }
        if (Files.isRegularFile(socket, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(socket)) {
            return List.of(Finding.wrong(
                    name(), socket + " is no socket", "move it away, or name another socket in $CONTINUO_SOCKET"));
        }
        return List.of(listening());
    }

    private Finding listening() throws InterruptedException {
        Greeting greeting = Greeting.at(socket);
        switch (greeting.outcome()) {
            case STALE:
                return Finding.note(
                        name(),
                        socket + " was left by an engine that is gone",
                        "nothing: the next engine replaces it (or rm " + Finding.quoted(socket) + ")");
            case SILENT:
                return Finding.wrong(
                        name(),
                        "whoever listens at " + socket + " does not answer",
                        "end that engine: kill $(fuser " + Finding.quoted(socket)
                                + " 2>/dev/null), and the plugin starts another");
            default:
                String engine = greeting.engine();
                return engine.equals(version)
                        ? Finding.fine(name(), engine + " answers at " + socket)
                        : Finding.note(
                                name(),
                                engine + " answers at " + socket + ", this is " + version,
                                "close what plays with it: it leaves by itself, and the next is the new one");
        }
    }

    /** What is wrong with the directory; null if nothing is. */
    private Finding directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return Finding.wrong(
                    name(),
                    directory + " is a link or a file, not a directory",
                    "move it away, or name another socket in $CONTINUO_SOCKET");
        }
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return null;
        }
        PosixFileAttributes attributes =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Path process = Path.of("/proc/self");
        if (Files.exists(process) && !Files.getOwner(process).equals(attributes.owner())) {
            return Finding.wrong(
                    name(),
                    directory + " belongs to " + attributes.owner().getName(),
                    "name a socket in a directory of your own in $CONTINUO_SOCKET");
        }
        Set<PosixFilePermission> owners = PosixFilePermissions.fromString("rwx------");
        Set<PosixFilePermission> rights = attributes.permissions();
        return rights.equals(owners)
                ? null
                : Finding.wrong(
                        name(),
                        directory + (owners.containsAll(rights) ? " is closed to its owner (" : " is open to others (")
                                + PosixFilePermissions.toString(rights) + "), so that the engine refuses it",
                        "chmod 700 " + Finding.quoted(directory));
    }
}
