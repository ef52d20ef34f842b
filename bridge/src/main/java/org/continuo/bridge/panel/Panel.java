package org.continuo.bridge.panel;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.continuo.bridge.live.Engine;
import org.continuo.bridge.live.Stage;
import org.continuo.bridge.net.IoThread;
import org.continuo.bridge.net.Token;
import org.continuo.engine.model.NoteModel;

/**
 * The panel in one piece: an HTTP server on loopback, and the threads that work for it. Made and closed by one thread, none
 * of its own.
 */
public final class Panel implements Stage.Panel, AutoCloseable {
    /** Where the panel is unless told otherwise. */
    public static final int PORT = 9331;

    /** So long a browser that was given an address is waited for: one that was not open yet takes its time on a slow disk. */
    private static final long ON_ITS_WAY_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final IoThread io = new IoThread("continuo-panel");
    private final PanelCounters counters = new PanelCounters();
    private final Routes routes;
    private final Token key;
    private final Engine engine;
    private final Channel channel;
    private volatile int open;
    private volatile long emptySince = System.nanoTime();
    private volatile long expectedUntil = emptySince;

    private Panel(
            int port,
            Token key,
            String name,
            NoteModel model,
            Engine engine,
            Path takes,
            Runnable begin,
            PanelLimits limits)
            throws IOException {
        this.key = key;
        this.engine = engine;
        this.routes = new Routes(name, model, key, takes, begin, counters);
        ChannelFuture bound = new ServerBootstrap()
                .group(io.group())
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        accept(connection, limits);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new IOException(
                    "port " + port + " cannot be had (" + bound.cause().getMessage() + "); choose another",
                    bound.cause());
        }
        this.channel = bound.channel();
    }

    /**
     * Listens; blocks for some milliseconds.
     *
     * @param port 0 for any that is free
     * @param key what a page has to know
     * @param name the engine's name and version, for people
     * @param model makes the takes; stays open when the panel is closed
     * @param engine what web sockets lead to; ended before the panel is
     * @param takes the folder of what bands were asked to capture
     * @param begin run first by each thread that computes
     * @throws IOException with one line that says what stands in the way
     */
    public static Panel listen(
            int port, Token key, String name, NoteModel model, Engine engine, Path takes, Runnable begin)
            throws IOException {
        return listen(port, key, name, model, engine, takes, begin, PanelLimits.USUAL);
    }

    static Panel listen(
            int port,
            Token key,
            String name,
            NoteModel model,
            Engine engine,
            Path takes,
            Runnable begin,
            PanelLimits limits)
            throws IOException {
        Panel panel = new Panel(port, key, name, model, engine, takes, begin, limits);
        engine.stage().show(panel);
        return panel;
    }

    /** On the panel's thread. */
    private void accept(Channel connection, PanelLimits limits) {
        if (open >= limits.connections()) {
            counters.turnedAway.increment();
            connection.close();
            return;
        }
        connections(1);
        connection.closeFuture().addListener(closed -> connections(-1));
        int port = ((InetSocketAddress) connection.localAddress()).getPort();
        connection
                .pipeline()
                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(PanelLimits.LINE_BYTES)
                        .setMaxHeaderSize(PanelLimits.HEADER_BYTES)))
                .addLast(new ChunkedWriteHandler())
                .addLast(new HttpHandler(
                        new Trust(port, key, counters),
                        routes,
                        new WebSocketUpgrade(socket -> engine.join(socket, key)),
                        limits,
                        counters));
    }

    /** On the panel's thread. */
    private void connections(int more) {
        emptySince = System.nanoTime();
        expectedUntil = emptySince;
        open = open + more;
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + port() + "/";
    }

    @Override
    public String addressToOpen() {
        expectedUntil = System.nanoTime() + ON_ITS_WAY_NANOS;
        return address() + routes.ticket().draw().substring(1);
    }

    /**
     * Nanoseconds since the last connection was closed, or since the beginning; 0 while there is one, and for a minute at most while
     * a browser is on its way that was given an address. Any thread.
     */
    public long emptyFor() {
        long now = System.nanoTime();
        return open > 0 || expectedUntil - now > 0 ? 0 : now - emptySince;
    }

    /** Where the page is, with the key, for its owner to see. */
    public String addressWithKey() {
        return address() + "#key=" + key.text();
    }

    @Override
    public void counters(ObjLongConsumer<String> consumer) {
        counters.forEach(consumer);
    }

    /** What it has counted, for tests. */
    PanelCounters counted() {
        return counters;
    }

    /** Takes nobody more, stops what is being made. Blocks until no model computes any more, some seconds at most. */
    public boolean end() {
        boolean ended = routes.end();
        if (!io.loop().isShuttingDown()) {
            // What was said last is on its way to the sockets; the thread closes them before it does anything else.
            io.loop().submit(() -> {}).syncUninterruptibly();
        }
        io.close();
        return ended;
    }

    @Override
    public void close() {
        end();
    }
}
