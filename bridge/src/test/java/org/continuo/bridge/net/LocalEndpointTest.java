package org.continuo.bridge.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LocalEndpointTest {
    private static final String STRANGER = "65534";

    @TempDir
    Path folder;

    private final IoThread io = new IoThread();
    private final NetCounters counters = new NetCounters();

    @AfterEach
    void end() {
        io.close();
    }

    private LocalEndpoint listen(Path socket) throws IOException {
        return LocalEndpoint.listen(socket, io, counters, peer -> new RecordingListener().behind(peer));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private String refusal(Path socket) {
        String line = assertThrows(IOException.class, () -> listen(socket)).getMessage();
        assertEquals(1, line.lines().count());
        assertTrue(line.contains(folder.getFileName().toString()), line);
        return line;
    }

    @Test
    void theDirectoryAndTheSocketAreTheOwnersAlone() throws Exception {
        Path socket = folder.resolve("a").resolve("b").resolve("engine.sock");
        try (LocalEndpoint endpoint = listen(socket)) {
            assertEquals("rwx------", mode(socket.getParent()));
            assertEquals("rw-------", mode(socket));
            assertEquals(socket, endpoint.path());
        }
        assertFalse(Files.exists(socket));
    }

    @Test
    void aSocketThatNobodyListensAtIsReplaced() throws Exception {
        Path socket = folder.resolve("run").resolve("engine.sock");
        listen(socket).close();
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertTrue(Files.exists(socket));
        try (LocalEndpoint endpoint = listen(socket);
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(endpoint.path()))) {
            assertTrue(client.isConnected());
        }
    }

    @Test
    void aSocketThatSomebodyListensAtIsLeftAlone() throws Exception {
        Path socket = folder.resolve("run").resolve("engine.sock");
        try (LocalEndpoint first = listen(socket)) {
            assertTrue(refusal(socket).contains("already listening"));
            assertTrue(Files.exists(first.path()));
        }
        Path other = folder.resolve("run").resolve("other.sock");
        try (ServerSocketChannel alive = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            alive.bind(UnixDomainSocketAddress.of(other));
            assertTrue(refusal(other).contains("already listening"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // others refuse whom they cannot keep waiting
    void soIsOneWhereSomebodyListensAndAcceptsNobody() throws Exception {
        Path socket = folder.resolve("run").resolve("engine.sock");
        listen(socket).close();
        try (FullListener full = new FullListener()) {
            full.listen(socket);
            assertTrue(refusal(socket).contains("already listening"));
        }
    }

    @Test
    void whatIsNoSocketOfOursStays() throws Exception {
        Path file = folder.resolve("run").resolve("engine.sock");
        listen(file).close();
        Files.writeString(file, "a letter");
        assertTrue(refusal(file).contains("no socket"));
        assertEquals("a letter", Files.readString(file));

        Files.delete(file);
        Path aim = Files.writeString(folder.resolve("aim"), "another letter");
        Files.createSymbolicLink(file, aim);
        assertTrue(refusal(file).contains("no socket"));
        assertEquals("another letter", Files.readString(aim));
    }

    @Test
    void aDirectoryThatIsALinkIsRefused() throws Exception {
        Path real = Files.createDirectory(
                folder.resolve("real"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(folder.resolve("link"), real);
        assertTrue(refusal(folder.resolve("link").resolve("engine.sock")).contains("link"));
    }

    @Test
    void aDirectoryOpenToOthersIsRefusedAndLeftAsItIs() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));
        assertTrue(refusal(open.resolve("engine.sock")).contains("rwxr-x---"));
        assertEquals("rwxr-x---", mode(open));
    }

    @Test
    void aDirectoryClosedToItsOwnerTooIsRefusedAndLeftAsItIs() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        for (String rights : List.of("---------", "r-x------")) {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString(rights));
            String refusal = refusal(closed.resolve("engine.sock"));
            assertTrue(refusal.contains(rights) && refusal.contains("chmod 700"), refusal);
            assertEquals(rights, mode(closed));
        }
    }

    @Test
    void aPathLongerThanTheSystemAllowsIsRefused() {
        assertTrue(
                refusal(folder.resolve("x".repeat(120)).resolve("engine.sock")).contains("shorter"));
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws Exception {
        assumeRoot();
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(foreign, "unix:uid", Integer.parseInt(STRANGER));
        assertTrue(refusal(foreign.resolve("engine.sock")).contains("belongs to"));
    }

    @Test
    void anotherUserDoesNotGetNearTheSocket() throws Exception {
        assumeRoot();
        open(folder, "rwxr-xr-x");
        Path socket = folder.resolve("run").resolve("engine.sock");
        try (LocalEndpoint endpoint = listen(socket)) {
            assertEquals("cannot connect", asStranger(socket));
            assertEquals(0, counters.opened.sum());

            // Even where the file's rights fail, the system says who it is.
            open(socket.getParent(), "rwxrwxrwx");
            open(socket, "rw-rw-rw-");
            assertEquals("closed", asStranger(endpoint.path()));
            assertEquals(1, counters.otherUsers.sum());
            assertEquals(0, counters.opened.sum());
        }
    }

    private static void open(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static void assumeRoot() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can be another user as well");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")) && Files.isExecutable(Path.of("/usr/bin/perl")));
    }

    /** Connects as another user, sends a ping and waits for an answer. */
    private static String asStranger(Path socket) throws Exception {
        String script =
                """
                use IO::Socket::UNIX;
                my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or print("cannot connect"), exit;
                $SIG{PIPE} = "IGNORE";
                $s->syswrite(pack("N", 24) . "/continuo/ping\\0\\0" . ",i\\0\\0" . pack("N", 7));
                my $n = $s->sysread(my $b, 100);
                print($n ? "answered" : "closed");
                """;
        Process process = new ProcessBuilder(
                        "/usr/bin/setpriv",
                        "--reuid",
                        STRANGER,
                        "--regid",
                        STRANGER,
                        "--clear-groups",
                        "/usr/bin/perl",
                        "-e",
                        script,
                        socket.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        } finally {
            process.toHandle().destroyForcibly();
        }
        return new String(process.getInputStream().readAllBytes());
    }
}
