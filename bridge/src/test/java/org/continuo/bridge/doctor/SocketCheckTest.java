package org.continuo.bridge.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.continuo.bridge.live.Engine;
import org.continuo.bridge.net.FullListener;
import org.continuo.bridge.net.LocalClient;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.continuo.protocol.message.FromEngine;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The socket check against real sockets, directories and an engine. */
@DisabledOnOs(OS.WINDOWS)
class SocketCheckTest {
    private static final String VERSION = "continuo test";

    @TempDir
    Path folder;

    private Path directory;
    private Path socket;

    @BeforeEach
    void name() {
        directory = folder.resolve("run");
        socket = directory.resolve("engine.sock");
    }

    private Finding look() throws Exception {
        return new SocketCheck(socket, VERSION).look().get(0);
    }

    private void makeDirectory(String rights) throws Exception {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(rights));
    }

    @Test
    void whereNothingIsYetNothingIsWrong() throws Exception {
        assertEquals(Finding.State.FINE, look().state());
        assertFalse(Files.exists(directory), "it changed something");
        makeDirectory("rwx------");
        assertEquals(Finding.State.FINE, look().state());
    }

    @Test
    void aDirectoryThatIsOpenToOthersIsToBeClosed() throws Exception {
        makeDirectory("rwxr-x---");
        Finding finding = look();
        assertEquals(Finding.State.WRONG, finding.state());
        assertTrue(finding.found().contains("rwxr-x---"), finding.found());
        assertEquals("chmod 700 '" + directory + "'", finding.remedy());
    }

    @Test
    void aDirectoryThatIsClosedToItsOwnerIsToBeOpened() throws Exception {
        makeDirectory("---------");
        Finding finding = look();
        assertEquals(Finding.State.WRONG, finding.state());
        assertTrue(finding.found().contains("closed to its owner (---------)"), finding.found());
        assertEquals("chmod 700 '" + directory + "'", finding.remedy());
    }

    @Test
    void aDirectoryThatIsALinkIsWrong() throws Exception {
        Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(directory, folder.resolve("elsewhere"));
        assertEquals(Finding.State.WRONG, look().state());
    }

    @Test
    void aSocketThatADeadEngineLeftIsToldAndNoFault() throws Exception {
        makeDirectory("rwx------");
        try (ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            gone.bind(UnixDomainSocketAddress.of(socket));
        }
        Finding finding = look();
        assertEquals(Finding.State.NOTE, finding.state());
        assertTrue(finding.found().contains("left by an engine"), finding.found());
        assertTrue(Files.exists(socket), "it changed something");
    }

    @Test
    void whoListensAndSaysNothingIsWrong() throws Exception {
        makeDirectory("rwx------");
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            Finding finding = look();
            assertEquals(Finding.State.WRONG, finding.state());
            assertTrue(finding.found().contains("does not answer"), finding.found());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // others refuse whom they cannot keep waiting
    void soIsWhoListensAndAcceptsNobody() throws Exception {
        makeDirectory("rwx------");
        try (FullListener full = new FullListener()) {
            full.listen(socket);
            Finding finding = look();
            assertEquals(Finding.State.WRONG, finding.state());
            assertTrue(finding.found().contains("does not answer"), finding.found());
        }
    }

    @Test
    void aFileInTheSocketsPlaceIsWrong() throws Exception {
        makeDirectory("rwx------");
        Files.writeString(socket, "not a socket");
        assertEquals(Finding.State.WRONG, look().state());
    }

    @Test
    void anEngineThatAnswersIsNamedAndOneOfAnotherVersionToo() throws Exception {
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"));
                Engine engine = new Engine(model, VERSION, new OperatingSystem.Unknown("test"), line -> {})) {
            engine.listen(socket);
            Finding finding = look();
            assertEquals(Finding.State.FINE, finding.state(), finding.found());
            assertTrue(finding.found().startsWith(VERSION), finding.found());
            Finding older = new SocketCheck(socket, "continuo newer").look().get(0);
            assertEquals(Finding.State.NOTE, older.state());
        }
    }

    @Test
    void anEngineThatHasNoRoomForAnotherBandAnswersAllTheSame() throws Exception {
        List<LocalClient> clients = new ArrayList<>();
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"));
                Engine engine = new Engine(model, VERSION, new OperatingSystem.Unknown("test"), line -> {})) {
            engine.listen(socket);
            while (engine.stage().refused(Reason.FULL) == 0) {
                LocalClient client = LocalClient.connect(socket, new FromEngine() {}, (address, reason, detail) -> {});
                clients.add(client);
                client.say().hello(Limits.VERSION, "test", "song " + clients.size(), "");
                while (engine.stage().sessions() < clients.size()
                        && engine.stage().refused(Reason.FULL) == 0) {
                    Thread.sleep(1);
                }
            }
            int there = engine.stage().sessions();
            Finding finding = look();
            assertEquals(Finding.State.FINE, finding.state(), finding.found());
            assertEquals(there, engine.stage().sessions());
        } finally {
            for (LocalClient client : clients) {
                client.close();
            }
        }
    }
}
