package org.continuo.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.continuo.protocol.message.Frames;
import org.continuo.protocol.message.FromEngine;
import org.continuo.protocol.message.FromEngineReader;
import org.continuo.protocol.message.PacketSink;
import org.continuo.protocol.message.Refusals;
import org.continuo.protocol.message.ToEngine;
import org.continuo.protocol.message.ToEngineWriter;

/**
 * A plain client at the engine's local socket, as any other program could be: knows the protocol and nothing of the engine.
 * One thread may speak while another listens.
 */
public final class LocalClient implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuf out = Unpooled.buffer(Frames.PREFIX + Frames.MAX_PACKET);
    private final ToEngineWriter words = new ToEngineWriter(this::send);
    private final ByteBuffer in = ByteBuffer.allocate(1 << 16);
    private final ByteBuf received = Unpooled.wrappedBuffer(in.array());
    private final FromEngineReader reader = new FromEngineReader();
    private final Frames frames;

    private LocalClient(SocketChannel channel, FromEngine sink, Refusals refusals) {
        this.channel = channel;
        PacketSink packets = packet -> reader.read(packet, sink, refusals);
        this.frames = new Frames(packets, refusals);
    }

    /**
     * Connects; says nothing yet. Blocks for at most some seconds, as {@link LocalSocket#connect} does.
     *
     * @param sink takes what the engine says, in {@link #listen}
     * @param refusals told of what the engine says amiss
     */
    public static LocalClient connect(Path socket, FromEngine sink, Refusals refusals) throws IOException {
        return new LocalClient(LocalSocket.connect(socket), sink, refusals);
    }

    /** What this client says: each call is sent before it returns; a send that fails throws {@link ClosedException}. */
    public ToEngine say() {
        return words;
    }

    private void send(ByteBuf packet) {
        out.clear();
        out.writeInt(packet.readableBytes()).writeBytes(packet, packet.readerIndex(), packet.readableBytes());
        try {
            ByteBuffer bytes = out.nioBuffer();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new ClosedException(e);
        }
    }

    /** Waits for the engine to say something and hands it on; false when the connection has ended. */
    public boolean listen() throws IOException {
        in.clear();
        int length = channel.read(in);
        if (length < 0) {
            return false;
        }
        received.setIndex(0, length);
        return frames.read(received);
    }

    /** Listens until the connection ends, on a thread of its own with this name. */
    public void listenOn(String name) {
        listenOn(name, () -> {});
    }

    /**
     * The same.
     *
     * @param ended run there when the connection has ended
     */
    public void listenOn(String name, Runnable ended) {
        Thread listener = new Thread(
                () -> {
                    try {
                        while (listen()) {
                            // The sink takes it.
                        }
                    } catch (IOException e) {
                        // The end of the connection, as any other.
                    } finally {
                        ended.run();
                    }
                },
                name);
        listener.setDaemon(true);
        listener.start();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The engine is gone. */
    public static final class ClosedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ClosedException(IOException cause) {
            super(cause);
        }
    }
}
