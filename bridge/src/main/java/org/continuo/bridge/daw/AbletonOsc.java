package org.continuo.bridge.daw;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.continuo.protocol.osc.OscFault;
import org.continuo.protocol.osc.OscMessage;
import org.continuo.protocol.osc.OscReader;
import org.continuo.protocol.osc.OscText;
import org.continuo.protocol.osc.OscVisitor;
import org.continuo.protocol.osc.OscWriter;

/**
 * A conversation with AbletonOSC (github.com/ideoforms/AbletonOSC), which "listens for OSC messages on port 11000, and sends
 * replies on port 11001". Blocks; confined to one thread.
 */
final class AbletonOsc implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 3000;
    private static final int LARGEST = 1 << 16;
    /** Five for each note of a clip, more than fit into a datagram. */
    private static final int MOST_ARGUMENTS = 1 << 14;

    private final DatagramSocket socket;
    private final InetSocketAddress live;
    private final OscWriter writer = new OscWriter();
    private final OscReader reader = new OscReader(LARGEST, MOST_ARGUMENTS);
    private final byte[] received = new byte[LARGEST];

    /**
     * Says nothing yet.
     *
     * @param port where AbletonOSC listens
     * @param replies where it answers to
     * @throws IOException with one line, where the port for answers is taken
     */
    AbletonOsc(int port, int replies) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        live = new InetSocketAddress(here, port);
        try {
            socket = new DatagramSocket(replies, here);
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (SocketException e) {
            throw new IOException(
                    "UDP port " + replies + ", where AbletonOSC answers, is taken; end the program that has it", e);
        }
    }

    /** @param arguments Integer, Float, Boolean or String each; 8 kB in all */
    void say(String address, Object... arguments) throws IOException {
        StringBuilder tags = new StringBuilder();
        for (Object argument : arguments) {
            tags.append(tag(argument));
        }
        writer.clear().message(OscWriter.head(address, tags.toString()));
        for (Object argument : arguments) {
            if (argument instanceof Integer number) {
                writer.int32(number);
            } else if (argument instanceof Float number) {
                writer.float32(number);
            } else if (argument instanceof String text) {
                writer.text(text);
            }
        }
        byte[] bytes = ByteBufUtil.getBytes(writer.packet());
        socket.send(new DatagramPacket(bytes, bytes.length, live));
    }

    private static char tag(Object argument) {
        if (argument instanceof Boolean truth) {
            return truth ? 'T' : 'F';
        }
        return argument instanceof Integer ? 'i' : argument instanceof Float ? 'f' : 's';
    }

    /**
     * Says it and waits for the answer, which has the same address.
     *
     * @return the answer's numbers in order, truths among them as 1 and 0; never empty
     * @throws IOException with one line, where nobody answers, or with what "/live/error" says
     */
    double[] ask(String address, Object... arguments) throws IOException {
        say(address, arguments);
        Answer answer = new Answer();
        DatagramPacket packet = new DatagramPacket(received, received.length);
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        try {
            while (System.nanoTime() < end) {
                packet.setLength(received.length);
                socket.receive(packet);
                answer.address = "";
                reader.read(Unpooled.wrappedBuffer(received, 0, packet.getLength()), answer);
                if (answer.address.equals("/live/error")) {
                    throw new IOException("Live says: " + answer.text);
                }
                if (answer.address.equals(address) && answer.numbers.length > 0) {
                    return answer.numbers;
                }
            }
        } catch (SocketTimeoutException e) {
            // Said below.
        }
        throw new IOException("AbletonOSC does not answer at UDP port " + live.getPort()
                + "; in Live: Preferences > Link, Tempo & MIDI > Control Surface > AbletonOSC");
    }

    @Override
    public void close() {
        socket.close();
    }

    /** What a packet says; of several messages the last. */
    private static final class Answer implements OscVisitor {
        private String address = "";
        private String text = "";
        private double[] numbers = {};

        @Override
        public void message(OscMessage message) {
            address = message.address().toString();
            numbers = new double[message.count()];
            OscText words = new OscText();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = message.tag(i) == 'T' ? 1 : message.tag(i) == 'F' ? 0 : message.number(i);
                if (message.text(i, words)) {
                    text = words.toString();
                }
            }
        }

        @Override
        public void bundleStart() {}

        @Override
        public void bundleEnd() {}

        @Override
        public void fault(OscFault fault, CharSequence address) {}
    }
}
