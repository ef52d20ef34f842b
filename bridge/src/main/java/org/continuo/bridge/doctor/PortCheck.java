package org.continuo.bridge.doctor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.continuo.protocol.message.Frames;
import org.continuo.protocol.message.Limits;
import org.continuo.protocol.message.ToEngineWriter;

/** The ports on this machine that OSC and the panel go by: free, an engine's of ours, or a stranger's. */
public final class PortCheck implements Check {
    private static final int PATIENCE_MILLIS = 3000;

    private final int osc;
    private final int panel;

    /**
     * @param osc UDP
     * @param panel TCP
     */
    public PortCheck(int osc, int panel) {
        this.osc = osc;
        this.panel = panel;
    }

    @Override
    public String name() {
        return "ports";
    }

    @Override
    public List<Finding> look() throws IOException {
        return List.of(
                finding(
                        "UDP " + osc + " (OSC)",
                        udpIsFree(),
                        this::udpAnswers,
                        "end the program that has it (ss -lunp 'sport = :" + osc
                                + "'), or start the engine with --osc-port and tell your scripts"),
                finding(
                        "TCP " + panel + " (panel)",
                        tcpIsFree(),
                        this::panelAnswers,
                        "end the program that has it (ss -ltnp 'sport = :" + panel
                                + "'), or start the engine with --http-port"));
    }

    private interface Question {
        boolean answered() throws IOException;
    }

    private Finding finding(String port, boolean free, Question ours, String remedy) throws IOException {
        if (free) {
            return Finding.fine(name(), port + " is free");
        }
        return ours.answered()
                ? Finding.fine(name(), port + ": an engine answers there")
                : Finding.wrong(name(), port + " is taken by another program", remedy);
    }

    private boolean udpIsFree() {
        try (DatagramSocket probe = new DatagramSocket(null)) {
            probe.setReuseAddress(false);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), osc));
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    private boolean tcpIsFree() throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            // What an engine that has just ended leaves in TIME_WAIT stands in nobody's way.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), panel));
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    /** Whether a hello is answered in our words. */
    private boolean udpAnswers() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteBuf said = Unpooled.buffer();
            ToEngineWriter words = new ToEngineWriter(said::writeBytes);
            words.hello(Limits.VERSION, "doctor", "doctor", "");
            send(socket, said);
            byte[] answer = new byte[Frames.MAX_PACKET];
            DatagramPacket packet = new DatagramPacket(answer, answer.length);
            socket.receive(packet);
            said.clear();
            words.goodbye();
            send(socket, said);
            return new String(answer, 0, packet.getLength(), StandardCharsets.ISO_8859_1).contains("/continuo/");
        } catch (SocketTimeoutException | SocketException e) {
            return false;
        }
    }

    private void send(DatagramSocket socket, ByteBuf packet) throws IOException {
        socket.send(new DatagramPacket(packet.array(), packet.readableBytes(), InetAddress.getLoopbackAddress(), osc));
    }

    /** Whether it says about itself what the panel says. */
    private boolean panelAnswers() {
        try (Socket socket = new Socket()) {
            InetAddress here = InetAddress.getLoopbackAddress();
            socket.connect(new InetSocketAddress(here, panel), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            String question = "GET /api/about HTTP/1.1\r\nHost: 127.0.0.1:" + panel + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 200") && answer.contains("continuo");
        } catch (IOException e) {
            return false;
        }
    }
}
