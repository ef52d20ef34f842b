package org.continuo.bridge.live;

import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.continuo.bridge.net.IoThread;
import org.continuo.bridge.net.LocalEndpoint;
import org.continuo.bridge.net.NetCounters;
import org.continuo.bridge.net.TcpEndpoint;
import org.continuo.bridge.net.Token;
import org.continuo.bridge.net.UdpEndpoint;
import org.continuo.bridge.net.WebSocketHandler;
import org.continuo.bridge.os.OperatingSystem;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.perform.SoundCheck;
import org.continuo.engine.sample.Sampling;

/**
 * An engine in one piece: the stage and the sockets that lead to it. Made, listened with, ended, by one thread; not the I/O
 * thread.
 */
public final class Engine implements AutoCloseable {
    /** What a band begins with: as bold as {@code continuo continue} plays. */
    public static final PerformerSettings SETTINGS = PerformerSettings.DEFAULT.withSampling(
            Sampling.PLAIN.withTemperature(0.95).withTopP(0.98));

    private final NetCounters counters = new NetCounters();
    private final IoThread io = new IoThread();
    private final AtomicInteger webSockets = new AtomicInteger();
    private final NoteModel model;
    private final Stage stage;
    private LocalEndpoint local;
    private TcpEndpoint tcp;
    private UdpEndpoint udp;
    private SoundCheck soundCheck;
    private boolean ended;
    private boolean wellEnded;

    /**
     * @param model stays open when the engine is closed
     * @param name name and version, for clients
     * @param log takes lines for the user; any thread
     */
    public Engine(NoteModel model, String name, OperatingSystem system, Consumer<String> log) {
        this.model = model;
        stage = new Stage(model, name, SETTINGS, system, io, System::nanoTime, counters, log);
        // What loading left is cleared away now: later that would be a pause of 20 ms while somebody plays.
        System.gc();
        // A note waits for this thread before it waits for its band's.
        io.loop().execute(system::hurryThisThread);
    }

    /** What clients ask to be captured goes to this folder, which is made with the first; before it listens. */
    public void keepTakesIn(Path folder) {
        stage.keepTakesIn(folder);
    }

    /**
     * Listens at the local socket; where the system has none, at TCP on loopback, with port and token in a file beside it.
     *
     * @throws IOException with one line that says what stands in the way
     */
    public void listen(Path socket) throws IOException {
        try {
            local = LocalEndpoint.listen(socket, io, counters, stage);
        } catch (UnsupportedOperationException e) {
            listenOverTcp(0, socket.resolveSibling(socket.getFileName() + ".tcp"));
        }
    }

    /** Listens at TCP on loopback; {@code file} gets port and token. */
    public void listenOverTcp(int port, Path file) throws IOException {
        tcp = TcpEndpoint.listen(port, file, io, counters, stage);
    }

    /** Takes OSC over UDP on loopback too. */
    public void listenForOsc(int port) throws IOException {
        udp = UdpEndpoint.listen(port, io, counters, stage);
    }

    /**
     * Leads a web socket, whose handshake is done, to the stage; its own thread goes on serving it.
     *
     * @param key what a hello has to have for a token
     */
    public WebSocketHandler join(Channel webSocket, Token key) {
        String name = "web " + webSockets.incrementAndGet();
        return new WebSocketHandler(name, webSocket, key, io, counters, stage);
    }

    /** Makes the first answer as quick as any, in the background; once it is ready to be found. */
    public void checkSound() {
        soundCheck = new SoundCheck(model, SETTINGS);
    }

    /** Where the stream socket is. */
    public String where() {
        return local != null ? local.path().toString() : "127.0.0.1:" + tcp.port();
    }

    /** The UDP port, or null where there is none. */
    public Integer oscPort() {
        return udp == null ? null : udp.port();
    }

    public int tcpPort() {
        return tcp.port();
    }

    /** See {@link Stage#emptyFor()}. */
    public long emptyFor() {
        return stage.emptyFor();
    }

    public Stage stage() {
        return stage;
    }

    public NetCounters counters() {
        return counters;
    }

    /**
     * Takes nobody more, ends every note and session. Blocks for at most some seconds.
     *
     * @return whether no model computes any more: only then may model and process end in good order
     */
    public boolean end() throws IOException, InterruptedException {
        if (!ended) {
            ended = true;
            if (local != null) {
                local.close();
            }
            if (tcp != null) {
                tcp.close();
            }
            if (soundCheck != null) {
                soundCheck.close();
            }
            wellEnded = stage.end();
            if (udp != null) {
                udp.close();
            }
            io.close();
        }
        return wellEnded;
    }

    /** {@link #end()}, for those who cannot be interrupted. */
    @Override
    public void close() throws IOException {
        try {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
