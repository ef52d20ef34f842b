package org.continuo.bridge.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.continuo.bridge.live.Engine;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.ModelFolder;
import org.continuo.engine.model.NoteModel;
import org.junit.jupiter.api.Test;

/** The port check against real ports. */
class PortCheckTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /** A port of each kind that was free a moment ago. */
    private static int[] free() throws Exception {
        try (DatagramSocket udp = new DatagramSocket(0, HERE);
                ServerSocket tcp = new ServerSocket(0, 1, HERE)) {
            return new int[] {udp.getLocalPort(), tcp.getLocalPort()};
        }
    }

    private static void assertStates(List<Finding> findings, Finding.State osc, Finding.State panel) {
        assertEquals(List.of(osc, panel), findings.stream().map(Finding::state).toList(), findings::toString);
    }

    @Test
    void freePortsAreFine() throws Exception {
        int[] ports = free();
        assertStates(new PortCheck(ports[0], ports[1]).look(), Finding.State.FINE, Finding.State.FINE);
    }

    @Test
    void portsThatAStrangerHasAreToBeFreed() throws Exception {
        try (DatagramSocket udp = new DatagramSocket(0, HERE);
                ServerSocket tcp = new ServerSocket(0, 1, HERE)) {
            List<Finding> findings = new PortCheck(udp.getLocalPort(), tcp.getLocalPort()).look();
            assertStates(findings, Finding.State.WRONG, Finding.State.WRONG);
            assertTrue(
                    findings.get(0).remedy().contains("--osc-port"),
                    findings.get(0).remedy());
            assertTrue(
                    findings.get(1).remedy().contains("--http-port"),
                    findings.get(1).remedy());
        }
    }

    @Test
    void aPortThatAnEngineAnswersAtIsFine() throws Exception {
        try (NoteModel model = NoteModel.load(ModelFolder.shipped("s"));
                Engine engine = new Engine(model, "continuo test", new OperatingSystem.Unknown("test"), line -> {})) {
            engine.listenForOsc(0);
            Finding osc = new PortCheck(engine.oscPort(), free()[1]).look().get(0);
            assertEquals(Finding.State.FINE, osc.state(), osc.found());
            assertTrue(osc.found().contains("engine"), osc.found());
        }
    }
}
