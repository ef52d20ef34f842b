package org.continuo.bridge.net;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Files and directories that nobody but their owner may touch. */
final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /**
     * Makes a directory that is closed to others from its first moment, or sees to it that the one there is: ours, no link,
     * closed to others.
     *
     * @throws IOException with one line that says what is wrong with it
     */
    static void makeDirectory(Path directory) throws IOException {
        boolean posix = isPosix(directory);
        if (directory.getParent() != null) {
            Files.createDirectories(directory.getParent());
        }
        try {
            if (posix) {
                Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
                // The umask may have taken more than we asked for, never less.
                Files.setPosixFilePermissions(directory, OWNER_DIRECTORY);
            } else {
                Files.createDirectory(directory);
                closeToOthers(directory);
            }
        } catch (FileAlreadyExistsException e) {
            check(directory, posix);
        }
    }

    private static void check(Path directory, boolean posix) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(directory + " is a link or a file, not a directory; name another");
        }
        if (!posix) {
            closeToOthers(directory);
            return;
        }
        PosixFileAttributes attributes =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.owner().equals(ourselves(directory))) {
            throw new IOException("the directory " + directory + " belongs to "
                    + attributes.owner().getName() + "; name one of your own");
        }
        Set<PosixFilePermission> rights = attributes.permissions();
        if (!OWNER_DIRECTORY.containsAll(rights)) {
            throw new IOException("the directory " + directory + " is open to others ("
                    + PosixFilePermissions.toString(rights)
                    + "); name one that does not exist yet, or close it with chmod 700");
        }
        if (!rights.containsAll(OWNER_DIRECTORY)) {
            throw new IOException("the directory " + directory + " is closed to its owner too ("
                    + PosixFilePermissions.toString(rights) + "); open it to them with chmod 700, or name another");
        }
    }

    /** Who we are to the file system: whoever owns what we make. The user's name alone may be of no account, or shared. */
    private static UserPrincipal ourselves(Path near) throws IOException {
        Path home = Path.of("/proc/self");
        if (Files.exists(home)) {
            return Files.getOwner(home);
        }
        return near.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
    }

    /** Takes a socket or file from everybody else. */
    static void closeFile(Path file) throws IOException {
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, OWNER_FILE);
        } else {
            closeToOthers(file);
        }
    }

    /** Writes a file that was never open to others, in place of one that may be there. */
    static void write(Path file, String content) throws IOException {
        FileAttribute<?>[] attributes = isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_FILE)}
                : new FileAttribute<?>[0];
        Path draft =
                Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + ".", null, attributes);
        try {
            closeFile(draft);
            Files.writeString(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Windows: one entry in the list of rights, the owner's. */
    private static void closeToOthers(Path path) throws IOException {
        AclFileAttributeView rights = Files.getFileAttributeView(path, AclFileAttributeView.class);
        if (rights != null) {
            rights.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(rights.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .build()));
        }
    }
}
